"""Satisfaction: the score of each thing that goes wrong, fixed points and proportions of the reaction.

That a whole closed case moves its customer as written is held in tests/engine/market/test_reactions.py."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, scenario, share
from orgsim.errors import ScenarioError
from orgsim.mechanisms import satisfaction
from orgsim.scenario import load
from orgsim.simulation.schedule import market_for

WEIGHTS = [f"market.weight_{part}" for part in ("timeliness", "effort", "right_first_time", "resolved")]
PER_TOUCH, REPEAT = "market.effort_per_touch", "market.repeat_effort"
GAIN, AVERSION, LEARNS = "market.gain", "market.loss_aversion", "market.expectation_gain"
TENURE, RELAXES = "market.tenure_at_start", "market.relaxation_weeks"
ease, experienced_quality = plain(satisfaction.ease), plain(satisfaction.experienced_quality)
react, relaxed = plain(satisfaction.react), plain(satisfaction.relaxed)
#: a weight, and none
weight = st.just(0.0) | st.floats(1e-6, 1)
#: weights that are told apart in every sum of them
WEIGHED = dict(zip(WEIGHTS, (0.1, 0.2, 0.3, 0.4), strict=True))


def case(**what):
    """A closed case without any fault, but for what is said."""
    perfect = {"cycle": 10.0, "handoffs": 0, "bounces": 0, "is_repeat": 0, "defect": 0, "abandoned": 0}
    return Record(**perfect | what)


def test_hands_cost_the_same_whether_it_is_a_repeat_or_not():
    market = rules("market", {PER_TOUCH: 0.1})
    few_hands = plain(satisfaction.few_hands)
    assert few_hands(market, case(handoffs=2, bounces=1, is_repeat=1)) == pytest.approx(math.exp(-0.3))


@law(legal(PER_TOUCH), st.integers(0, 20), st.integers(0, 20), share)
def test_every_hand_takes_the_same_part_of_the_ease_and_a_repeat_its_own(per_touch, handoffs, bounces, again):
    market = rules("market", {PER_TOUCH: per_touch, REPEAT: again})
    touched = ease(market, case(handoffs=handoffs, bounces=bounces))
    assert touched == pytest.approx(math.exp(-per_touch) ** (handoffs + bounces))
    repeated = ease(market, case(handoffs=handoffs, bounces=bounces, is_repeat=1))
    assert repeated == pytest.approx(again * touched)
    assert ease(market, case()) == 1.0


@pytest.mark.parametrize(
    ("fault", "quality"),
    [
        ({}, 1.0),
        ({"cycle": 20.0}, 1.0),
        ({"cycle": 40.0}, 0.95),  # one promise late: half of the timeliness
        ({"cycle": 80.0}, 0.925),
        ({"is_repeat": 1}, 0.85),  # the penalty alone
        ({"defect": 1}, 0.7),
        ({"abandoned": 1}, 0.2),  # only the effort counts
        ({"abandoned": 1, "defect": 1, "cycle": 80.0}, 0.2),
        ({"cycle": 40.0, "defect": 1, "is_repeat": 1}, 0.5),
        ({"cycle": 1e9, "defect": 1, "abandoned": 1, "handoffs": 99, "is_repeat": 1}, 0.0),
    ],
)
def test_each_fault_costs_its_weight(fault, quality):
    market = rules("market", WEIGHED | {REPEAT: 0.5, "market.repeat_penalty": 0.15})
    assert experienced_quality(market, case(**fault), 20.0) == pytest.approx(quality)


@law(st.lists(weight, min_size=4, max_size=4).filter(any), st.floats(0.1, 80), st.booleans(), st.booleans())
def test_quality_is_a_mean_whatever_the_weights(weights, cycle, defect, abandoned):
    """All that goes well is 1, nothing is above, and half of every weight is the same."""
    market = rules("market", dict(zip(WEIGHTS, weights, strict=True)))
    halves = rules("market", {name: each / 2 for name, each in zip(WEIGHTS, weights, strict=True)})
    assert experienced_quality(market, case(), 20.0) == pytest.approx(1.0)
    found = case(cycle=cycle, defect=defect, abandoned=abandoned, handoffs=3)
    quality = experienced_quality(market, found, 20.0)
    assert 0.0 <= quality <= 1.0 + 1e-12
    assert experienced_quality(halves, found, 20.0) == pytest.approx(quality)


def test_what_alone_has_a_weight_is_all_of_quality():
    market = rules("market", dict(zip(WEIGHTS, (0.0, 0.0, 0.2, 0.0), strict=True)))
    assert experienced_quality(market, case(cycle=1e6, handoffs=20), 20.0) == 1.0
    assert experienced_quality(market, case(defect=1), 20.0) == 0.0


def test_quality_without_any_weight_is_refused_with_what_to_do():
    with pytest.raises(ScenarioError, match=r"market: weight_timeliness, .* are all 0.*give one of them a"):
        load("default", [f"{weight}=0" for weight in WEIGHTS])


@law(st.floats(0.1, 500), st.floats(0, 50))
def test_timeliness_is_one_over_the_promises_that_it_took(promise, late):
    market = rules("market", WEIGHED)
    found = experienced_quality(market, case(cycle=promise * (1 + late)), promise)
    assert found == pytest.approx(0.9 + 0.1 / (1 + late))


def reaction(fields, quality, week=0, expectation=0.5, level=0.5, joined=0):
    """Changes of satisfaction and expectation by a case."""
    customer = Record(satisfaction=level, expectation=expectation, joined=joined, cases=4)
    react(rules("market", fields), customer, quality, week)
    assert customer.cases == 5
    return customer.satisfaction - level, customer.expectation - expectation


@law(st.floats(0, 0.2), st.floats(0, 4), st.floats(0, 0.5))
def test_disappointment_weighs_more_than_delight_by_its_factor(gain, aversion, gap):
    fields = {GAIN: gain, AVERSION: aversion}
    delight, disappointment = reaction(fields, 0.5 + gap)[0], reaction(fields, 0.5 - gap)[0]
    assert delight == pytest.approx(gain * gap)
    assert disappointment == pytest.approx(-aversion * gain * gap, abs=1e-12)


def test_satisfaction_stays_between_0_and_1():
    assert reaction({GAIN: 2.0}, 1.0, level=0.75) == pytest.approx((0.25, 0.05))
    assert reaction({GAIN: 2.0, AVERSION: 3.0}, 0.0, level=0.25)[0] == -0.25


@law(share, share, share, st.integers(-300, 0), st.integers(0, 300))
def test_expectation_moves_to_experience_less_with_every_year(rate, quality, expectation, joined, week):
    moved = reaction({LEARNS: rate}, quality, week, expectation, joined=joined)[1]
    assert moved * (52 + week - joined) == pytest.approx(52 * rate * (quality - expectation), abs=1e-9)


def test_a_customer_who_joins_next_week_is_new():
    assert reaction({LEARNS: 0.2}, 1.0, week=10, joined=11)[1] == pytest.approx(0.1)


@law(share)
def test_what_was_expected_changes_nothing(expected):
    assert reaction({}, expected, expectation=expected) == (0.0, 0.0)


@pytest.mark.parametrize("tenure", [0, 52, 156])
def test_customers_of_the_start_have_known_the_company_as_long_as_the_field_says(tenure):
    """Their expectations move by 1 ÷ (1 + years) of what a new customer's do."""
    market = market_for(scenario({TENURE: tenure}))
    joined = market.customers["joined"][: market.rows]
    assert (joined == -tenure).all()
    assert reaction({LEARNS: 0.2}, 1.0, joined=int(joined[0]))[1] == pytest.approx(0.1 * 52 / (52 + tenure))


@law(legal(RELAXES), share, share, st.integers(1, 30))
def test_between_cases_the_distance_to_what_is_supported_shrinks_by_the_same_part(
    weeks, level, baseline, times
):
    after, relaxation = level, rules("market", {RELAXES: weeks}).relaxation
    for _ in range(times):
        after = relaxed(relaxation, after, baseline)
    kept = (1 - np.reciprocal(weeks)) ** times
    assert after == pytest.approx(kept * level + (1 - kept) * baseline)
