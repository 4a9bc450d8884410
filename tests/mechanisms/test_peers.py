"""Colleagues to ask: 1 + p·n/(n + half), half of the gain with `peers_half` of them, never all of it; each
counts the less the farther off."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import peers

GAIN, HALF = "people.peers", "people.peers_half"
asked, peers_near = plain(peers.asked), plain(peers.peers_near)
count = st.integers(0, 500)


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


@law(count, share, count, share)
def test_each_peer_counts_for_what_distance_leaves(beside, near, elsewhere, far):
    found = peers_near(beside, near, elsewhere, far)
    assert found == pytest.approx(beside + elsewhere - beside * near - elsewhere * far)


def test_peers_of_group_and_unit_by_hand():
    """4 in the group at 0.1 and 10 elsewhere in the unit at 0.7: 3.6 + 3"""
    assert peers_near(4, 0.1, 10, 0.7) == pytest.approx(6.6)


@law(count, count, st.floats(1, 10), share)
def test_peers_at_the_other_end_of_the_firm_are_nobody_to_ask(beside, elsewhere, off, near):
    assert peers_near(beside, near, elsewhere, off) == peers_near(beside, near, 0, 0.0)
    assert peers_near(beside, off, elsewhere, off) == 0.0
