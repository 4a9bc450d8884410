"""Intervals, p-values and Holm's correction against scipy and published examples."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from orgsim.statistics.intervals import enough, estimate, holm, paired, proportion, sure_counts, willink

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=20)


@given(VALUES)
def test_the_paired_test_is_that_of_scipy(values):
    data = np.array(values)
    found = paired(np.zeros(len(data)), data)
    if data.std(ddof=1) > 1e-6 * max(1.0, abs(data.mean())):
        other = stats.ttest_1samp(data, 0.0)
        assert found.p_value == pytest.approx(other.pvalue, rel=1e-9, abs=1e-300)
        low, high = other.confidence_interval()
        assert (found.difference.low, found.difference.high) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


@given(st.integers(2, 400), st.floats(0.01, 0.9999))
def test_the_interval_is_students(count, confidence):
    data = np.tile([-1.0, 1.0], count)  # of mean 0, so that no digit is lost beside it
    half = stats.t.ppf(0.5 + confidence / 2, len(data) - 1) * data.std(ddof=1) / np.sqrt(len(data))
    assert estimate(data, confidence).half_width == pytest.approx(half, rel=1e-12)


def test_differences_without_spread():
    assert paired([1, 1, 1], [1, 1, 1]).p_value == 1.0
    assert paired([1, 1, 1], [2, 2, 2]).p_value == 0.0
    assert np.isnan(paired([1], [2]).p_value)
    assert np.isnan(estimate([1.0, float("nan")]).low)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []
    found = holm([0.01, float("nan"), 0.02])
    assert found[0] == 0.02
    assert np.isnan(found[1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_corrects_upwards_in_order_and_less_than_bonferroni(values):
    adjusted = holm(values)
    for p, new in zip(values, adjusted, strict=True):
        assert p <= new <= min(1.0, len(values) * p) + 1e-12
    order = np.argsort(values)
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()


@given(VALUES, st.floats(0.5, 0.999))
def test_the_interval_and_its_test_agree(values, confidence):
    """Corrected for skewness, too, 0 lies outside of the interval where p is below 1 − confidence."""
    data = np.array(values)
    found = paired(np.zeros(len(data)), data, confidence, by_width=True)
    low, high = found.difference.low, found.difference.high
    if min(abs(low), abs(high)) > 1e-6 * max(1.0, np.abs(data).max()) and data.std() > 0:
        if abs(found.p_value - (1 - confidence)) > 1e-6:
            assert (low > 0 or high < 0) == (found.p_value < 1 - confidence)


@given(VALUES)
def test_the_correction_for_skewness_knows_directions(values):
    """Mirrored values have the mirrored interval, and symmetric ones that of Student."""
    data = np.array(values)
    here, there = willink(data), willink(-data)
    scale = max(1.0, np.abs(data).max())
    assert (here.low, here.high) == pytest.approx((-there.high, -there.low), abs=1e-9 * scale)
    both = np.concatenate((data, -data))
    assert willink(both).high == pytest.approx(estimate(both).high, rel=1e-6, abs=1e-6 * scale)
    assert not here.low > here.mean
    assert not here.high < here.mean


def test_a_long_tail_to_the_right_moves_the_interval_there():
    data = np.random.default_rng(1).exponential(size=20)
    assert willink(data).low > estimate(data).low
    assert willink(data).high > estimate(data).high


def reached(rng, by_width, width=0.3, fewest=10, most=40):
    """The interval at which a half-width is reached: seeds double from `fewest`, as a sweep does it."""
    data, count = rng.exponential(size=most), fewest
    while True:
        looks = 3 if by_width else 1
        found = paired(np.zeros(count), data[:count], looks=looks, by_width=by_width).difference
        if found.half_width <= width or count >= most:
            return found
        count = min(2 * count, most)


def test_stopping_by_half_width_keeps_its_95_per_cent():
    """Of skewed answers Student's interval, looked at as often as one likes, would hold fewer than 92 %."""
    held = {}
    for by_width in (True, False):
        rng = np.random.default_rng(3)
        found = [reached(rng, by_width) for _ in range(1500)]
        held[by_width] = np.mean([one.low <= 1.0 <= one.high for one in found])
    assert held[True] > 0.945
    assert held[False] < 0.92


@pytest.mark.parametrize(("met", "of"), [(0, 10), (1, 10), (36, 40), (40, 40)])
def test_a_proportion_has_the_interval_of_wilson(met, of):
    """The shares p whose distance from the observed one is at most z standard errors of p."""
    found, z = proportion(met, of), 1.959964
    middle = (met + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * math.sqrt(met * (of - met) / of + z * z / 4)
    assert found.mean == met / of
    assert (found.low, found.high) == pytest.approx((middle - half, middle + half), abs=1e-6)


@pytest.mark.parametrize("count", [1, 8, 35, 36, 40, 200])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 1.0])
def test_counts_that_tell_a_chance_from_a_share_are_the_first_that_do(count, share):
    few, many = sure_counts(share, count)
    for successes in (few - 1, few):
        assert (stats.binom.cdf(successes, count, share) < 0.025) == (successes < few)
    for successes in (many - 1, many):
        assert (stats.binom.sf(successes - 1, count, share) <= 0.025) == (successes >= many)


def test_enough_is_a_whole_number_whatever_fractions_come_to():
    assert [enough(share, 10) for share in (0.7, 0.9, 0.91, 1.0, 1e-3)] == [7, 9, 10, 10, 1]
    assert enough(0.9, 2) == 2
