"""Pressure: a backlog makes defects likelier (direction: KC & Terwiesch 2009)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Quality(Table):
    """Fields of `frictions.quality`."""

    pressure: float = quantity(
        0.5,
        "–",
        "defects × (1 + this × backlog in weeks of capacity)",
        0,
        10,
        "assumption; direction: KC & Terwiesch 2009",
    )
    most_pressure: float = quantity(
        2.0,
        "weeks",
        "of backlog from which more of it adds no more pressure, here and elsewhere",
        0,
        50,
        plausible=(1, 4),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "pressure",
            "a backlog makes defects likelier",
            {"frictions.quality.pressure": 0.0},
            family="quality",
        ),
    ),
    fields={"frictions.quality": Quality},
    rules={
        "operations": at("frictions.quality", defect_pressure="pressure"),
        "people": at("frictions.quality", "most_pressure"),
    },
)


@compiled
def pressed(rules, pool):
    """Factor on defects: 1 + p · pressure of the pool (weeks of backlog)."""
    return 1.0 + rules.defect_pressure * pool.pressure


@compiled
def pressure_of(rules, weeks):
    """The pressure of a backlog of so many weeks of capacity: as many, up to a limit."""
    return min(weeks, rules.most_pressure)
