"""Success of an experiment: s·exp(d·(k − k₀)), at most sure."""

import math

import pytest

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import designers_knowledge

SUCCESS, WEIGHT, START = "offer.success", "offer.knowledge", "people.knowledge_at_start"
chance_of_success = plain(designers_knowledge.chance_of_success)


@law(share, legal(WEIGHT), share, share)
def test_success_grows_exponentially_with_what_designers_know(success, weight, start, knowledge):
    offer = rules("offer", {SUCCESS: success, WEIGHT: weight, START: start})
    free = success * math.exp(weight * knowledge) / math.exp(weight * start)
    chance = chance_of_success(offer, knowledge)
    assert chance == pytest.approx(free if free < 1 else 1.0)
    assert chance <= chance_of_success(offer, knowledge + 0.1) <= 1.0


@law(share, share, share)
def test_the_knowledge_of_the_start_is_neutral_and_any_where_it_is_off(success, start, knowledge):
    assert chance_of_success(rules("offer", {SUCCESS: success, START: start}), start) == success
    off = silent("offer", "designers_knowledge")
    assert chance_of_success(off, knowledge) == off.success
