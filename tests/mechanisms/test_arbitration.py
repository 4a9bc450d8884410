"""Exceptions by the hour of work, rework by level, what managers' skills do to both; too old matters."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, scenario, share, silent
from orgsim.mechanisms import arbitration
from orgsim.scenario import load
from orgsim.scenario.volume import weekly_cases

RATE = "frictions.arbitration.exception_rate"
REWORK, PER_LEVEL = "frictions.arbitration.rework", "frictions.arbitration.rework_per_level"
HOURS = "frictions.arbitration.decision_hours"
LESS, LONGER = "effects.people_skills_rework", "effects.people_skills_hours"
FACTORS = ("rate", "step", "novelty", "complexity", "portion")
HAZARD, LIMIT = "frictions.arbitration.hazard_hours", "frictions.arbitration.matter_limit"
exception_chance = plain(arbitration.exception_chance)
exceptions_expected = plain(arbitration.exceptions_expected)
part_to_redo = plain(arbitration.part_to_redo)
rework_chance, is_too_old = plain(arbitration.rework_chance), plain(arbitration.is_too_old)
practised = arbitration.MECHANISM.practised


def situation(rate=0.05, step=1.0, novelty=1.0, complexity=1.0, portion=1.0, hours=1.0, h=0.0):
    """Rules, step and case of an activity."""
    operations = rules("operations", {RATE: rate, HAZARD: h})
    operations.novelty = novelty
    case = Record(complexity=complexity, portion=portion)
    return operations, Record(exception_factor=step, hours=hours), case


def chance(**what):
    return exception_chance(*situation(**what))


def test_by_activity_one_of_complexity_one_in_calm_has_the_rate():
    assert chance(rate=0.08, hours=17.0) == 0.08


@law(st.fixed_dictionaries(dict.fromkeys(FACTORS, st.floats(0, 3))))
def test_exceptions_are_in_proportion_to_all_that_makes_them(factors):
    assert chance(**factors) == pytest.approx(math.prod(factors.values()))
    assert exceptions_expected(*situation(**factors, hours=6.0, h=2.0)) == pytest.approx(
        3 * math.prod(factors.values())
    )


long = st.floats(1e-3, 200)


@law(long, long, st.floats(0.1, 10), st.floats(0.001, 0.3))
def test_cut_in_two_an_activity_raises_exceptions_as_often(one, other, h, rate):
    """A constant hazard: none in the whole is none in either part."""
    none = [1 - chance(rate=rate, hours=hours, h=h) for hours in (one, other, one + other)]
    assert none[2] == pytest.approx(none[0] * none[1])


@law(long, st.floats(0.1, 10), st.floats(0, 2))
def test_short_work_is_seldom_in_doubt_long_work_nearly_surely(hours, h, rate):
    found = chance(rate=rate, hours=hours, h=h)
    assert found == pytest.approx(-math.expm1(-rate * hours / h))
    assert chance(rate=rate, hours=2 * hours, h=h) >= found


@law(long, st.floats(0.1, 10), st.floats(0.001, 0.3), st.floats(0.01, 0.6))
def test_what_is_done_again_grows_with_the_hours_and_not_with_their_square(hours, h, rate, share):
    """Chance × part × hours is u · share · hours: that many for every hour of work, unless an activity is too
    short to hold what one exception has done again."""
    told = situation(rate=rate, hours=hours, h=h)
    part = part_to_redo(*told, share)
    assert 0 < part <= 1
    redone = exception_chance(*told) * part * hours
    assert redone <= rate * share * hours * (1 + 1e-9)
    if part < 1:
        assert redone == pytest.approx(rate * share * hours)


def test_without_exceptions_or_by_activity_the_part_is_the_share():
    assert part_to_redo(*situation(hours=30.0), 0.3) == 0.3
    assert part_to_redo(*situation(rate=0.0, hours=3.0, h=1.5), 0.3) == pytest.approx(0.15)


def test_the_default_company_in_calm_has_as_many_exceptions_either_way():
    """What `hazard_hours` was set by: exceptions a week, by the hour and by the activity."""
    company = load("default")
    by_hour, by_activity = (
        math.fsum(
            cases.sum() * chance(rate=company.frictions.arbitration.exception_rate,
                                 step=activity.exceptions, hours=activity.hours, h=h)
            for kind, cases in zip(company.case_types.values(), weekly_cases(company), strict=True)
            for activity in kind.route
        )
        for h in (company.frictions.arbitration.hazard_hours, 0.0)
    )  # fmt: skip
    assert by_hour == pytest.approx(by_activity, rel=0.01)


def test_ten_minute_calls_do_not_drown_in_exceptions():
    """The same rate by activity asks for a decision in one of twenty calls; by the hour, in one of 220."""
    assert chance(hours=1 / 6, h=1.83) == pytest.approx(1 / 220, rel=0.01)


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


@law(st.floats(0.1, 10_000), st.floats(0.01, 1000))
def test_a_matter_is_too_old_beyond_the_limit_and_not_at_it(limit, more):
    operations = rules("operations", {LIMIT: limit})
    assert not is_too_old(operations, limit)
    assert not is_too_old(operations, limit / 2)
    assert is_too_old(operations, limit + more)


def test_by_default_a_matter_waits_for_two_weeks():
    operations = rules("operations", {})
    assert not any(is_too_old(operations, age) for age in (0.0, 79.9, 80.0))
    assert is_too_old(operations, 80.1)


@law(st.floats(0, 1e6))
def test_without_a_limit_no_matter_is_too_old(age):
    assert not is_too_old(rules("operations", {LIMIT: 0.0}), age)
    assert not is_too_old(silent("operations", "matter_limit"), age)
