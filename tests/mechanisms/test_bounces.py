"""Bounces: the chance b·(1−I)·local targets at distance 1, the hours of a detour, what a repair restores."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import bounces

BOUNCE, TRIAGE = "frictions.handoff.bounce", "frictions.handoff.triage"
REPAIR, WORK = "frictions.handoff.repair", "frictions.handoff.repair_work"
bounce_chance, repaired = plain(bounces.bounce_chance), plain(bounces.repaired)
triage_hours, repair_hours = plain(bounces.triage_hours), plain(bounces.repair_hours)
hours = st.floats(0, 100)


@law(share, share, share)
def test_what_is_missing_is_returned_by_whoever_is_held_to_local_targets(most, missing, local):
    operations = rules("operations", {BOUNCE: most})
    chance = bounce_chance(Record(information=1 - missing), Record(local_targets=local), operations)
    assert chance == pytest.approx(most * missing * local)


@law(share)
def test_a_complete_case_is_never_returned_nor_any_where_targets_are_shared(information):
    operations = rules("operations", {BOUNCE: 1.0})
    assert bounce_chance(Record(information=1.0), Record(local_targets=1.0), operations) == 0.0
    assert bounce_chance(Record(information=information), Record(local_targets=0.0), operations) == 0.0
    off = silent("operations", "bounces")
    assert bounce_chance(Record(information=information), Record(local_targets=1.0), off) == 0.0


@law(legal(TRIAGE), legal(WORK), hours, share)
def test_triage_and_repair_take_their_shares_of_the_activity(triage, work, activity, left):
    operations = rules("operations", {TRIAGE: triage, WORK: work})
    step, case = Record(hours=activity), Record(left=left)
    assert triage_hours(operations, step, case) == pytest.approx(triage * activity * left)
    assert repair_hours(operations, step, case) == pytest.approx(work * activity * left)


@law(share, share, st.integers(1, 5))
def test_every_repair_leaves_the_same_part_of_what_is_missing(part, information, times):
    operations, after = rules("operations", {REPAIR: part}), information
    for _ in range(times):
        after = repaired(operations, after)
    assert 1 - after == pytest.approx((1 - information) * (1 - part) ** times)
