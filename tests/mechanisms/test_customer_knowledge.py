"""Customer knowledge: each of its sources by itself, forgetting by a half-life, its limits; newcomers."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import customer_knowledge

CONTACT, SHARING = "people.knowledge_contact", "people.knowledge_sharing"
FEEDBACK, PERSONAS = "people.knowledge_feedback", "people.knowledge_personas"
LIMIT, HALF_LIFE = "people.personas_limit", "people.knowledge_half_life"
START, NEWCOMER = "people.knowledge_at_start", "people.newcomer_knowledge"
BROUGHT, QUALITY = "effects.service_minded_knowledge", "people.knowledge_quality"
#: nothing is gained, shared or, within any time that matters, forgotten
STILL = {CONTACT: 0.0, SHARING: 0.0, FEEDBACK: 0.0, PERSONAS: 0.0, HALF_LIFE: float("inf")}
NOTHING = {"exposure": 0.0, "feedback": 0.0, "personas": 0.0}
know, hearsay = plain(customer_knowledge.know), plain(customer_knowledge.hearsay)
newcomers_knowledge = plain(customer_knowledge.newcomers_knowledge)
care_from_knowledge = plain(customer_knowledge.care_from_knowledge)


def week(knowledge, fields, told=0.0, contact=0.0, **practised):
    """Knowledge after a week with nothing but what is said."""
    people, treatment = rules("people", STILL | fields), Record(**NOTHING | practised)
    return know(people, treatment, knowledge, told, contact)


@law(share, st.floats(0, 0.01), st.floats(0, 40), st.floats(0, 40))
def test_an_hour_with_customers_teaches_whether_at_work_or_by_exposure(knowledge, rate, contact, exposure):
    after = week(knowledge, {CONTACT: rate}, contact=contact, exposure=exposure)
    assert after == pytest.approx(knowledge + (contact + exposure) * rate * (1 - knowledge))


@law(share, share, share)
def test_messages_teach_a_part_of_what_is_missing(knowledge, rate, feedback):
    after = week(knowledge, {FEEDBACK: rate}, feedback=feedback)
    assert 1 - after == pytest.approx((1 - knowledge) * (1 - rate * feedback))


@law(share, share, share, share)
def test_personas_teach_up_to_their_limit(knowledge, rate, practised, limit):
    after = week(knowledge, {PERSONAS: rate, LIMIT: limit}, personas=practised)
    gained = rate * practised * (limit - knowledge) if knowledge < limit else 0.0
    assert after == pytest.approx(knowledge + gained)
    assert after <= max(knowledge, limit) + 1e-12


@law(share, share, share)
def test_knowledge_moves_to_that_of_a_group_side_by_side(knowledge, of_group, rate):
    told = hearsay(knowledge, of_group, 0.0, 0.7, 0.0, 0.0)
    after = week(knowledge, {SHARING: rate}, told=told)
    assert after == pytest.approx((1 - rate) * knowledge + rate * of_group)


def test_the_rest_of_the_unit_tells_by_its_share_and_both_the_less_the_farther_off():
    """.9 · (.8 − .5) from the group, .4 · ¾ · (.2 − .5) from three quarters of the unit"""
    assert hearsay(0.5, 0.8, 0.1, 0.2, 0.6, 0.75) == pytest.approx(0.27 - 0.09)
    assert hearsay(0.5, 0.8, 0.1, 0.2, 1.4, 0.75) == pytest.approx(0.27), "so far off nobody tells anything"
    assert hearsay(0.5, 0.8, 1.2, 0.2, 1.4, 0.75) == 0.0


@law(share, st.integers(1, 60))
def test_half_is_forgotten_in_the_half_life(knowledge, half_life):
    after = knowledge
    for _ in range(half_life):
        after = week(after, {HALF_LIFE: half_life})
    assert after == pytest.approx(knowledge / 2)


def test_sources_add_up():
    """0.5 + 8 h · 0.01 · ½ + 0.1 · 0.4 · ½ + 0.2 · 0.5 · (0.9 − 0.5) − 0.3 · 0.2 − half of 0.5"""
    fields = {CONTACT: 0.01, FEEDBACK: 0.1, PERSONAS: 0.2, LIMIT: 0.9, SHARING: 0.3, HALF_LIFE: 1.0}
    practised = {"exposure": 3.0, "feedback": 0.4, "personas": 0.5}
    after = week(0.5, fields, told=-0.2, contact=5.0, **practised)
    assert after == pytest.approx(0.5 + 0.04 + 0.02 + 0.04 - 0.06 - 0.25)


def test_nobody_knows_more_than_all_or_less_than_nothing():
    assert week(0.5, {CONTACT: 1.0}, contact=40.0) == 1.0
    assert week(0.9, {SHARING: 1.0, HALF_LIFE: 1.0}, told=-0.9) == 0.0


@law(share, share, share)
def test_a_newcomer_knows_a_share_of_what_everybody_knew_at_the_start(start, part, brought):
    people = rules("people", {START: start, NEWCOMER: part, BROUGHT: brought})
    assert newcomers_knowledge(people, 0) == pytest.approx(start * part)
    chosen = newcomers_knowledge(people, 1)
    assert chosen == pytest.approx(start * part + brought if start * part + brought < 1 else 1.0)


@law(legal(QUALITY), share, share)
def test_care_grows_with_what_is_known_beyond_the_start(weight, start, more):
    people = rules("people", {QUALITY: weight, START: start})
    assert care_from_knowledge(people, start + more) == pytest.approx(weight * more)
    assert care_from_knowledge(people, start) == 0.0
    assert care_from_knowledge(silent("people", "customer_knowledge"), more) == 0.0
