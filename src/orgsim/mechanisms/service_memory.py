"""A memory of service: what customers have lived through moves what they think of the company, for as long as
they remember it (Anderson & Sullivan 1993: satisfaction follows perceived quality as well as disconfirmation;
Bolton & Drew 1991: it is carried on from one experience to the next).

Without it, satisfaction returns to a level that ignores service, however bad that has been for years."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Market(Table):
    """Fields of `market`."""

    memory_gain: float = quantity(
        0.3,
        "–",
        "a case moves the memory of service by this share of the way to its quality",
        0,
        1,
        plausible=(0.1, 0.6),
    )
    service_weight: float = quantity(
        1.6,
        "–",
        "satisfaction supported, per unit of remembered quality",
        0,
        10,
        "assumption; orders of magnitude: cases on time 90 → 10 % for years cost 15 to 35 points",
        plausible=(0.8, 2.4),
    )
    service_reference: float = quantity(
        0.93,
        "0–1",
        "remembered quality at which customers are as satisfied as the offer alone would have them",
        0,
        1,
        "set once from the default company in calm",
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "service_memory",
            "customers remember how they were served",
            {"market.service_weight": 0.0},
        ),
    ),
    fields={"market": Market},
    rules={"market": at("market", "memory_gain", "service_weight", "service_reference")},
)


@compiled
def remember(rules, customer, quality):
    """m ← m + g·(Q − m): an exponential mean of the quality (0 to 1) of the cases lived through."""
    customer.memory += rules.memory_gain * (quality - customer.memory)


@compiled
def supported_level(weight, reference, baseline, personal, memory):
    """Satisfaction (0 to 1) to which a customer tends between cases: what the offer supports + the own level
    + w·(m − m0)."""
    return min(1.0, max(0.0, baseline + personal + weight * (memory - reference)))
