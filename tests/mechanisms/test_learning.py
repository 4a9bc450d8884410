"""The learning curve: a doubling takes PR of the time until mastery; a month without work keeps its share."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import learning

RATIO, MASTERY, KEPT = "people.progress_ratio", "people.mastery_hours", "people.monthly_retention"
skill_of, experience_for = plain(learning.skill_of), plain(learning.experience_for)
experienced = plain(learning.experienced)
#: learning that a double's digits can tell from none
ratios = st.floats(0.5, 0.99)


@law(ratios, legal(MASTERY), st.integers(0, 10), share)
def test_every_doubling_of_experience_takes_the_ratio_of_the_time(ratio, mastery, doublings, base):
    people = rules("people", {RATIO: ratio, MASTERY: mastery})
    assert skill_of(people, base, mastery / 2**doublings) == pytest.approx(ratio**doublings)


@law(ratios, legal(MASTERY), st.floats(1, 3), share)
def test_nobody_is_better_than_a_master(ratio, mastery, times, base):
    people = rules("people", {RATIO: ratio, MASTERY: mastery})
    assert skill_of(people, base, mastery * times) == 1.0
    assert skill_of(people, base, mastery * 1.01) == 1.0


@law(ratios, legal(MASTERY), st.floats(0.3, 1))
def test_experience_for_a_skill_is_what_gives_it(ratio, mastery, skill):
    people = rules("people", {RATIO: ratio, MASTERY: mastery})
    experience = experience_for(people, skill)
    assert 0 < experience <= mastery
    assert skill_of(people, 0.1, experience) == pytest.approx(skill)


@law(share, st.floats(0, 20_000))
def test_switched_off_skill_stays_what_it_was(base, experience):
    people = silent("people", "learning")
    assert skill_of(people, base, experience) == base
    assert experience_for(people, base) == 0.0


def test_whoever_cannot_do_something_has_no_experience_of_it():
    assert experience_for(rules("people", {RATIO: 0.8}), 0.0) == 0.0


@law(legal(KEPT), st.floats(0, 20_000))
def test_three_months_without_work_keep_the_monthly_share_three_times(kept, experience):
    people, after = rules("people", {KEPT: kept}), experience
    for _ in range(13):
        after = experienced(people, after, 0.0)
    assert after == pytest.approx(experience * kept**3)


@law(st.floats(0, 20_000), st.floats(0, 40))
def test_the_hours_of_the_week_are_added_whole(experience, hours):
    people = rules("people", {})
    gained = experienced(people, experience, hours) - experienced(people, experience, 0.0)
    assert gained == pytest.approx(hours, abs=1e-9)
    assert experienced(silent("people", "forgetting"), experience, hours) == experience + hours
