"""Team familiarity: what is strange halves with every half-life, and costs speed as long as it is."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import team_familiarity

LOSS, HALF_LIFE = "people.unfamiliarity", "people.familiarity_half_life"
week = plain(team_familiarity.MECHANISM.week)
among_strangers = plain(team_familiarity.among_strangers)


@law(legal(LOSS), st.integers(1, 60), st.integers(0, 3))
def test_half_of_the_loss_is_made_good_with_every_half_life(loss, weeks, times):
    people, person = rules("people", {LOSS: loss, HALF_LIFE: weeks}), Record(strange=1.0)
    for _ in range(times * weeks):
        week(people, None, None, None, person)
    assert 1 - among_strangers(people, person) == pytest.approx(loss / 2**times)


@law(legal(LOSS), share)
def test_speed_is_lost_in_proportion_to_what_is_strange(loss, strange):
    people = rules("people", {LOSS: loss})
    assert 1 - among_strangers(people, Record(strange=strange)) == pytest.approx(loss * strange)
    assert among_strangers(silent("people", "team_familiarity"), Record(strange=strange)) == 1.0
