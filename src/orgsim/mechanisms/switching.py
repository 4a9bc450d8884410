"""Switching: changing between kinds of case costs time (direction: Staats & Gino 2012)."""

from orgsim.fields import Table, quantity
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
    rules={"operations": at("people", "switch_hours")},
)
