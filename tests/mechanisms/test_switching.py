"""Switching: a fixed time, and for short work at most a share of it."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, silent
from orgsim.mechanisms import switching

HOURS, MOST = "people.switch_hours", "people.switch_most"
hours_to_switch = plain(switching.hours_to_switch)


@law(legal(HOURS), st.floats(0, 2), st.floats(1e-3, 100))
def test_a_change_takes_its_time_but_no_more_than_a_share_of_the_work(hours, most, length):
    lost = hours_to_switch(rules("operations", {HOURS: hours, MOST: most}), Record(hours=length))
    assert lost == pytest.approx(hours if hours < most * length else most * length)


@law(st.floats(1e-3, 100))
def test_switched_off_it_takes_none(length):
    assert hours_to_switch(silent("operations", "switching"), Record(hours=length)) == 0.0
