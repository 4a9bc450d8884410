"""Temporary staff: a larger backlog is met by people who are called for a week."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    temps_cap: float = quantity(0.15, "share", "temporary staff of a pool at the most", 0, 1)
    temps_from: float = quantity(0.40, "weeks", "backlog from which temporary staff are called", 0, 50)
    temps_skill: float = quantity(0.75, "× speed", "proficiency of temporary staff", 0.05, 1)


MECHANISM = Mechanism(
    switches=(
        Switch("temporary_staff", "a larger backlog is met by temporary staff", {"people.temps_cap": 0.0}),
    ),
    fields={"people": People},
    rules={"people": at("people", "temps_cap", "temps_from")},
)
#: so that a share that is whole but for its rounding calls nobody more
_ROUNDING = 1e-9


@compiled
def temporary_for(rules, weeks, size):
    """Persons to call for a backlog of so many weeks of capacity: the share of the pool's `size` on duty
    that works off in a week what is above a threshold, up to a cap, rounded up."""
    share = min(rules.temps_cap, max(0.0, weeks - rules.temps_from))
    return math.ceil(share * size - _ROUNDING)
