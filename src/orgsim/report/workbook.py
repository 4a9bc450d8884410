"""The report as an Excel workbook: a sheet for the answer, one for each figure with its numbers and a
native chart, all points, and every run if there are not too many (the folder of results has them all)."""

import io
import math
import re
from pathlib import Path
from typing import Any

from orgsim.answers.differences import differences
from orgsim.answers.findings import Findings
from orgsim.answers.wording import standing
from orgsim.language.language import Language
from orgsim.language.numbers import number
from orgsim.report.answer import Answer
from orgsim.report.figures import Figure
from orgsim.report.parts import Section
from orgsim.writing import write_whole

_LONGEST_NAME = 31
_MOST_RUNS = 5_000
#: a cell holds a number or a text, whatever the text looks like: a label "=1+1" is no formula
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip


def write_workbook(findings: Findings, say: Language, parts: list[Section], path: Path) -> None:
    """Write it, complete or not at all. Raises OrgsimError."""
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, _OPTIONS)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    _answer_sheet(book, findings, say, bold, wrap)
    names: set[str] = set()
    for part in parts:
        for figure in part.figures:
            _figure_sheet(book, figure, bold, _sheet_name(figure.title, names))
    columns, rows = differences(findings, None)
    _plain_sheet(book, _sheet_name(say("All points"), names), columns, rows, bold)
    frame = findings.store.frame(f"SELECT * FROM runs ORDER BY point, design, seed LIMIT {_MOST_RUNS + 1}")
    if len(frame) <= _MOST_RUNS:
        table = [
            tuple(None if cell != cell else cell for cell in row) for row in frame.itertuples(index=False)
        ]
        _plain_sheet(book, _sheet_name(say("Runs"), names), list(frame.columns), table, bold)
    book.close()
    write_whole(path, memory.getvalue())


def _answer_sheet(book: Any, findings: Findings, say: Language, bold: Any, wrap: Any) -> None:
    sheet = book.add_worksheet(say("The answer")[:_LONGEST_NAME])
    answer = Answer(findings, say)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 20)
    sheet.write(0, 0, findings.experiment.title, bold)
    row = 2
    if told := standing(say, findings.progress):
        sheet.merge_range(row, 0, row, 5, told.replace("`", ""), bold)
        sheet.set_row(row, 48)
        row += 2
    for design in findings.others:
        sheet.merge_range(row, 0, row, 5, answer.sentence(design), wrap)
        sheet.set_row(row, 64)
        heads = [say("Measure"), say("Difference"), say("low"), say("high"), "p (Holm)", say("Verdict")]
        for column, head in enumerate(heads):
            sheet.write(row + 1, column, head, bold)
        row += 2
        for found in answer.found(design):
            value, verdict = found.difference, say(found.verdict) if found.verdict else "–"
            cells = (say.measure(found.measure), value.mean, value.low, value.high, found.p_holm, verdict)
            for column, cell in enumerate(cells):
                _put(sheet, row, column, cell)
            row += 1
        sheet.merge_range(row, 0, row, 5, answer.across(design), wrap)
        sheet.set_row(row, 48)
        row += 2


def _figure_sheet(book: Any, figure: Figure, bold: Any, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(figure.columns), 14)
    for column, head in enumerate(figure.columns):
        sheet.write(0, column, head, bold)
    for place, row in enumerate(figure.rows, 1):
        for column, cell in enumerate(row):
            _put(sheet, place, column, _value(cell))
    if figure.kind == "none" or not figure.rows:
        return
    kind = {"line": "line", "scatter": "scatter"}.get(figure.kind, "bar")
    chart = book.add_chart(
        {"type": kind, **({"subtype": "straight_with_markers"} if kind == "scatter" else {})}
    )
    for label, first, last, categories, values in _series(figure):
        chart.add_series(
            {
                "name": [name, *label], "categories": [name, first, categories, last, categories],
                "values": [name, first, values, last, values],
            }
        )  # fmt: skip
    chart.set_title({"name": figure.title, "name_font": {"size": 12}})
    chart.set_size({"width": 720, "height": 420})
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
        chart.set_legend({"none": True})
    sheet.insert_chart(1, len(figure.columns) + 1, chart, {"description": figure.alternative})


def _series(figure: Figure) -> list[tuple[tuple[int, int], int, int, int, int]]:
    """The cell of the name, first and last row, column of categories, column of values of every series of a
    chart."""
    if figure.kind in ("line", "scatter"):
        groups: dict[Any, list[int]] = {}
        for place, row in enumerate(figure.rows, 1):
            groups.setdefault(row[0], []).append(place)
        values = 3 if figure.kind == "line" else 2
        return [((rows[0], 0), rows[0], rows[-1], 1, values) for rows in groups.values()]
    numbers = [i for i, cell in enumerate(figure.rows[0]) if isinstance(_value(cell), float)]
    return [((0, numbers[0]), 1, len(figure.rows), 0, numbers[0])] if numbers else []


def _plain_sheet(book: Any, name: str, columns: list[str], rows: list[tuple[Any, ...]], bold: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    for column, head in enumerate(columns):
        sheet.write(0, column, head, bold)
    for place, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _put(sheet, place, column, cell)


def _put(sheet: Any, row: int, column: int, cell: Any) -> None:
    """A number or a text; nothing where there is no number."""
    if isinstance(cell, float) and not math.isfinite(cell):
        cell = None if math.isnan(cell) else number(cell)
    if cell is not None:
        sheet.write(row, column, cell)


def _value(cell: Any) -> Any:
    """A number that is written for people, as a number again."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\u202f", "").replace("−", "-").replace("+", "").replace(",", ".")
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text) else cell


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts, and that no other sheet has."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", title).split())
    name, number = _cut(plain, _LONGEST_NAME), 2
    while name.lower() in taken:
        name = f"{_cut(plain, _LONGEST_NAME - 3)} {number}"
        number += 1
    taken.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    """A text of at most so many characters, cut after a word where there is one to cut after."""
    if len(text) <= most:
        return text
    words = text[:most].rsplit(" ", 1)[0]
    return f"{words[: most - 1].rstrip(' ,;–-')}…"
