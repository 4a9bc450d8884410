"""Overselling: whoever is held to targets of the own unit promises more than the company keeps. More
prospects become customers, and expect more (promises raise what customers expect: Boulding et al. 1993)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Market(Table):
    """Fields of `market`."""

    oversell: float = quantity(
        0.05,
        "0–1",
        "a customer who is won expects so much more, × local targets of those who won; conversion × (1 + 2 × "
        "that)",
        0,
        1,
        "assumption; direction: Boulding et al. 1993",
        plausible=(0, 0.15),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "overselling",
            "people held to local targets promise prospects too much",
            {"market.oversell": 0.0},
            family="between processes",
        ),
    ),
    fields={"market": Market},
    rules={"market": at("market", "oversell")},
)


@compiled
def sold(rules, local_targets):
    """Factor on the chance that a prospect becomes a customer: 1 + 2·o·local targets of those who served."""
    return 1.0 + 2.0 * rules.oversell * local_targets


@compiled
def promised(rules, expectation, local_targets):
    """Quality (0 to 1) that a customer expects who has just been won: E0 + o·local targets of those who
    served."""
    return min(1.0, expectation + rules.oversell * local_targets)
