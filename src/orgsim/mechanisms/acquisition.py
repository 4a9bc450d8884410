"""Acquisition: a prospect who was served becomes a customer."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, at


class Market(Table):
    """Fields of `market`."""

    conversion: float = quantity(
        0.40, "probability", "a prospect served within the promise becomes a customer", 0, 1
    )
    conversion_slowness: float = quantity(0.5, "–", "conversion × exp(−this × lateness in promises)", 0, 10)


MECHANISM = Mechanism(
    fields={"market": Market},
    rules={"market": at("market", "conversion", slowness="conversion_slowness")},
)


@compiled
def conversion_chance(rules, cycle, promise):
    """Probability that a prospect who was served in `cycle` hours becomes a customer, less the later than
    promised."""
    late = max(0.0, cycle / promise - 1.0)
    return rules.conversion * math.exp(-rules.slowness * late)
