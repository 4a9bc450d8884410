"""Turnover: q0·factor·exp(tired − content − varied); q0 loses in a year what the scenario says."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, silent
from orgsim.mechanisms import turnover

YEAR = "people.turnover"
quit_hazard = plain(turnover.quit_hazard)
logs = st.floats(-3, 3)


@law(legal(YEAR))
def test_in_calm_a_year_loses_what_the_scenario_says(lost):
    hazard = quit_hazard(rules("people", {YEAR: lost}), Record(turnover=1.0), 0.0, 0.0, 0.0)
    assert math.exp(-hazard) ** 52 == pytest.approx(1 - lost)


@law(st.floats(0, 5), logs, logs, logs)
def test_strain_multiplies_the_hazard_and_what_keeps_people_divides_it(factor, tired, content, varied):
    people = rules("people", {YEAR: 0.1})
    calm = quit_hazard(people, Record(turnover=1.0), 0.0, 0.0, 0.0)
    found = quit_hazard(people, Record(turnover=factor), tired, content, varied)
    keeps = math.exp(content) * math.exp(varied)
    assert found == pytest.approx(calm * factor * math.exp(tired) / keeps)


@law(logs, logs, logs)
def test_switched_off_nobody_quits_whatever_happens(tired, content, varied):
    assert quit_hazard(silent("people", "turnover"), Record(turnover=5.0), tired, content, varied) == 0.0
