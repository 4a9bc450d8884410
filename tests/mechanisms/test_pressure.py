"""Pressure: the weeks of a backlog up to a limit; defects grow with them."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, silent
from orgsim.mechanisms import pressure

MOST, WEIGHT = "frictions.quality.most_pressure", "frictions.quality.pressure"
pressed, pressure_of = plain(pressure.pressed), plain(pressure.pressure_of)


@law(legal(MOST), st.floats(0, 100))
def test_every_week_of_backlog_counts_up_to_the_most(most, weeks):
    found = pressure_of(rules("people", {MOST: most}), weeks)
    assert found == (weeks if weeks <= most else most)


@pytest.mark.parametrize(("most", "found"), [(0.0, 0.0), (2.0, 2.0), (3.5, 3.5), (50.0, 5.0)])
def test_the_same_backlog_presses_as_far_as_the_field_says(most, found):
    assert pressure_of(rules("people", {MOST: most}), 5.0) == found


@law(legal(WEIGHT), st.floats(0, 50))
def test_defects_grow_in_proportion_to_pressure(weight, weeks):
    operations = rules("operations", {WEIGHT: weight})
    assert pressed(operations, Record(pressure=weeks)) - 1 == pytest.approx(weight * weeks)
    assert pressed(operations, Record(pressure=0.0)) == 1.0
    assert pressed(silent("operations", "pressure"), Record(pressure=weeks)) == 1.0
