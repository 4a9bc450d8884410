"""Discounting: later euros are worth less."""

import math

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch
from orgsim.working_time import WEEKS_PER_YEAR


class Money(Table):
    """Fields of `money`."""

    discount_rate: float = quantity(0.08, "1/year", "what a later euro loses in worth", 0, 1)


MECHANISM = Mechanism(
    switches=(Switch("discounting", "later euros are worth less", {"money.discount_rate": 0.0}),),
    fields={"money": Money},
)


def worth_kept(s):
    """What a euro of the next week is worth this week."""
    return (1.0 + s.money.discount_rate) ** (-1.0 / WEEKS_PER_YEAR)


def weekly_rate(s):
    """The same as a rate in continuous time, per week."""
    return math.log1p(s.money.discount_rate) / WEEKS_PER_YEAR
