"""Informed customers: they leave sooner when they are not satisfied."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch


class Market(Table):
    """Fields of `market`."""

    informed_slope: float = quantity(
        0.5, "–", "γ × (1 + this × share of informed customers, against the half of today)", 0, 5
    )


MECHANISM = Mechanism(
    switches=(
        Switch("informed_customers", "informed customers leave sooner", {"market.informed_slope": 0.0}),
    ),
    fields={"market": Market},
)


def slope_factor(s, segment):
    """Factor of a segment on the slope of leaving: 1 + i · (share of informed customers − that of today)."""
    today = type(segment).model_fields["informed"].default
    return max(0.0, 1.0 + s.market.informed_slope * (segment.informed - today))
