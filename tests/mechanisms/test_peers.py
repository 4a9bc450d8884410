"""Colleagues to ask: 1 + p·n/(n + half), half of the gain with `peers_half` of them, never all of it."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, silent
from orgsim.mechanisms import peers

GAIN, HALF = "people.peers", "people.peers_half"
asked = plain(peers.asked)


@law(legal(GAIN), legal(HALF), st.integers(0, 500))
def test_speed_follows_the_number_of_peers(gain, half, number):
    speed = asked(rules("people", {GAIN: gain, HALF: half}), number)
    assert speed == pytest.approx(1 + gain / (1 + half / number) if number else 1.0)
    assert 1.0 <= speed <= 1.0 + gain


@law(legal(GAIN), legal(HALF))
def test_half_of_the_gain_comes_with_as_many_as_the_field_says(gain, half):
    assert asked(rules("people", {GAIN: gain, HALF: half}), half) == pytest.approx(1 + gain / 2)


def test_switched_off_nobody_is_faster():
    assert asked(silent("people", "peers"), 12.0) == 1.0
