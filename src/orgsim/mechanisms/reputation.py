"""Reputation: exemplary conduct keeps customers."""

import math

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch


class Market(Table):
    """Fields of `market`."""

    reputation: float = quantity(0.3, "–", "leaving × exp(−this × exemplarity of the company)", 0, 5)


MECHANISM = Mechanism(
    switches=(Switch("reputation", "exemplary conduct keeps customers", {"market.reputation": 0.0}),),
    fields={"market": Market},
)


def reputation_factor(s, exemplarity):
    """Factor on leaving: exp(−r · exemplarity of the company (0 to 1))."""
    return math.exp(-s.market.reputation * exemplarity)
