"""Personal levels: customers differ in how satisfied they are with the same service, whoever serves them.

What a survey's answers spread by is mostly the person who answers: on a scale from 0 to 100 its standard
deviation is 15 to 29 points within one company, while companies differ by a few points from each other."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import normal
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Market(Table):
    """Fields of `market`."""

    level_spread: float = quantity(
        0.22,
        "0–1",
        "standard deviation of customers' own levels of satisfaction (normal)",
        0,
        1,
        "orders of magnitude: surveys on a scale of 0 to 100 spread by 23 to 29 points",
        plausible=(0.15, 0.29),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "personal_levels",
            "customers differ in how satisfied they are with the same service",
            {"market.level_spread": 0.0},
        ),
    ),
    fields={"market": Market},
    rules={"market": at("market", "level_spread")},
)


@compiled
def personal_level(rules, key):
    """A customer's own level against the mean, drawn from the customer's key: the same in every design."""
    return rules.level_spread * normal(key)


def mean_hazard(slope: float, spread: float, reference: float) -> float:
    """E[exp(−γ(S − S0))] over customers whose satisfaction S is normal about S0 with this spread and ends at
    0 and at 1: how many more leave than if all were alike, since the hazard is convex."""
    if slope == 0.0 or spread == 0.0:
        return 1.0
    low, high = -reference / spread, (1.0 - reference) / spread
    shift = slope * spread
    between = _above(low + shift) - _above(high + shift)
    return (
        math.exp(slope * reference) * _above(-low)
        + math.exp(-slope * (1.0 - reference)) * _above(high)
        + math.exp(0.5 * shift * shift) * between
    )


def _above(z: float) -> float:
    """The chance that a standard normal is above z: precise far out, where it is multiplied by much."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))
