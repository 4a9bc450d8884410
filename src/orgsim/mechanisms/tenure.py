"""Tenure: the people of the start have served for different times, so that some of them are still new."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import gamma
from orgsim.mechanisms.declaration import Mechanism, Switch, at
from orgsim.working_time import WEEKS_PER_YEAR


class People(Table):
    """Fields of `people`."""

    tenure_spread: float = quantity(
        1.0,
        "–",
        "coefficient of variation of the years that the people of the start have served (gamma; mean: "
        "money.years_of_service); 0: everybody has served so long and is new at nothing",
        0,
        3,
        "1 (exponential) is what a constant hazard of leaving comes to",
        plausible=(0.5, 1.2),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "tenure",
            "the people of the start have served for different times, some are still new",
            {"people.tenure_spread": 0.0},
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "tenure_spread") | at("money", "years_of_service")},
)


@compiled
def weeks_served(rules, key):
    """Weeks that a person of the start has served, from the person's key: the same in every design."""
    return WEEKS_PER_YEAR * gamma(key, rules.years_of_service, rules.tenure_spread)


@compiled
def left_after(kept, weeks):
    """What is left of something of which the share `kept` is left after each week."""
    return math.pow(kept, weeks)
