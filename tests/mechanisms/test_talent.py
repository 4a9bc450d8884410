"""Talent: log-normal about 1 with the spread that the scenario says, the same for the same person."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, silent
from orgsim.mechanisms import talent

SPREAD = "people.talent_spread"
talent_of = plain(talent.talent_of)
keys = st.integers(0, 2**64 - 1)


@law(legal(SPREAD), keys)
def test_a_talent_is_above_nought_and_the_same_for_the_same_key(spread, key):
    people = rules("people", {SPREAD: spread})
    assert talent_of(people, np.uint64(key)) == talent_of(people, np.uint64(key)) > 0


@law(st.floats(0.01, 1), keys)
def test_logarithms_are_normal(spread, key):
    """Two spreads draw one quantile: (ln t)/σ + σ/2 is the standard normal of the key."""
    found = []
    for cv in (spread, 0.5):
        people = rules("people", {SPREAD: cv})
        sigma = np.sqrt(np.log(1 + cv**2))
        found.append(np.log(talent_of(people, np.uint64(key))) / sigma + sigma / 2)
    assert found[0] == pytest.approx(found[1], abs=1e-6)


@pytest.mark.parametrize("spread", [0.15, 0.3])
def test_mean_and_spread_are_those_of_the_scenario(spread):
    people = rules("people", {SPREAD: spread})
    words = np.random.default_rng(1).integers(2**64, size=20_000, dtype=np.uint64)
    drawn = np.array([talent_of(people, word) for word in words])
    assert drawn.mean() == pytest.approx(1.0, abs=0.01)
    assert drawn.std() == pytest.approx(spread, rel=0.04)


@law(keys)
def test_switched_off_all_are_alike(key):
    assert talent_of(silent("people", "talent"), np.uint64(key)) == 1.0
