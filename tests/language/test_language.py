"""Every text of a report has a French version; numbers follow the language."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from orgsim.answers.attribution import FAMILIES
from orgsim.engine.accounts import COST_LINES, MEASURES
from orgsim.errors import OrgsimError
from orgsim.language.language import Language, catalogue, line_name, names
from orgsim.report import html, sections, workbook
from orgsim.scenario import load
from orgsim.scenario.reference import fields
from orgsim.simulation.result import LEAD_LINES
from orgsim.statistics.intervals import Estimate

ROOM = Path(html.__file__).parent


def texts_in_the_code():
    """What is passed to `say`, in the modules and in the template."""
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called in ("say", "self") and isinstance(node.args[0].value, str):
                    yield node.args[0].value
    template = (ROOM / "texts" / "page.html").read_text(encoding="utf-8")
    yield from re.findall(r"say\([\"']([^\"']+)[\"']\)", template)


class Recording(Language):
    """French that remembers what it could not say."""

    def __init__(self):
        super().__init__("fr")
        self.unknown = set()

    def __call__(self, text, /, **values):
        if text and text not in self._texts:
            self.unknown.add(text)
        return super().__call__(text, **values)


@pytest.mark.parametrize("text", sorted(set(texts_in_the_code())))
def test_every_text_has_a_french_version_with_the_same_places(text):
    french = catalogue("fr")[text]
    assert french
    assert set(re.findall(r"\{(\w+)\}", french)) == set(re.findall(r"\{(\w+)\}", text))


def test_names_of_the_model_have_french_versions():
    names = {measure.label for measure in MEASURES}
    names |= {line_name(line).capitalize() for line in (*COST_LINES, *LEAD_LINES)}
    names |= {family.capitalize() for family in FAMILIES}
    for scenario in ("default", "six-designs", "french-hospitality-2020"):
        settings = load(scenario)
        names |= {settings.title, *(design.label for design in settings.designs.values())}
    assert names <= set(catalogue("fr"))


@pytest.mark.parametrize("sampling", ["grid", "lhs", "morris", "saltelli", "one-at-a-time"])
def test_a_french_report_is_french(swept, sampling, tmp_path):
    say = Recording()
    findings = swept[sampling]
    parts = sections.all_sections(findings, say)
    html.page(findings, say, parts)
    workbook.write_workbook(findings, say, parts, tmp_path / "r.xlsx")
    assert say.unknown <= {findings.experiment.title, "uniform", "€"}


def test_fields_have_french_meanings_and_units():
    french = catalogue("fr")
    for facts in fields():
        assert facts.meaning in french, facts.path
        assert facts.unit == "" or facts.unit in french, facts.unit
    texts = tomllib.loads((ROOM / "texts" / "fr-fields.toml").read_text(encoding="utf-8"))
    assert set(texts["fields"]) == {facts.meaning for facts in fields()}


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


def test_no_french_text_is_left_over():
    """Names of bundled scenarios and studies apart, every text is in use."""
    known = set(texts_in_the_code())
    source = " ".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    source = re.sub(r'"\s*\n\s*"', "", source)
    tables = catalogue("fr")
    in_report = list(tables)[: list(tables).index("Result, cumulated") + 1]
    unused = [text for text in in_report if text not in known and text.replace("\\", "") not in source]
    data = {"lever", "uncertainty", "log-uniform", "triangular", "better", "worse", "assumption"}
    assert set(unused) <= data


def test_numbers():
    english, french = Language("en"), Language("fr")
    assert english.euros(1_234_567) == "€1.23\u202fM"
    assert french.euros(-1_234_567) == "−1,23\u202fM€"
    assert (english.short(0.123456), french.short(0.123456)) == ("0.1235", "0,1235")
    value = Estimate(0.0512, 0.031, 0.0714)
    amount, interval = french.difference("retention", value)
    assert amount == "+0,05\u202fpoints"
    assert interval == "intervalle à 95\u202f%\u00a0: +0,03 à +0,07\u202fpoints"
    assert english.listed(["a", "b", "c"]) == "a, b and c"
    assert french.listed(["a", "b"]) == "a et b"
    with pytest.raises(OrgsimError, match="choose en or fr"):
        Language("de")
