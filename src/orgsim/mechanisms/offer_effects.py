"""What the offer's fit does: it supports satisfaction, and wins prospects."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Offer(Table):
    """Fields of `offer`."""

    satisfaction: float = quantity(0.4, "–", "satisfaction supported, per unit of fit", 0, 2)
    conversion: float = quantity(0.5, "–", "conversion × (1 + this × (fit − that of the start))", 0, 5)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "offer_effects",
            "the offer's fit changes satisfaction and conversion",
            {"offer.satisfaction": 0.0, "offer.conversion": 0.0},
        ),
    ),
    fields={"offer": Offer},
    rules={"offer": at("offer", "satisfaction", "conversion")},
)


@compiled
def supported_satisfaction(rules, baseline, gap):
    """Satisfaction (0 to 1) that the offer supports; `gap` is its fit − that of the start."""
    return min(1.0, max(0.0, baseline + rules.satisfaction * gap))


@compiled
def conversion_factor(rules, gap):
    """Factor on conversion: 1 + c · (fit − that of the start)."""
    return max(0.0, 1.0 + rules.conversion * gap)
