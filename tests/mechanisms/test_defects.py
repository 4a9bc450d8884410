"""Defects: the chance is in proportion to all that makes them, and to one over speed."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import defects

RATE, MISSING = "frictions.quality.defect_rate", "frictions.quality.missing_information"
FACTORS = ("rate", "step", "complexity", "portion", "pressed", "haste", "care")
defect_chance = plain(defects.defect_chance)


def chance(
    operations, step=1.0, complexity=1.0, portion=1.0, information=1.0, pressed=1.0, haste=1.0, care=1.0,
    speed=1.0,
):  # fmt: skip
    case = Record(complexity=complexity, portion=portion, information=information)
    return defect_chance(operations, Record(defect_factor=step), case, pressed, haste, care, speed)


@law(st.fixed_dictionaries(dict.fromkeys(FACTORS, st.floats(0, 3))), st.floats(0.1, 3))
def test_defects_are_in_proportion_to_all_that_makes_them(factors, speed):
    causes = {name: value for name, value in factors.items() if name != "rate"}
    found = chance(rules("operations", {RATE: factors["rate"]}), **causes, speed=speed)
    assert found == pytest.approx(math.prod(factors.values()) / speed)


@law(legal(MISSING), share)
def test_missing_information_adds_its_weight(weight, missing):
    operations = rules("operations", {RATE: 0.01, MISSING: weight})
    assert chance(operations, information=1 - missing) == pytest.approx(0.01 + 0.01 * weight * missing)
    assert chance(operations) == 0.01


def test_switched_off_nobody_makes_any():
    assert chance(silent("operations", "defects"), information=0.0, pressed=3.0, haste=3.0) == 0.0
