"""Fatigue: load is an exponential average; what is above the turning point tires, and costs speed."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import fatigue

FROM, WEEKS = "people.fatigue_from", "people.fatigue_weeks"
SPEED, QUITS = "people.fatigue_speed", "people.fatigue_quits"
loaded, tire = plain(fatigue.loaded), plain(fatigue.tire)
tired, leaves_for_fatigue = plain(fatigue.tired), plain(fatigue.leaves_for_fatigue)


@law(legal(WEEKS), share, st.floats(0, 1.5), st.integers(1, 20))
def test_the_distance_to_a_steady_load_shrinks_by_the_same_part_every_week(weeks, load, busy, times):
    people, after = rules("people", {WEEKS: weeks}), load
    for _ in range(times):
        after = loaded(people, after, busy)
    assert busy - after == pytest.approx((busy - load) * (1 - 1 / weeks) ** times, abs=1e-12)


@law(st.floats(0, 0.99), share)
def test_fatigue_is_the_part_of_the_way_from_the_turning_point_to_no_pause(turning, part):
    people = rules("people", {FROM: turning})
    assert tire(people, turning + part * (1 - turning)) == pytest.approx(part, abs=1e-9)
    assert tire(people, turning * part) == 0.0
    assert tire(people, 1.0 + part) == 1.0


@law(st.floats(0, 2))
def test_nobody_tires_where_no_load_is_too_much(load):
    assert tire(rules("people", {FROM: 1.0}), load) == 0.0


@law(legal(SPEED), legal(QUITS), share)
def test_fatigue_costs_speed_and_makes_leave_in_proportion(speed, quits, level):
    people, person = rules("people", {SPEED: speed, QUITS: quits}), Record(fatigue=level)
    assert 1 - tired(people, person) == pytest.approx(speed * level)
    assert leaves_for_fatigue(people, person) == pytest.approx(quits * level)


def test_switched_off_the_most_tired_work_and_stay_as_everybody():
    people, person = silent("people", "fatigue"), Record(fatigue=1.0)
    assert tired(people, person) == 1.0
    assert leaves_for_fatigue(people, person) == 0.0
