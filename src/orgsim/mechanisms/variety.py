"""Variety: varied work makes faster over weeks, and keeps people (Staats & Gino 2012)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    variety: float = quantity(
        0.04,
        "share",
        "faster by up to this with varied recent work",
        0,
        0.5,
        "assumption; direction: Staats & Gino 2012",
        plausible=(0, 0.10),
    )
    variety_stay: float = quantity(
        0.5,
        "–",
        "quitting × exp(−this × (variety of work − that which is usual))",
        0,
        5,
        "assumption; direction: Staats & Gino 2012",
    )
    variety_usual: float = quantity(
        0.5,
        "0–1",
        "variety of work that neither keeps people nor drives them away; newcomers begin with it",
        0,
        1,
        plausible=(0.3, 0.7),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "variety",
            "varied work makes faster over weeks, and keeps people",
            {"people.variety": 0.0, "people.variety_stay": 0.0},
            family="skills",
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "variety", "variety_stay", "variety_usual")},
    state={
        "person": {
            "variety": Given(0.0, "0–1", "Simpson's index 1 − Σp² over the kinds of case in recent work")
        }
    },
)


@compiled
def varied(rules, person):
    """Factor on speed: 1 + v · variety of recent work (0 to 1)."""
    return 1.0 + rules.variety * person.variety


@compiled
def stays_for_variety(rules, person):
    """Log factor off quitting: ν · (variety − that which is usual)."""
    return rules.variety_stay * (person.variety - rules.variety_usual)
