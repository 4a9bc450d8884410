"""Discounting: later euros are worth less."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch


class Money(Table):
    """Fields of `money`."""

    discount_rate: float = quantity(0.08, "1/year", "what a later euro loses in worth", 0, 1)


MECHANISM = Mechanism(
    switches=(Switch("discounting", "later euros are worth less", {"money.discount_rate": 0.0}),),
    fields={"money": Money},
)
