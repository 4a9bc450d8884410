"""Exceptions in proportion to what makes them, rework by level, and what managers' skills do to both."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, scenario, share
from orgsim.mechanisms import arbitration

RATE = "frictions.arbitration.exception_rate"
REWORK, PER_LEVEL = "frictions.arbitration.rework", "frictions.arbitration.rework_per_level"
HOURS = "frictions.arbitration.decision_hours"
LESS, LONGER = "effects.people_skills_rework", "effects.people_skills_hours"
FACTORS = ("rate", "step", "novelty", "complexity", "portion")
exception_chance = plain(arbitration.exception_chance)
rework_chance = plain(arbitration.rework_chance)
practised = arbitration.MECHANISM.practised


def chance(rate=0.05, step=1.0, novelty=1.0, complexity=1.0, portion=1.0):
    operations = rules("operations", {RATE: rate})
    operations.novelty = novelty
    case = Record(complexity=complexity, portion=portion)
    return exception_chance(operations, Record(exception_factor=step), case)


def test_an_activity_of_complexity_one_in_calm_has_the_rate():
    assert chance(0.08) == 0.08


@law(st.fixed_dictionaries(dict.fromkeys(FACTORS, st.floats(0, 3))))
def test_exceptions_are_in_proportion_to_all_that_makes_them(factors):
    assert chance(**factors) == pytest.approx(math.prod(factors.values()))


@law(share, share, st.integers(0, 12))
def test_every_level_above_orders_more_rework(rework, more, levels):
    operations = rules("operations", {REWORK: rework, PER_LEVEL: more})
    found = rework_chance(operations, levels)
    assert found == pytest.approx(1.0 if rework + levels * more >= 1 else math.fsum([rework, levels * more]))
    assert 0 <= found <= rework_chance(operations, levels + 1) <= 1


def test_the_chance_of_a_correction_is_that_of_the_scenario():
    assert rules("operations", {"frictions.arbitration.correct": 0.35}).outcome_correct == 0.35


def managed(name, people_skills, fields):
    """A rule of operations under managers of so many people skills (0.3 where nobody sets it)."""
    return practised[name](scenario(fields), {"people_skills": people_skills}.__getitem__)


@law(share, share, share, share)
def test_people_skills_avoid_rework_on_every_level(rework, more, avoided, skills):
    fields = {REWORK: rework, PER_LEVEL: more, LESS: avoided}
    left = 1 - avoided * (skills - 0.3)
    assert managed("outcome_rework", skills, fields) == pytest.approx(rework * left)
    assert managed("outcome_rework_per_level", skills, fields) == pytest.approx(more * left)


@law(st.floats(0.01, 100), legal(LONGER), share)
def test_without_technical_skill_decisions_take_longer(hours, longer, skills):
    found = managed("decision_hours", skills, {HOURS: hours, LONGER: longer})
    assert found == pytest.approx(hours + hours * longer * (skills - 0.3))


def test_usual_managers_leave_rework_and_decisions_as_they_are():
    fields = {REWORK: 0.2, HOURS: 0.5, LESS: 0.8, LONGER: 2.0}
    assert managed("outcome_rework", 0.3, fields) == 0.2
    assert managed("decision_hours", 0.3, fields) == 0.5


@pytest.mark.parametrize("practice", ["centralisation", "transversality", "autonomy"])
def test_who_decides_follows_the_practice_of_the_company(practice):
    assert practised[practice](scenario({}), {practice: 0.35}.__getitem__) == 0.35
