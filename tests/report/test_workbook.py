"""The workbook: native charts, numbers as numbers."""

import json
import re
import zipfile
from xml.etree import ElementTree

import pandas as pd
from click.testing import CliRunner

from orgsim.answers.data import csv_text
from orgsim.answers.findings import read
from orgsim.cli.main import main
from orgsim.language.language import Language
from orgsim.report.html import page
from orgsim.report.parts import all_figures
from orgsim.report.sections import all_sections
from orgsim.report.workbook import write_workbook
from synthetic import factors, findings

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_sheets_charts_and_numbers(swept, tmp_path):
    findings, say = swept["grid"], Language("fr")
    parts = all_sections(findings, say)
    write_workbook(findings, say, parts, tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SPACE}sheet")
        ]
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        first = ElementTree.fromstring(book.read("xl/worksheets/sheet2.xml"))
        last = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{len(names)}.xml"))
    assert len(names) == len(set(names)) == 1 + len(all_figures(parts)) + 2
    assert all(len(name) <= 31 for name in names)
    assert len(charts) == sum(figure.kind != "none" for figure in all_figures(parts))
    numbers = [cell for cell in first.iter(f"{SPACE}c") if cell.get("t") is None]
    assert len(numbers) >= 10  # differences and half-widths are numbers, though they are written in French
    assert sum(1 for _ in last.iter(f"{SPACE}row")) == 1 + len(findings.store.keys())


def test_runs_fit_a_data_frame(swept):
    frame = swept["grid"].store.frame("SELECT * FROM runs")
    assert isinstance(frame, pd.DataFrame)
    assert {"key", "total_cost", "cost_overhead", "lead_queue"} <= set(frame.columns)


def hostile(tmp_path):
    """Findings whose names a spreadsheet could take for formulas."""
    tables = {
        "title": "=1+1",
        "overrides": ['designs.teams.label="=2+2"', 'designs.silos.label="+3"'],
        "factors": {"@sum": factors(1)["x1"] | {"levels": 3}, "-x": factors(2)["x2"] | {"levels": 2}},
        "replications": {"min": 2, "base": 2},
    }
    return findings(tmp_path, lambda v, d, s: {"result": v["@sum"] * s if d == "teams" else 0.0}, tables)


def test_a_label_is_never_a_formula(tmp_path):
    found, say = hostile(tmp_path / "s"), Language()
    write_workbook(found, say, all_sections(found, say), tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        texts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    sheets = {name: text for name, text in texts.items() if name.startswith("xl/worksheets/sheet")}
    assert not [name for name, text in sheets.items() if "<f>" in text]
    for label in ("=1+1", "=2+2", "@sum"):
        assert label in texts["xl/sharedStrings.xml"]
    formulas = [part for text in texts.values() for part in re.findall(r"<c:f>(.*?)</c:f>", text)]
    assert formulas
    assert all(re.fullmatch(r"('[^']+'|\w+)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", part) for part in formulas)


def test_csv_gives_no_formula_to_a_spreadsheet():
    frame = pd.DataFrame({"=a": ["=1+1", "@x", "+3", "-4", "five", "\t=6"], "n": [-1.5, 2, 3, 4, 5, 6]})
    head, *lines = csv_text(frame).splitlines()
    assert head == "'=a,n"
    assert [line.split(",")[0] for line in lines] == ["'=1+1", "'@x", "'+3", "'-4", "five", "'\t=6"]
    assert lines[0].split(",")[1] == "-1.5"  # a number is a number


def test_an_unfinished_sweep_is_said_first(tmp_path):
    found, say = hostile(tmp_path / "s"), Language()
    parts = all_sections(found, say)
    assert "not finished" not in page(found, say, parts)
    found.store.begin(**{name: value for name, value in found.store.notes.items() if name != "tally"})
    found = read(found.store)
    sentences = re.findall(r'<p class="sentence"[^>]*>(.*?)</p>', page(found, say, parts))
    assert sentences[0].startswith("This sweep is not finished: 28 of at least 28 runs are there, and 7 of 7")
    write_workbook(found, say, parts, tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        texts = re.findall(r"<t[^>]*>(.*?)</t>", book.read("xl/sharedStrings.xml").decode())
    assert texts[0] == "=1+1"
    assert texts[1].startswith("This sweep is not finished")
    told = CliRunner().invoke(main, ["results", str(tmp_path / "s")])
    assert told.output.startswith("This sweep is not finished")
    rows = json.loads(CliRunner().invoke(main, ["results", str(tmp_path / "s"), "--json"]).output)
    assert not any(row["finished"] for row in rows)
    for command in ("map", "sensitivity", "robust"):
        told = CliRunner().invoke(main, [command, str(tmp_path / "s")])
        assert told.output.startswith("This sweep is not finished"), told.output
        data = json.loads(CliRunner().invoke(main, [command, str(tmp_path / "s"), "--json"]).output)
        assert data["progress"]["finished"] is False
