"""Gaming: what is rewarded and not seen, and the time spent on it."""

import pytest

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import gaming

TIME = "people.gaming_time"
rewarded_unseen, time_on_the_score = plain(gaming.rewarded_unseen), plain(gaming.time_on_the_score)


@law(share, share)
def test_what_is_seen_and_what_is_not_make_the_whole_reward(reward, knowledge):
    unseen = rewarded_unseen(Record(satisfaction_reward=reward), knowledge)
    assert unseen + reward * knowledge == pytest.approx(reward)
    assert rewarded_unseen(Record(satisfaction_reward=reward), 1.0) == 0.0


@law(legal(TIME), share, share)
def test_time_goes_into_the_score_as_far_as_it_is_rewarded_unseen(most, reward, knowledge):
    people, treatment = rules("people", {TIME: most}), Record(satisfaction_reward=reward)
    assert time_on_the_score(people, treatment, 1 - knowledge) == pytest.approx(most * reward * knowledge)
    assert time_on_the_score(silent("people", "gaming"), treatment, knowledge) == 0.0
