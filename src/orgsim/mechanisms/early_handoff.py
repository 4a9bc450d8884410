"""Early hand-over: under local targets and pressure, incomplete work is passed on to people far away."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    early_handoff: float = quantity(
        0.2, "probability", "incomplete work is passed on, × local targets × pressure × distance", 0, 1
    )
    early_share: float = quantity(0.2, "share", "of the work (and information) then left out", 0, 0.9)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "early_handoff",
            "under local targets and pressure, incomplete work is passed on",
            {"frictions.handoff.early_handoff": 0.0},
            family="lost information",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    rules={"operations": at("frictions.handoff", "early_handoff", "early_share")},
)


@compiled
def early_handoff_chance(rules, pool, distance):
    """Probability that work is passed on incomplete: h · local targets · pressure, up to a week of it, ·
    distance to who comes next, up to 1."""
    return rules.early_handoff * pool.local_targets * min(1.0, pool.pressure) * min(1.0, distance)


@compiled
def left_after_early_handoff(rules):
    """The share of the work that is done, and of the information that is passed on."""
    return 1.0 - rules.early_share
