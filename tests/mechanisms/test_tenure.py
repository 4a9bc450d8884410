"""Tenure: years served have the mean and spread of the scenario; what wears off does so week by week."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, plain, rules, share
from orgsim.mechanisms import tenure

YEARS, SPREAD = "money.years_of_service", "people.tenure_spread"
weeks_served, left_after = plain(tenure.weeks_served), plain(tenure.left_after)


def served(years, spread, count=6000):
    people = rules("people", {YEARS: years, SPREAD: spread})
    with np.errstate(over="ignore"):  # keys wrap around
        words = np.random.default_rng(1).integers(2**64, size=count, dtype=np.uint64)
        return np.array([weeks_served(people, word) for word in words])


@pytest.mark.parametrize(("years", "spread"), [(6.0, 1.0), (10.0, 0.5)])
def test_years_have_the_mean_and_the_spread_of_the_scenario(years, spread):
    weeks = served(years, spread)
    assert weeks.mean() == pytest.approx(52 * years, rel=0.05)
    assert weeks.std() == pytest.approx(52 * years * spread, rel=0.06)
    assert weeks.min() >= 0


def test_a_spread_of_1_is_the_exponential_of_a_constant_hazard():
    weeks = served(6.0, 1.0)
    for share_left in (0.75, 0.5, 0.25):
        assert (weeks > -np.log(share_left) * 312).mean() == pytest.approx(share_left, abs=0.02)


@law(share, st.integers(0, 200))
def test_what_wears_off_by_the_week_is_left_after_so_many(kept, weeks):
    expected = 1.0
    for _ in range(weeks):
        expected *= kept
    assert left_after(kept, float(weeks)) == pytest.approx(expected, rel=1e-9, abs=1e-300)
