"""Discounting: a year's delay costs the rate of the year, also in what a customer is worth.

That results of a run are discounted week by week is held in tests/simulation/test_course.py."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, scenario, share
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.simulation.accounting import _lifetime_values

RATE = "money.discount_rate"
MARGINS = np.array([10.0, 25.0])


def values(fields, lost, customer_weeks=1000.0):
    sums = {"lost": lost, "customer_weeks": customer_weeks}
    return _lifetime_values(scenario(fields), MARGINS, sums)


@law(st.floats(0.001, 1), share)
def test_a_year_of_delay_costs_the_rate_and_whoever_leaves_in_it(rate, hazard):
    """∫ m·e^−kt dt = m/k, where e^−52k is what is left of a margin that comes a year later."""
    left = math.exp(-hazard) ** 52 / (1 + rate)
    assert values({RATE: rate}, 1000 * hazard) * -math.log(left) == pytest.approx(MARGINS * 52)


def test_switched_off_a_customer_is_worth_the_margin_of_the_time_it_stays():
    assert values(NEUTRAL["discounting"], 20.0) == pytest.approx(MARGINS * 50)


def test_where_nobody_leaves_the_rate_alone_ends_it():
    assert values({RATE: 0.1}, 0.0, 0.0) == pytest.approx(MARGINS * 52 / math.log(1.1))
