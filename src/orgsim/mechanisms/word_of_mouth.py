"""Word of mouth: satisfied customers bring prospects, dissatisfied ones keep them away (Bass 1969)."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Market(Table):
    """Fields of `market`."""

    imitation: float = quantity(
        0.38,
        "1/year",
        "q: prospects who come because others recommend",
        0,
        5,
        "Bass 1969; Sultan, Farley & Lehmann 1990: mean of 213 applications",
    )
    innovation: float = quantity(
        0.03,
        "1/year",
        "p: prospects who come by themselves",
        1e-6,
        5,
        "Bass 1969; Sultan, Farley & Lehmann 1990: mean of 213 applications",
    )
    promoter_from: float = quantity(0.85, "0–1", "satisfaction from which a customer recommends", 0, 1)
    detractor_below: float = quantity(0.60, "0–1", "satisfaction below which a customer warns others", 0, 1)


MECHANISM = Mechanism(
    switches=(Switch("word_of_mouth", "satisfied customers bring prospects", {"market.imitation": 0.0}),),
    fields={"market": Market},
    rules={"market": at("market", "imitation", "innovation", "promoter_from", "detractor_below")},
)


def prospects_against_start(innovation: float, imitation: float, gain: float) -> float:
    """Prospects relative to those of the start: (p + q·(1 + gain)) ÷ (p + q), where `gain` is by how much
    promoters − detractors, as a share of customers, are above those of the start (Bass 1969)."""
    p, q = innovation, imitation
    return (p + q * max(0.0, 1.0 + gain)) / (p + q)
