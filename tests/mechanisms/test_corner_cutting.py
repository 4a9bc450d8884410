"""Corners and the standard of work: a geometric way down under pressure, a much longer one up without."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import corner_cutting

CUT, DEFECTS, EROSION = "people.corner_cutting", "people.corner_defects", "people.erosion"
DOWN, UP = "people.standard_down_weeks", "people.standard_up_weeks"
set_standard, haste_of = plain(corner_cutting.set_standard), plain(corner_cutting.haste_of)


def after(people, standard, pressure, weeks):
    effort = None
    for _ in range(weeks):
        effort, standard = set_standard(people, standard, pressure)
    return effort, standard


@law(st.floats(0.01, 0.5), share, st.floats(1, 500), st.floats(0.01, 3), st.integers(1, 30))
def test_under_steady_pressure_the_standard_sinks_by_the_same_part_every_week(
    cut, erosion, down, pressure, weeks
):
    people = rules("people", {CUT: cut, EROSION: erosion, DOWN: down})
    effort, standard = after(people, 1.0, pressure, weeks)
    corner = cut * (pressure if pressure < 1 else 1)
    assert standard == pytest.approx((1 - erosion * corner / down) ** weeks)
    assert effort == pytest.approx(standard * (1 - corner))


@law(share, legal(UP), st.floats(0.2, 1), st.integers(1, 30))
def test_without_pressure_what_is_missing_comes_back_at_its_own_rate(erosion, up, standard, weeks):
    people = rules("people", {EROSION: erosion, UP: up})
    effort, found = after(people, standard, 0.0, weeks)
    assert 1 - found == pytest.approx((1 - standard) * (1 - erosion / up) ** weeks)
    assert effort == found


@law(share, st.floats(0, 3))
def test_the_standard_holds_where_nothing_erodes_and_nobody_cuts_where_it_is_off(standard, pressure):
    assert set_standard(silent("people", "standard_erosion"), standard, pressure)[1] == standard
    assert set_standard(silent("people", "corner_cutting"), 1.0, pressure) == (1.0, 1.0)


@law(legal(DEFECTS), st.floats(0.3, 1))
def test_defects_grow_by_a_power_of_the_time_saved(power, effort):
    people = rules("people", {DEFECTS: power})
    assert haste_of(people, effort) == pytest.approx((1 / effort) ** power)
    assert haste_of(people, 1.0) == haste_of(people, 1.2) == 1.0


def test_half_of_the_time_makes_defects_twice_as_likely_to_the_power():
    assert haste_of(rules("people", {DEFECTS: 3.0}), 0.5) == 8.0
