"""The workbook: native charts, numbers as numbers."""

import zipfile
from xml.etree import ElementTree

import pandas as pd

from orgsim.report.language import Language
from orgsim.report.parts import all_figures
from orgsim.report.sections import all_sections
from orgsim.report.workbook import write_workbook

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
