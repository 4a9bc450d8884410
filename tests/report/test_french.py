"""Every text of a report has a French version, and none is left over."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from orgsim.language import words
from orgsim.language.language import Language
from orgsim.language.words import FOLDER, catalogue
from orgsim.report import html, sections, workbook

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
        template = getattr(text, "template", text)
        if template and template not in self._texts:
            self.unknown.add(template)
        return super().__call__(text, **values)


@pytest.mark.parametrize("text", sorted(set(texts_in_the_code())))
def test_every_text_has_a_french_version_with_the_same_places(text):
    french = catalogue("fr")[text]
    assert french
    assert set(re.findall(r"\{(\w+)[:}]", french)) == set(re.findall(r"\{(\w+)[:}]", text))


@pytest.mark.parametrize("sampling", ["grid", "lhs", "morris", "saltelli", "one-at-a-time"])
def test_a_french_report_is_french(swept, sampling, tmp_path):
    say = Recording()
    findings = swept[sampling]
    parts = sections.all_sections(findings, say)
    html.page(findings, say, parts)
    workbook.write_workbook(findings, say, parts, tmp_path / "r.xlsx")
    assert say.unknown <= {findings.experiment.title, "uniform", "€"}


def test_no_french_text_is_left_over():
    """Names of bundled scenarios and studies apart, every text is in use."""
    known = set(texts_in_the_code())
    rooms = (ROOM, ROOM.parent / "answers", Path(words.__file__).parent)
    source = " ".join(path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py"))
    source = re.sub(r'"\s*\n\s*"', "", source)
    tables = tomllib.loads((FOLDER / "fr" / "report.toml").read_text(encoding="utf-8"))
    in_report = [text for table in tables.values() for text in table]
    in_report = in_report[: in_report.index("Result, cumulated") + 1]
    unused = [text for text in in_report if text not in known and text.replace("\\", "") not in source]
    data = {"lever", "uncertainty", "log-uniform", "triangular", "better", "worse", "assumption"}
    assert set(unused) <= data
