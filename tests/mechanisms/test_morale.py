"""Morale: a level from each of its causes, approached by the week; care, loyalty and the staff's score."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.engine.people.state import TOTALS
from orgsim.engine.people.week import add_up
from orgsim.mechanisms import morale

START, WEEKS = "people.morale_at_start", "people.morale_weeks"
WORKLOAD, BOUNCES, AUTONOMY, RECOGNITION, MANAGEMENT = (
    f"people.morale_{cause}" for cause in ("workload", "bounces", "autonomy", "recognition", "management")
)
QUALITY, STAY = "people.morale_quality", "people.morale_stay"
PROMOTER, DETRACTOR = "people.staff_promoter_from", "people.staff_detractor_below"
#: practices where nobody sets them
USUAL = {"autonomy": 0.0, "recognition": 0.5, "people_skills": 0.3}
feel = plain(morale.feel)
care_from_morale, stays_for_morale = plain(morale.care_from_morale), plain(morale.stays_for_morale)
added = plain(add_up)


def level(fields, before=0.6, fatigue=0.0, returned=0, scripted=0.0, weeks=1.0, own=None, **practised):
    """Morale after a week; that to which its causes lead, unless it takes more weeks."""
    people = rules("people", {WEEKS: weeks} | fields)
    point = people.morale_at_start if own is None else own
    person = Record(morale=before, fatigue=fatigue, morale_set_point=point)
    return feel(people, Record(**USUAL | practised), person, returned, scripted)


@law(legal(WEEKS), share, share)
def test_in_calm_morale_returns_to_that_of_the_start(weeks, start, before):
    after = level({START: start}, before, weeks=weeks)
    assert start - after == pytest.approx((start - before) * (1 - 1 / weeks), abs=1e-12)


@law(share, share, share, share)
def test_everybody_returns_to_a_morale_of_their_own(start, own, before, fatigue):
    assert level({START: start}, before, own=own) == pytest.approx(own)
    strained = level({START: start, WORKLOAD: 1.0}, before, fatigue, own=own)
    assert strained == pytest.approx(max(0, own - fatigue), abs=1e-12)


@law(share, share, share, st.integers(0, 10))
def test_strain_and_returned_work_cost_it(workload, fatigue, bounces, returned):
    found = level({START: 0.8, WORKLOAD: workload, BOUNCES: bounces}, fatigue=fatigue, returned=returned)
    assert found == pytest.approx(np.clip(0.8 - fatigue * workload - returned * bounces, 0, 1))


@law(share, share, st.floats(-1, 1))
def test_autonomy_raises_it_less_what_is_scripted(weight, autonomy, scripted):
    found = level({START: 0.5, AUTONOMY: weight}, autonomy=autonomy, scripted=scripted)
    assert found == pytest.approx(np.clip(0.5 + weight * autonomy - weight * scripted, 0, 1))


@law(share, share, share, share)
def test_recognition_and_management_count_against_what_is_usual(recognised, managed, recognition, skills):
    fields = {START: 0.5, RECOGNITION: recognised, MANAGEMENT: managed}
    found = level(fields, recognition=recognition, people_skills=skills)
    gained = recognised * recognition + managed * skills
    assert found == pytest.approx(np.clip(0.5 + gained - recognised * 0.5 - managed * 0.3, 0, 1))


@pytest.mark.parametrize("practice", USUAL)
def test_what_is_usual_moves_nothing_however_much_it_is(practice):
    people = rules("people", {START: 0.5, WEEKS: 1.0})
    setattr(people, f"reference_{practice}", 0.4)
    person = Record(morale=0.5, fatigue=0.0, morale_set_point=0.5)
    found = feel(people, Record(**USUAL | {practice: 0.4}), person, 0, 0.0)
    assert found == 0.5


def test_no_cause_moves_it_beyond_its_ends():
    assert level({START: 1.0, RECOGNITION: 1.0}, recognition=1.0) == 1.0
    assert level({START: 0.2, WORKLOAD: 1.0}, fatigue=1.0) == 0.0


@law(legal(QUALITY), legal(STAY), share, share)
def test_care_and_staying_follow_the_distance_from_the_start(quality, stay, start, above):
    people = rules("people", {QUALITY: quality, STAY: stay, START: start})
    person = Record(morale=start + above)
    assert care_from_morale(people, person) == pytest.approx(quality * above)
    assert stays_for_morale(people, person) == pytest.approx(stay * above)
    same = Record(morale=start)
    assert care_from_morale(people, same) == stays_for_morale(people, same) == 0.0
    off = silent("people", "morale")
    assert care_from_morale(off, person) == stays_for_morale(off, person) == 0.0


@law(st.lists(share, max_size=12), share, share)
def test_the_score_counts_whoever_is_at_its_thresholds_or_beyond(feelings, recommends, warns):
    feelings = [*feelings, recommends, warns]
    totals = Record(**dict.fromkeys(TOTALS.names, 0.0))
    staff = Record(
        totals=[totals],
        rules=[rules("people", {PROMOTER: recommends, DETRACTOR: warns})],
        treatment=[Record(satisfaction_reward=0.0)],
        persons=[Record(morale=each, fatigue=0.0) for each in feelings],
    )
    core = Record(members=[Record(function=0, knowledge=0.3) for _ in feelings])
    for row in range(len(feelings)):
        added(core, staff, row)
    assert totals.people == len(feelings)
    assert totals.staff_promoters == np.sum(np.array(feelings) >= recommends)
    assert totals.staff_detractors == np.sum(np.array(feelings) < warns)
