"""The one rule: what matters, what is better, what cannot be told."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.statistics.intervals import Estimate
from orgsim.statistics.verdicts import BETTER, NOTHING, UNCLEAR, WORSE, verdict

NUMBERS = st.floats(-1e6, 1e6)


def between(low, high):
    return Estimate((low + high) / 2, low, high)


@pytest.mark.parametrize(
    ("interval", "p", "more_is_better", "smallest", "expected"),
    [
        (between(2, 4), 0.01, True, 1, BETTER),
        (between(2, 4), 0.01, False, 1, WORSE),
        (between(-4, -2), 0.01, True, 1, WORSE),
        (between(-4, -2), 0.01, False, 1, BETTER),
        (between(2, 4), 0.05, True, 1, UNCLEAR),  # not once corrected
        (between(-2, 4), 0.3, True, 1, UNCLEAR),
        (between(0.2, 0.4), 0.001, True, 1, NOTHING),  # surely there, and does not matter
        (between(-0.9, 1), 0.9, True, 1, NOTHING),
        (between(-0.9, 1.1), 0.9, True, 1, UNCLEAR),
        (between(-1.1, 0.9), 0.9, True, 1, UNCLEAR),
        (between(0.5, 1.5), 0.001, True, 1, BETTER),  # may matter
        (between(0, 0), 1, True, 0, NOTHING),  # the same to the last digit
        (between(1e-9, 1e-9), 0, True, 0, BETTER),
        (Estimate(3, math.nan, math.nan), math.nan, True, 1, UNCLEAR),
        (between(2, 4), 0.01, True, math.nan, BETTER),
    ],
)
def test_outcomes(interval, p, more_is_better, smallest, expected):
    assert verdict(interval, p, more_is_better, smallest) == expected


@given(NUMBERS, st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 1e6))
def test_who_is_the_baseline_turns_the_verdict_and_nothing_else(mean, half, p, smallest):
    here, there = between(mean - half, mean + half), between(-mean - half, half - mean)
    turned = {BETTER: WORSE, WORSE: BETTER, NOTHING: NOTHING, UNCLEAR: UNCLEAR}
    if here.mean:
        assert verdict(there, p, True, smallest) == turned[verdict(here, p, True, smallest)]
        assert verdict(here, p, False, smallest) == turned[verdict(here, p, True, smallest)]


@given(NUMBERS, st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 1e6), st.floats(0, 1e6))
def test_what_does_not_matter_still_does_not_if_more_is_asked_for(mean, half, p, smallest, more):
    interval = between(mean - half, mean + half)
    if verdict(interval, p, True, smallest) == NOTHING:
        assert verdict(interval, p, True, smallest + more) == NOTHING
