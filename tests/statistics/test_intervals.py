"""Intervals, p-values and Holm's correction against scipy and published examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from orgsim.statistics.intervals import estimate, holm, paired

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
