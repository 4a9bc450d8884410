"""Specialisation: who works on one function is faster at it (frame: Hopp & Van Oyen 2004)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    specialisation: float = quantity(
        0.15,
        "share",
        "s: faster by up to s with the share of recent work on the function",
        0,
        1,
        "assumption; frame: Hopp & Van Oyen 2004",
        plausible=(0, 0.40),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "specialisation",
            "who works on one function is faster at it",
            {"people.specialisation": 0.0},
            family="skills",
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "specialisation")},
)


@compiled
def specialised(rules, share_of_work):
    """Factor on speed: 1 + s · share of recent work on the function (0 to 1)."""
    return 1.0 + rules.specialisation * share_of_work
