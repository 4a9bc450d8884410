"""Variety: faster in proportion to it, and staying by its distance from what is usual."""

import pytest

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import variety

GAIN, STAY, USUAL = "people.variety", "people.variety_stay", "people.variety_usual"
varied, stays_for_variety = plain(variety.varied), plain(variety.stays_for_variety)


@law(legal(GAIN), legal(STAY), share, share)
def test_varied_work_makes_faster_and_keeps_people(gain, stay, usual, index):
    people, person = rules("people", {GAIN: gain, STAY: stay, USUAL: usual}), Record(variety=index)
    assert varied(people, person) - 1 == pytest.approx(gain * index)
    assert stays_for_variety(people, person) == pytest.approx(stay * index - stay * usual, abs=1e-12)
    off = silent("people", "variety")
    assert (varied(off, person), stays_for_variety(off, person)) == (1.0, 0.0)


@law(legal(STAY))
def test_two_kinds_of_case_in_equal_parts_are_neutral_for_staying(stay):
    assert stays_for_variety(rules("people", {STAY: stay}), Record(variety=1 - 2 * 0.5**2)) == 0.0
