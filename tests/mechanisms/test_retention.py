"""Retention: h0·exp(−γ(S − S0)); h0 loses in a year what the scenario says."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import retention
from orgsim.mechanisms.personal_levels import mean_hazard

YEAR, SLOPE, START = "market.churn_per_year", "market.churn_slope", "market.initial_satisfaction"
ALIKE = "market.level_spread"
churn_hazard, may_leave = plain(retention.churn_hazard), plain(retention.may_leave)


@law(st.floats(0, 0.999), share)
def test_satisfied_as_at_the_start_a_year_loses_what_the_scenario_says(lost, start):
    hazard = churn_hazard(rules("market", {YEAR: lost, START: start, ALIKE: 0.0}), start)
    assert math.exp(-hazard) ** 52 == pytest.approx(1 - lost)
    assert hazard == pytest.approx(retention.weekly_hazard(lost))


@law(st.floats(0, 0.999), st.floats(0.1, 8), share, st.floats(0.01, 0.5))
def test_customers_who_differ_lose_the_same_together(lost, slope, start, spread):
    """The hazard at the reference is lower by as much as the convex mean is higher."""
    market = rules("market", {YEAR: lost, SLOPE: slope, START: start, ALIKE: spread})
    together = churn_hazard(market, start) * mean_hazard(slope, spread, start)
    assert together == pytest.approx(retention.weekly_hazard(lost))
    assert retention.convexity(SimpleNamespace(
        churn_slope=slope, level_spread=spread, initial_satisfaction=start
    )) == mean_hazard(slope, spread, start)  # fmt: skip


def test_whoever_loses_all_in_a_year_keeps_next_to_nobody():
    """No hazard loses all: once a week comes near enough, and is above that of any share below all."""
    assert retention.weekly_hazard(math.nextafter(1.0, 0.0)) < retention.weekly_hazard(1.0) == 1.0
    assert math.exp(-52 * retention.weekly_hazard(1.0)) < 1e-20
    assert retention.weekly_hazard(0.0) == 0.0


@law(legal(SLOPE), share, share)
def test_log_hazard_falls_in_proportion_to_satisfaction(slope, start, satisfaction):
    market = rules("market", {SLOPE: slope, START: start})
    ratio = churn_hazard(market, satisfaction) / churn_hazard(market, start)
    assert math.log(ratio) == pytest.approx(slope * (start - satisfaction), abs=1e-9)


@law(st.floats(0.1, 30), st.floats(0.2, 0.8))
def test_it_is_convex_disappointment_loses_more_than_delight_keeps(slope, satisfaction):
    market = rules("market", {SLOPE: slope})
    worse, same, better = (churn_hazard(market, satisfaction + change) for change in (-0.2, 0.0, 0.2))
    assert worse - same > same - better > 0


@law(share)
def test_switched_off_everybody_leaves_alike(satisfaction):
    off = silent("market", "retention")
    assert churn_hazard(off, satisfaction) == off.hazard


@given(legal(YEAR), legal(SLOPE), share, st.floats(0, 20), st.floats(0, 20), share, share)
@settings(max_examples=500)
def test_no_draw_that_means_leaving_is_passed_over(lost, slope, start, flatter, pull, satisfaction, part):
    """The bound is asked before the hazard; the largest draw that means leaving comes nearest to it."""
    market = rules("market", {YEAR: lost, SLOPE: slope, START: start})
    gap = satisfaction - market.reference
    hazard = churn_hazard(market, market.reference + flatter * gap)
    leaves_below = 1.0 - math.exp(-hazard * pull)
    for chance in (math.nextafter(leaves_below, 0.0), part * leaves_below, 2.0**-53):
        if chance < leaves_below:
            assert may_leave(market.hazard * pull, slope * flatter, gap, chance)


@law(st.floats(0.01, 0.5), st.floats(0, 8), share)
def test_hardly_a_draw_above_needs_the_hazard(lost, slope, satisfaction):
    market = rules("market", {YEAR: lost, SLOPE: slope, START: 0.75})
    hazard = churn_hazard(market, satisfaction)
    gap = satisfaction - market.reference
    if slope * gap > -1.0:
        assert not may_leave(market.hazard, slope, gap, 1.2 * hazard * (1.0 + (slope * gap) ** 2))
