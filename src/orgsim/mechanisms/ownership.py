"""Ownership: a unit is faster at what it owns from end to end (Song, Tucker & Murrell 2015), the less so the
more own it together (social loafing: Karau & Williams 1993)."""

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
    ownership_shared: float = quantity(
        20.0,
        "persons",
        "so many people who own together halve what it brings; 0: it is the same however many they are",
        0,
        10_000,
        "assumption; direction: Karau & Williams 1993",
        plausible=(10, 40),
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
    rules={"people": at("people", "ownership", "ownership_shared")},
    state={"unit": {"ownership": Given(0.0, "share", "of its work that it does from end to end")}},
)


@compiled
def owning(rules, unit):
    """Factor on speed: 1 + o · share of the unit's work that it does from end to end (0 to 1) ÷ (1 + its
    people ÷ those who halve it)."""
    shared = 1.0 + unit.people / rules.ownership_shared if rules.ownership_shared > 0.0 else 1.0
    return 1.0 + rules.ownership * unit.ownership / shared
