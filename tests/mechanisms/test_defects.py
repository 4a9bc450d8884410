"""Defects: as many as all that makes them, over speed, and as the hours of work: a constant hazard."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import defects
from orgsim.scenario import load
from orgsim.scenario.volume import weekly_cases

RATE, MISSING = "frictions.quality.defect_rate", "frictions.quality.missing_information"
HAZARD, REWORK = "frictions.quality.hazard_hours", "frictions.quality.rework_share"
FACTORS = ("rate", "step", "complexity", "portion", "pressed", "haste", "care")
defects_expected = plain(defects.defects_expected)
defect_chance = plain(defects.defect_chance)
part_to_mend = plain(defects.part_to_mend)


def expected(
    operations, step=1.0, complexity=1.0, portion=1.0, information=1.0, pressed=1.0, haste=1.0, care=1.0,
    speed=1.0, hours=1.0,
):  # fmt: skip
    case = Record(complexity=complexity, portion=portion, information=information)
    activity = Record(defect_factor=step, hours=hours)
    return defects_expected(operations, activity, case, pressed, haste, care, speed)


@law(
    st.fixed_dictionaries(dict.fromkeys(FACTORS, st.floats(0, 3))),
    st.floats(0.1, 3),
    st.floats(0.1, 50),
    st.floats(0.5, 5),
)
def test_defects_are_in_proportion_to_all_that_makes_them_and_to_hours(factors, speed, hours, h):
    causes = {name: value for name, value in factors.items() if name != "rate"}
    by_hour = rules("operations", {RATE: factors["rate"], HAZARD: h})
    found = expected(by_hour, **causes, speed=speed, hours=hours)
    assert found == pytest.approx(math.prod(factors.values()) / speed * hours / h)
    assert defect_chance(by_hour, found) == pytest.approx(1 - math.exp(-found))


@law(st.floats(0, 3), st.floats(0.1, 50))
def test_by_activity_hours_do_not_count(rate, hours):
    by_activity = rules("operations", {RATE: rate, HAZARD: 0.0})
    assert expected(by_activity, hours=hours) == rate
    assert defect_chance(by_activity, rate) == rate
    assert part_to_mend(by_activity, Record(hours=hours), rate) == by_activity.rework_share


@law(legal(MISSING), share)
def test_missing_information_adds_its_weight(weight, missing):
    operations = rules("operations", {RATE: 0.01, MISSING: weight, HAZARD: 1.0})
    assert expected(operations, information=1 - missing) == pytest.approx(0.01 + 0.01 * weight * missing)
    assert expected(operations) == 0.01


@law(share, st.floats(1, 5), st.floats(5, 50), st.floats(0.001, 2))
def test_rework_grows_with_hours_and_not_with_their_square(part, h, hours, found):
    """What is mended is a share of h hours for each defect, unless that is more than there is."""
    operations = rules("operations", {REWORK: part, HAZARD: h})
    mended = part_to_mend(operations, Record(hours=hours), found) * hours
    again = part * h * found / (1 - math.exp(-found))
    assert mended == pytest.approx(min(hours, again))


def test_switched_off_nobody_makes_any():
    assert expected(silent("operations", "defects"), information=0.0, pressed=3.0, haste=3.0) == 0.0


def test_the_default_company_in_calm_makes_as_many_either_way():
    """What `hazard_hours` was set by: defects a week, by the hour and by the activity."""
    company = load("default")
    by_hour, by_activity = (
        math.fsum(
            cases.sum() * defect_chance(way, expected(way, step=activity.defects, hours=activity.hours))
            for kind, cases in zip(company.case_types.values(), weekly_cases(company), strict=True)
            for activity in kind.route
        )
        for way in (rules("operations", {}), silent("operations", "defect_hazards"))
    )
    assert by_hour == pytest.approx(by_activity, rel=0.01)
