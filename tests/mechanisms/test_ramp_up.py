"""Ramp-up: half of a newcomer's gap is closed with every half-life."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import ramp_up

SPEED, WEEKS = "people.newcomer_speed", "people.ramp_up_weeks"
week, new_at_it = plain(ramp_up.MECHANISM.week), plain(ramp_up.new_at_it)


@law(legal(SPEED), st.integers(1, 60), st.integers(0, 3))
def test_half_of_the_gap_is_closed_with_every_half_life(speed, weeks, times):
    people, person = rules("people", {SPEED: speed, WEEKS: weeks}), Record(newness=1.0)
    for _ in range(times * weeks):
        week(people, None, None, None, person)
    assert 1 - new_at_it(people, person) == pytest.approx((1 - speed) / 2**times)


@law(legal(SPEED), share)
def test_speed_lies_between_that_of_the_first_day_and_everybodys(speed, newness):
    people = rules("people", {SPEED: speed})
    found = new_at_it(people, Record(newness=newness))
    assert found == pytest.approx(newness * speed + (1 - newness))
    assert new_at_it(people, Record(newness=0.0)) == 1.0
    assert new_at_it(silent("people", "ramp_up"), Record(newness=newness)) == 1.0
