"""Temporary staff: a larger backlog is met by people who are called for a week. They are counted in time:
a pool that is due a part of a person gets one as soon as the parts of several weeks make a whole."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


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
    state={"pool": {"temporary_due": Given(0.0, "persons", "due and not called yet, for a week")}},
)
#: what is whole but for its rounding is whole
_ROUNDING = 1e-9


@compiled
def temporary_due(rules, weeks, size, left_over):
    """Persons, and parts of one, for a backlog of so many weeks of capacity: the share of the pool's `size`
    on duty that works off in a week what is above a threshold, up to a cap; with what was `left_over`
    before."""
    return min(rules.temps_cap, max(0.0, weeks - rules.temps_from)) * size + left_over


@compiled
def temporary_called(due):
    """Whole persons of those that are due."""
    return math.floor(due + _ROUNDING)
