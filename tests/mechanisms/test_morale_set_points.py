"""Morale set-points: normal about the morale of the start, ending at 0 and at 1."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share
from orgsim.mechanisms import morale_set_points
from orgsim.mechanisms.catalogue import NEUTRAL

START, SPREAD = "people.morale_at_start", "people.morale_spread"
set_point = plain(morale_set_points.set_point)
keys = st.integers(0, 2**64 - 1)


def own(start, spread, key):
    return set_point(rules("people", {START: start, SPREAD: spread}), np.uint64(key))


@law(share, legal(SPREAD), keys)
def test_a_set_point_lies_from_the_start_in_proportion_to_the_spread_and_ends_at_0_and_1(start, spread, key):
    away = (own(0.5, 0.01, key) - 0.5) / 0.01
    assert own(start, spread, key) == pytest.approx(np.clip(start + spread * away, 0, 1), abs=1e-9)


def test_they_are_normal():
    words = np.random.default_rng(1).integers(2**64, size=4000, dtype=np.uint64)
    drawn = np.array([own(0.5, 0.1, word) for word in words])
    assert drawn.mean() == pytest.approx(0.5, abs=0.01)
    assert drawn.std() == pytest.approx(0.1, abs=0.005)
    assert (np.abs(drawn - 0.5) < 0.1).mean() == pytest.approx(0.683, abs=0.03)


@law(share, keys)
def test_switched_off_all_return_to_that_of_the_start(start, key):
    people = rules("people", {START: start} | NEUTRAL["morale_set_points"])
    assert set_point(people, np.uint64(key)) == start
