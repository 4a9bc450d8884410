"""One case, one customer: satisfaction and expectation move exactly as the equations say."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.engine.market.customers import ACTIVE, CUSTOMER
from orgsim.engine.operations import state
from orgsim.kernel.policies import OWN
from orgsim.scenario import load
from orgsim.simulation.schedule import market_for

SETTINGS = load("default").market
PROMISE = 20.0


def react(week=10, joined=-94, satisfaction=0.7, expectation=0.6, complaint=0, **case):
    """Satisfaction and expectation after one closed case."""
    market = market_for(load("default"))
    market.customers[0] = np.zeros(1, CUSTOMER)[0]
    for name, value in (("status", ACTIVE), ("joined", joined), ("satisfaction", satisfaction),
                        ("expectation", expectation)):  # fmt: skip
        market.customers[name][0] = value
    closed, types = np.zeros(1, state.CLOSED), np.zeros(1, state.TYPE)
    types["promise"] = PROMISE
    for name, value in case.items():
        closed[name] = value
    types["is_complaint"] = complaint
    clock = np.zeros(1, state.CLOCK)
    clock["closed"] = 1
    market.rules["relaxation"] = market.rules["hazard"] = 0.0  # between cases nothing happens
    market.rows = 1
    core = SimpleNamespace(clock=clock, closed=closed, types=types, policies=OWN)
    market.week(core, week, np.ones(3), np.zeros(3))
    return float(market.customers["satisfaction"][0]), float(market.customers["expectation"][0])


def quality(cycle=10.0, handoffs=0, bounces=0, is_repeat=0, defect=0, abandoned=0):
    """The same, written apart: the weighted mean of four scores."""
    timeliness = 0.0 if abandoned else min(1.0, PROMISE / cycle) if cycle > PROMISE else 1.0
    effort = math.exp(-SETTINGS.effort_per_touch * (handoffs + bounces))
    right = 0.0 if defect or abandoned else 1.0
    score = (
        SETTINGS.weight_timeliness * timeliness
        + SETTINGS.weight_effort * effort
        + SETTINGS.weight_right_first_time * right
        + SETTINGS.weight_resolved * (0.0 if abandoned else 1.0)
    )
    return max(0.0, score - SETTINGS.repeat_penalty) if is_repeat else score


CASES = st.fixed_dictionaries(
    {
        "cycle": st.floats(0.1, 500),
        "handoffs": st.integers(0, 20),
        "bounces": st.integers(0, 9),
        "is_repeat": st.integers(0, 1),
        "defect": st.integers(0, 1),
        "abandoned": st.integers(0, 1),
    }
)


@given(CASES, st.floats(0, 1), st.floats(0, 1), st.integers(-300, 10))
def test_reaction_follows_the_equations(case, satisfaction, expectation, joined):
    found = react(satisfaction=satisfaction, expectation=expectation, joined=joined, **case)
    gap = quality(**case) - expectation
    weight = SETTINGS.gain * (1.0 if gap > 0 else SETTINGS.loss_aversion)
    moved = min(1.0, max(0.0, satisfaction + weight * gap))
    tenure = (10 - joined) / 52
    learned = expectation + SETTINGS.expectation_gain * gap / (1 + tenure)
    assert found == pytest.approx((moved, learned), abs=1e-12)


@pytest.mark.parametrize(
    "worse",
    [{"cycle": 60.0}, {"handoffs": 5}, {"bounces": 2}, {"is_repeat": 1}, {"defect": 1}, {"abandoned": 1}],
)
def test_whatever_goes_wrong_costs_satisfaction(worse):
    assert react(**({"cycle": 10.0} | worse))[0] < react(cycle=10.0)[0]


def test_the_first_experiences_shape_expectation_most():
    new, old = react(joined=9, cycle=10.0)[1], react(joined=-500, cycle=10.0)[1]
    assert new > old > 0.6


def test_a_complaint_handled_well_restores_satisfaction_and_hardly_loyalty():
    plain, recovered = react(cycle=10.0)[0], react(cycle=10.0, complaint=1)[0]
    assert recovered == pytest.approx(plain + SETTINGS.recovery * (1 - plain))
    assert react(cycle=500.0, defect=1, complaint=1) == react(cycle=500.0, defect=1)
