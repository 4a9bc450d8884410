"""Temporary staff: the people, in time, who work off what is above the threshold, up to a cap."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, plain, rules, silent
from orgsim.mechanisms import temporary_staff

CAP, FROM = "people.temps_cap", "people.temps_from"
due, called = plain(temporary_staff.temporary_due), plain(temporary_staff.temporary_called)


@pytest.mark.parametrize(("cap", "threshold"), [(15, 40), (100, 0), (30, 10)])
def test_whole_people_come_as_the_parts_add_up(cap, threshold):
    """In exact fractions, over ten weeks alike: the rounding of floats brings nobody early or late."""
    people = rules("people", {CAP: cap / 100, FROM: threshold / 100})
    for weeks, size in itertools.product(range(120), range(60)):
        share = Fraction(min(max(weeks - threshold, 0), cap), 100)
        left_over, came = 0.0, 0
        for week in range(1, 11):
            persons = due(people, weeks / 100, size, left_over)
            came += called(persons)
            left_over = max(0.0, persons - called(persons))
            assert came == share * size * week // 1


@law(st.floats(0, 3), st.integers(0, 200))
def test_switched_off_nobody_is_called(weeks, size):
    assert due(silent("people", "temporary_staff"), weeks, size, 0.0) == 0


@pytest.mark.parametrize(("weeks", "persons"), [(0.4, 0), (0.41, 0.4), (0.5, 4), (0.55, 6), (9.0, 6)])
def test_forty_people_are_helped_by_six_at_the_most(weeks, persons):
    people = rules("people", {CAP: 0.15, FROM: 0.4})
    assert due(people, weeks, 40, 0.0) == pytest.approx(persons)
    assert due(people, weeks, 40, 0.5) == pytest.approx(persons + 0.5)
