"""Ownership: a unit is faster at what it owns from end to end (Song, Tucker & Murrell 2015)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    ownership: float = quantity(
        0.03,
        "share",
        "faster on work that the unit owns from end to end",
        0,
        0.5,
        "assumption; direction: Song, Tucker & Murrell 2015 (stay −17 % with dedicated queues)",
        plausible=(0, 0.09),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "ownership",
            "a unit is faster at what it owns from end to end",
            {"people.ownership": 0.0},
            family="skills",
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "ownership")},
    state={"unit": {"ownership": Given(0.0, "share", "of its work that it does from end to end")}},
)


@compiled
def owning(rules, unit):
    """Factor on speed: 1 + o · share of the unit's work that it does from end to end (0 to 1)."""
    return 1.0 + rules.ownership * unit.ownership
