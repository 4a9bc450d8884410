"""The things of the model have French names; numbers follow the language."""

import tomllib
from pathlib import Path

import pytest

from orgsim.engine.accounts import COST_LINES
from orgsim.errors import OrgsimError
from orgsim.language.language import Language, line_name
from orgsim.language.numbers import digits_worth
from orgsim.language.words import FOLDER, catalogue, names
from orgsim.measures import MEASURES
from orgsim.mechanisms.catalogue import FAMILIES
from orgsim.report import html
from orgsim.scenario import load
from orgsim.scenario.reference import fields
from orgsim.simulation.result import LEAD_LINES
from orgsim.statistics.intervals import Estimate

ROOM = Path(html.__file__).parent


def test_names_of_the_model_have_french_versions():
    names = {measure.label for measure in MEASURES}
    names |= {line_name(line).capitalize() for line in (*COST_LINES, *LEAD_LINES)}
    names |= {family.capitalize() for family in FAMILIES}
    for scenario in ("default", "six-designs", "french-hospitality-2020"):
        settings = load(scenario)
        names |= {settings.title, *(design.label for design in settings.designs.values())}
    assert names - set(catalogue("fr")) == set(), "give them to language/texts/fr/report.toml"


def test_measures_have_french_meanings_and_units():
    """Pages show the meaning as help; scales alike in every language need no word."""
    told = {measure.meaning for measure in MEASURES} | {measure.unit for measure in MEASURES}
    missing = told - {"", "0–100", "−100–100"} - set(catalogue("fr"))
    assert missing == set(), "give them to language/texts/fr/report.toml, tables measures and units"


def test_fields_have_french_meanings_and_units():
    french = catalogue("fr")
    for facts in fields():
        assert facts.meaning in french, facts.path
        assert facts.unit == "" or facts.unit in french, facts.unit
    texts = tomllib.loads((FOLDER / "fr" / "fields.toml").read_text(encoding="utf-8"))
    assert set(texts["fields"]) <= {facts.meaning for facts in fields()}


def test_every_field_table_and_choice_has_a_french_name():
    paths = [[part for part in facts.path.replace("[]", "").split(".") if part != "*"] for facts in fields()]
    tables = {part for path in paths for part in path[1:-1]}
    french = names("fr")
    assert {path[-1] for path in paths} | tables == {name for name in french["fields"] if "." not in name}
    known = {".".join(path[-2:]) for path in paths}
    assert {name for name in french["fields"] if "." in name} <= known
    values = [facts.bounds.split(" | ") for facts in fields() if " | " in facts.bounds]
    assert {value for choices in values for value in choices} == set(french["choices"])
    say = Language("fr")
    assert say.field("market.baseline") == "satisfaction de base"
    assert say.field("crises.second.baseline") == "mois de référence"
    assert Language("en").field("frictions.handoff.transfer_hours") == "transfer hours"


def test_digits_follow_the_interval_as_far_as_they_show_something():
    assert [digits_worth(width, 1) for width in (3.0, 0.2, 0.04, 3e-4, 1e-9, 0.0)] == [1, 1, 2, 4, 1, 1]


def test_numbers():
    english, french = Language("en"), Language("fr")
    assert english.euros(1_234_567) == "€1.23\u202fM"
    assert french.euros(-1_234_567) == "−1,23\u202fM€"
    assert (english.short(0.123456), french.short(0.123456)) == ("0.1235", "0,1235")
    value = Estimate(0.0512, 0.031, 0.0714)
    amount, interval = french.difference("retention", value)
    assert amount == "+0,05\u202fpoints"
    assert interval == "intervalle à 95\u202f%\u00a0: de +0,03 à +0,07\u202fpoints"
    assert french.interval("retention", value) == "de +0,03 à +0,07\u202fpoints"
    assert english.interval("retention", value) == "+0.03 to +0.07\u202fpoints"
    assert english.listed(["a", "b", "c"]) == "a, b and c"
    assert french.listed(["a", "b"]) == "a et b"
    with pytest.raises(OrgsimError, match="choose en or fr"):
        Language("de")
