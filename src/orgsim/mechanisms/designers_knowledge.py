"""Designers' knowledge: experiments succeed where designers know customers (range of success: Kohavi &
Thomke 2017)."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Offer(Table):
    """Fields of `offer`."""

    knowledge: float = quantity(
        1.0, "–", "success × exp(this × (designers' knowledge − that of the start))", 0, 10, plausible=(0, 3)
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "designers_knowledge",
            "experiments succeed where designers know customers",
            {"offer.knowledge": 0.0},
        ),
    ),
    fields={"offer": Offer},
    rules={"offer": at("offer", "knowledge") | at("people", known="knowledge_at_start")},
)


@compiled
def chance_of_success(rules, knowledge):
    """Probability that an experiment improves the offer: s · exp(d · (designers' customer knowledge − that
    of the start))."""
    return min(1.0, rules.success * math.exp(rules.knowledge * (knowledge - rules.known)))
