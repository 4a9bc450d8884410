"""Early hand-over: h·local targets·pressure·distance; a week of pressure and distance 1 count at most."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import early_handoff

CHANCE, LEFT_OUT = "frictions.handoff.early_handoff", "frictions.handoff.early_share"
early_handoff_chance = plain(early_handoff.early_handoff_chance)
left_after_early_handoff = plain(early_handoff.left_after_early_handoff)


@law(share, share, share, st.floats(1, 50))
def test_it_takes_local_targets_and_pressure(most, local, pressure, much):
    operations = rules("operations", {CHANCE: most})
    chance = early_handoff_chance(operations, Record(local_targets=local, pressure=pressure), 1.0)
    assert chance == pytest.approx(most * local * pressure)
    assert early_handoff_chance(operations, Record(local_targets=local, pressure=much), 1.0) == most * local


@law(share, share, st.floats(1, 10))
def test_it_is_done_to_people_far_away(local, distance, farther):
    operations, pool = rules("operations", {CHANCE: 0.5}), Record(local_targets=local, pressure=0.8)
    assert early_handoff_chance(operations, pool, distance) == pytest.approx(0.4 * local * distance)
    assert early_handoff_chance(operations, pool, farther) == pytest.approx(0.4 * local)
    assert early_handoff_chance(operations, pool, 0.0) == 0.0


def test_by_default_one_of_five_at_the_worst():
    pool = Record(local_targets=1.0, pressure=1.0)
    assert early_handoff_chance(rules("operations", {}), pool, 1.0) == 0.2


@law(legal(LEFT_OUT))
def test_what_is_left_out_is_not_done(left_out):
    done = left_after_early_handoff(rules("operations", {LEFT_OUT: left_out}))
    assert done + left_out == pytest.approx(1)


def test_switched_off_nobody_does_it():
    pool = Record(local_targets=1.0, pressure=2.0)
    assert early_handoff_chance(silent("operations", "early_handoff"), pool, 1.0) == 0.0
