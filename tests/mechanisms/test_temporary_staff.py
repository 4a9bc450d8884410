"""Temporary staff: the least number of people that works off what is above the threshold, up to a cap."""

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, plain, rules, silent
from orgsim.mechanisms import temporary_staff

CAP, FROM = "people.temps_cap", "people.temps_from"
temporary_for = plain(temporary_staff.temporary_for)


@pytest.mark.parametrize(("cap", "threshold"), [(15, 40), (100, 0), (30, 10)])
def test_as_many_are_called_as_work_it_off_and_not_one_more(cap, threshold):
    """In exact fractions: what is whole in them calls nobody more for the rounding of floats."""
    people = rules("people", {CAP: cap / 100, FROM: threshold / 100})
    for weeks, size in itertools.product(range(120), range(60)):
        share = Fraction(min(max(weeks - threshold, 0), cap), 100)
        assert temporary_for(people, weeks / 100, size) == math.ceil(share * size)


@law(st.floats(0, 3), st.integers(0, 200))
def test_switched_off_nobody_is_called(weeks, size):
    assert temporary_for(silent("people", "temporary_staff"), weeks, size) == 0


@pytest.mark.parametrize(("weeks", "called"), [(0.4, 0), (0.41, 1), (0.5, 4), (0.55, 6), (9.0, 6)])
def test_forty_people_are_helped_by_six_at_the_most(weeks, called):
    assert temporary_for(rules("people", {CAP: 0.15, FROM: 0.4}), weeks, 40) == called
