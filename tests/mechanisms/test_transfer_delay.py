"""Transfers: hours × distance, longer by the mean of what telework adds on either side as far as they are
apart, and a lognormal with the mean and spread that are given."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy import stats

from mechanisms.equations import Record, law, legal, plain, rules, silent
from orgsim.mechanisms import transfer_delay

HOURS, SPREAD = "frictions.handoff.transfer_hours", "frictions.handoff.transfer_cv"
mean_transfer, transfer_hours = plain(transfer_delay.mean_transfer), plain(transfer_delay.transfer_hours)
factors = st.floats(1, 3)


@law(legal(HOURS), factors, factors)
def test_half_of_what_telework_adds_comes_from_either_side(hours, here, there):
    sides = Record(transfer_factor=here), Record(transfer_factor=there)
    operations = rules("operations", {HOURS: hours})
    assert mean_transfer(operations, *sides, 1.0) == pytest.approx(np.mean([hours * here, hours * there]))
    assert mean_transfer(silent("operations", "transfer_delay"), *sides, 1.0) == 0.0


@law(legal(HOURS), st.floats(0, 1.5))
def test_at_work_the_mean_is_in_proportion_to_the_distance(hours, distance):
    side = Record(transfer_factor=1.0)
    found = mean_transfer(rules("operations", {HOURS: hours}), side, side, distance)
    assert found == pytest.approx(hours * distance)


def test_telework_lengthens_what_is_far_and_hardly_what_is_near():
    """4 h · ¼ · (1 + ½ · ¼), 4 h · 1 · (1 + ½), 4 h · 1.5 · (1 + ½): beyond 1 it adds the same part."""
    operations = rules("operations", {HOURS: 4.0})
    sides = Record(transfer_factor=1.2), Record(transfer_factor=1.8)
    found = [mean_transfer(operations, *sides, distance) for distance in (0.25, 1.0, 1.5)]
    assert found == pytest.approx([1.125, 6.0, 9.0])


def test_nobody_waits_for_a_neighbour_at_no_distance():
    side = Record(transfer_factor=3.0)
    assert mean_transfer(rules("operations", {}), side, side, 0.0) == 0.0


@law(st.floats(0.1, 100), st.floats(0.05, 5), st.integers(2**20, 2**64 - 2**20))
def test_a_transfer_is_the_quantile_of_a_lognormal(mean, spread, key):
    variance = math.log1p(spread**2)
    normal = stats.norm.ppf((key // 2**12 + 0.5) / 2**52)
    found = transfer_hours(rules("operations", {SPREAD: spread}), np.uint64(key), mean)
    assert math.log(found / mean) == pytest.approx(math.sqrt(variance) * normal - variance / 2, abs=1e-6)


def test_without_spread_every_transfer_takes_its_mean():
    assert transfer_hours(rules("operations", {SPREAD: 0.0}), np.uint64(7), 4.0) == 4.0


def test_evenly_spread_keys_have_the_mean_and_the_spread_that_are_given():
    keys = [np.uint64((2 * i + 1) * 2**63 // 4000) for i in range(4000)]
    operations = rules("operations", {SPREAD: 0.5})
    hours = [transfer_hours(operations, key, 4.0) for key in keys]
    assert np.mean(hours) == pytest.approx(4.0, rel=0.01)
    assert np.std(hours) == pytest.approx(2.0, rel=0.02)
