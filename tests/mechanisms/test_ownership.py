"""Ownership: faster in proportion to the share of work that the unit does from end to end, by half of it
where so many own it together, by ever less where more do."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import ownership

GAIN, SHARED = "people.ownership", "people.ownership_shared"
owning = plain(ownership.owning)


@law(legal(GAIN), share, st.integers(0, 1000))
def test_a_unit_is_faster_at_what_it_owns_however_many_it_is_where_sharing_costs_nothing(gain, owned, size):
    people = rules("people", {GAIN: gain, SHARED: 0.0})
    assert owning(people, Record(ownership=owned, people=size)) - 1 == pytest.approx(gain * owned)


@law(legal(GAIN), share, st.floats(1, 1000), st.floats(0, 1000))
def test_those_who_share_it_have_their_part_of_it(gain, owned, halving, size):
    """With as many as halve it a half, with twice as many a third: 1 of 1 + n ÷ those who halve it."""
    people = rules("people", {GAIN: gain, SHARED: halving})
    found = owning(people, Record(ownership=owned, people=size)) - 1
    assert found == pytest.approx(gain * owned * halving / (halving + size))
    half = owning(people, Record(ownership=owned, people=halving)) - 1
    assert half == pytest.approx(gain * owned / 2)


def test_by_default_a_team_of_sixty_has_a_quarter_of_three_per_cent():
    assert owning(rules("people", {}), Record(ownership=1.0, people=60)) == pytest.approx(1.0075)
    assert owning(rules("people", {}), Record(ownership=0.5, people=20)) == pytest.approx(1.0075)


@law(share, st.integers(0, 1000))
def test_nothing_comes_of_nothing(owned, size):
    assert owning(rules("people", {}), Record(ownership=0.0, people=size)) == 1.0
    assert owning(silent("people", "ownership"), Record(ownership=owned, people=size)) == 1.0
