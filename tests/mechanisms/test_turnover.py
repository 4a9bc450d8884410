"""Turnover: q0·factor·exp(tired − content − varied); q0 loses in a year what the scenario says."""

import math
from statistics import NormalDist, fmean

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, silent
from orgsim.mechanisms import turnover
from orgsim.mechanisms.catalogue import NEUTRAL

YEAR = "people.turnover"
quit_hazard = plain(turnover.quit_hazard)
logs = st.floats(-3, 3)


@law(legal(YEAR))
def test_in_calm_a_year_loses_what_the_scenario_says(lost):
    alike = NEUTRAL["morale_set_points"]
    hazard = quit_hazard(rules("people", {YEAR: lost} | alike), Record(turnover=1.0), 0.0, 0.0, 0.0)
    assert math.exp(-hazard) ** 52 == pytest.approx(1 - lost)


@law(legal(YEAR), st.floats(0, 6), st.floats(0.02, 0.2))
def test_where_people_differ_in_morale_the_mean_hazard_is_the_same(lost, stay, spread):
    """By quantiles of the normal, in the mean over people."""
    people = rules("people", {YEAR: lost, "people.morale_stay": stay, "people.morale_spread": spread})
    quantiles = NormalDist(0.7, spread).quantiles(2000)
    morale = [min(1.0, max(0.0, each)) for each in quantiles]
    hazards = [quit_hazard(people, Record(turnover=1.0), 0.0, stay * (m - 0.7), 0.0) for m in morale]
    assert 52 * fmean(hazards) == pytest.approx(-math.log(1 - lost), rel=0.01)


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
