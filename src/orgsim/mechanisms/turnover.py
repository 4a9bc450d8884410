"""Turnover: people quit, at a hazard that strain raises and morale and varied work lower."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch
from orgsim.mechanisms.personal_levels import mean_hazard
from orgsim.working_time import WEEKS_PER_YEAR


class People(Table):
    """Fields of `people`."""

    turnover: float = quantity(0.10, "share/year", "staff who leave in calm", 0, 0.95, plausible=(0.08, 0.12))


def weekly_hazard(s):
    """The constant weekly hazard that loses the share of a year, of somebody at the mean morale: where people
    differ in morale more leave than if all were alike, since the hazard is convex."""
    people = s.people
    convexity = mean_hazard(people.morale_stay, people.morale_spread, people.morale_at_start)
    return -math.log(1.0 - people.turnover) / WEEKS_PER_YEAR / convexity


MECHANISM = Mechanism(
    switches=(Switch("turnover", "people leave", {"people.turnover": 0.0}),),
    fields={"people": People},
    rules={"people": {"hazard": Given(weekly_hazard, "1/week", "of quitting in calm")}},
)


@compiled
def quit_hazard(rules, treatment, tired, content, varied):
    """Weekly hazard of quitting: q0 · the function's factor · exp(tired − content − varied)."""
    return rules.hazard * treatment.turnover * math.exp(tired - content - varied)
