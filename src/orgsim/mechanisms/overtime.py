"""Overtime: a backlog is met by overtime."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    overtime_cap: float = quantity(0.10, "share", "overtime at the most", 0, 0.5)
    overtime_from: float = quantity(0.10, "weeks", "backlog of a pool from which overtime is worked", 0, 50)


MECHANISM = Mechanism(
    switches=(Switch("overtime", "a backlog is met by overtime", {"people.overtime_cap": 0.0}),),
    fields={"people": People},
    rules={"people": at("people", "overtime_cap", "overtime_from")},
)


@compiled
def overtime_for(rules, weeks):
    """Overtime, as a share of working time, for a backlog of so many weeks of capacity: enough to work off
    in a week what is above a threshold, up to a cap."""
    return min(rules.overtime_cap, max(0.0, weeks - rules.overtime_from))
