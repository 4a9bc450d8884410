"""Personal levels: normal about the mean, the same for the same person; how many more leave for them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import personal_levels
from orgsim.mechanisms.personal_levels import mean_hazard
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

SPREAD = "market.level_spread"
personal_level = plain(personal_levels.personal_level)


@law(legal(SPREAD), st.integers(0, 2**64 - 1))
def test_a_level_is_in_proportion_to_the_spread(spread, key):
    one = personal_level(rules("market", {SPREAD: 1.0}), np.uint64(key))
    assert personal_level(rules("market", {SPREAD: spread}), np.uint64(key)) == pytest.approx(spread * one)


def test_customers_of_the_start_spread_as_the_scenario_says():
    """Levels are normal; satisfaction is the mean with one's level, and ends at 0 and at 1."""
    market = Simulation(load("default"), "silos", 3).market
    first = market.customers[: market.rows]
    levels = first["personal"]
    assert levels.mean() == pytest.approx(0.0, abs=0.01)
    assert levels.std() == pytest.approx(0.22, abs=0.005)
    assert (np.abs(levels) < 0.22).mean() == pytest.approx(0.683, abs=0.02)
    assert first["satisfaction"] == pytest.approx(np.clip(0.75 + levels, 0, 1))


def test_a_customer_is_the_same_person_in_every_design_and_another_under_another_seed():
    def levels(design, seed):
        market = Simulation(load("default"), design, seed).market
        return market.customers["personal"][: market.rows]

    assert (levels("silos", 3) == levels("teams", 3)).all()
    assert (levels("silos", 3) != levels("silos", 4)).all()


@given(st.floats(0, 8), st.floats(0.01, 0.5), share)
def test_the_mean_hazard_is_that_of_a_normal_that_ends(slope, spread, reference):
    """By the midpoint rule over the normal distribution."""
    edges = np.linspace(-8, 8, 40_001)
    z = 0.5 * (edges[1:] + edges[:-1])
    weight = np.exp(-0.5 * z * z)
    gap = np.clip(reference + spread * z, 0, 1) - reference
    expected = np.average(np.exp(-slope * gap), weights=weight)
    assert mean_hazard(slope, spread, reference) == pytest.approx(expected, rel=1e-5)


def test_it_stays_a_number_at_the_ends_of_its_range():
    for slope in (0.0, 30.0):
        for spread in (0.0, 1e-3, 1.0):
            for reference in (0.0, 0.5, 1.0):
                assert 0.0 < mean_hazard(slope, spread, reference) <= math.exp(30.0)


@law(share, legal("market.churn_slope"))
def test_where_all_are_alike_nothing_is_convex(reference, slope):
    assert mean_hazard(slope, 0.0, reference) == mean_hazard(0.0, 0.3, reference) == 1.0


@law(st.integers(0, 2**64 - 1))
def test_switched_off_all_are_alike(key):
    assert personal_level(silent("market", "personal_levels"), np.uint64(key)) == 0.0
