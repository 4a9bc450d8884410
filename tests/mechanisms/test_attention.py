"""Attention: a reward takes a·reward·knowledge of the defects away: none where nobody sees the customer."""

import pytest

from mechanisms.equations import Record, law, plain, rules, share, silent
from orgsim.mechanisms import attention

care_from_attention = plain(attention.care_from_attention)


@law(share, share, share)
def test_a_reward_avoids_defects_where_people_see_the_customer(most, reward, knowledge):
    people, treatment = rules("people", {"people.attention": most}), Record(satisfaction_reward=reward)
    left = care_from_attention(people, treatment, knowledge)
    assert 1 - left == pytest.approx(most * reward * knowledge)
    assert care_from_attention(people, treatment, 0.0) == 1.0
    assert care_from_attention(people, Record(satisfaction_reward=0.0), knowledge) == 1.0


def test_switched_off_a_reward_draws_no_attention():
    assert care_from_attention(silent("people", "attention"), Record(satisfaction_reward=1.0), 1.0) == 1.0
