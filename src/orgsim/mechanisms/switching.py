"""Switching: changing between kinds of case costs time (direction: Staats & Gino 2012)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    switch_hours: float = quantity(
        0.05,
        "h",
        "lost when the kind of case differs from the last one",
        0,
        5,
        "assumption; direction: Staats & Gino 2012",
    )

    switch_most: float = quantity(
        0.25,
        "share",
        "of an activity's hours at the most: who takes short calls of several kinds changes quickly",
        0,
        10,
        plausible=(0.1, 0.5),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "switching",
            "changing between kinds of case costs time",
            {"people.switch_hours": 0.0},
            family="getting into a case",
        ),
    ),
    fields={"people": People},
    rules={"operations": at("people", "switch_hours", "switch_most")},
)


@compiled
def hours_to_switch(rules, step):
    """Hours lost by a change of kind: those of the scenario, at most a share of the activity's mean hours."""
    return min(rules.switch_hours, rules.switch_most * step.hours)
