"""Retention: satisfaction changes how many customers leave."""

import math
from typing import Any

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at
from orgsim.mechanisms.personal_levels import mean_hazard
from orgsim.working_time import WEEKS_PER_YEAR


class Market(Table):
    """Fields of `market`."""

    churn_per_year: float = quantity(
        0.10,
        "share/year",
        "customers lost at the satisfaction of the start",
        0,
        1,
        "French internet providers: 1.9–4.4 % a quarter in calm",
    )
    churn_slope: float = quantity(
        3.5,
        "–",
        "γ: hazard × exp(−γ(S−S0)), convex in satisfaction",
        0,
        30,
        "form: Mittal & Kamakura 2001",
    )


def weekly_hazard(share_per_year: float) -> float:
    """The constant weekly hazard that loses this share in a year."""
    if share_per_year >= 1.0:
        return 1.0
    return -math.log(1.0 - share_per_year) / float(WEEKS_PER_YEAR)


def convexity(market: Any) -> float:
    """How many more customers leave than if all were at the reference."""
    return mean_hazard(market.churn_slope, market.level_spread, market.initial_satisfaction)


MECHANISM = Mechanism(
    switches=(
        Switch("retention", "satisfaction changes how many customers leave", {"market.churn_slope": 0.0}),
    ),
    fields={"market": Market},
    rules={
        "market": at("market", slope="churn_slope", reference="initial_satisfaction")
        | {
            "hazard": Given(
                lambda s: weekly_hazard(s.market.churn_per_year) / convexity(s.market),
                "1/week",
                "of leaving, of a customer at the reference; that of all customers of the start together "
                "is `market.churn_per_year`",
            )
        }
    },
)


@compiled
def churn_hazard(rules, satisfaction):
    """Weekly hazard of leaving h0·exp(−γ(S − S0)), convex in satisfaction (Mittal & Kamakura 2001)."""
    return rules.hazard * math.exp(-rules.slope * (satisfaction - rules.reference))


@compiled
def may_leave(rate, steepness, gap, chance):
    """Whether a draw can mean leaving, before the hazard is known: `rate` is the weekly hazard at the
    reference, `steepness` how fast its logarithm falls with `gap`, the satisfaction above the reference.
    False only if `chance` is above the probability of leaving, 1 − exp(−rate·exp(−x)) with
    x = steepness·gap."""
    # 1 − exp(−h) ≤ h, and exp(x/4) ≥ 1 + x/4, hence exp(−x) ≤ (1 + x/4)^−4 where 1 + x/4 > 0: a chance with
    # chance·(1 + x/4)^4 ≥ rate is above. The margins are far above what rounding does to either side:
    # 1 − exp(−h) is off by up to 2^−52, all else by some parts in 10^15 of itself.
    quarter = max(0.0, 1.0 + 0.25 * steepness * gap)
    half = quarter * quarter
    return (chance - 2.0**-52) * (half * half) < rate * (1.0 + 1e-9)
