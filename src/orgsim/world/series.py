"""A published series from a CSV file: an index by month. What is not understood is refused with its line,
never read as another number."""

import csv
import io
import re
from pathlib import Path

from orgsim import gate
from orgsim.errors import ScenarioError, short
from orgsim.messages import Message
from orgsim.scenario.horizon import MONTH

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_LARGEST_INDEX = 1e12


def number_of(month: str) -> int:
    """The months since year 0 of a month such as 2020-01."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def named(number: int) -> str:
    """The month again."""
    return f"{number // 12}-{number % 12 + 1:02d}"


def read_series(path: Path) -> dict[int, float]:
    """The index by number of the month; every month between the first and the last has one.

    Raises ScenarioError with the line of what cannot be read."""
    content = gate.read_bytes(path, f"crisis.file = '{short(path, 200)}'")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise ScenarioError("{path}: is no text in UTF-8; save it as CSV in UTF-8", path=path)
    text = gate.decoded(content, str(path))
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    figures: dict[int, float] = {}
    header = False
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            where = Message("{path}, line {number}", path=path, number=rows.line_num)
            if not header:
                header = _is_header(row, path)
                continue
            month, value = _figure(row, where)
            if month in figures:
                raise ScenarioError(
                    "{where}: {month} stands there twice; keep one", where=where, month=named(month)
                )
            figures[month] = value
    except csv.Error as error:
        raise ScenarioError(
            "{where}: is no CSV: {error}",
            where=Message("{path}, line {number}", path=path, number=rows.line_num),
            error=error,
        ) from None
    if not header:
        raise ScenarioError("{path}: the first line must be: month,index", path=path)
    if not figures:
        raise ScenarioError("{path}: holds no month", path=path)
    missing = [month for month in range(min(figures), max(figures)) if month not in figures]
    if missing:
        raise ScenarioError(
            "{path}: {month} is missing; every month needs a line", path=path, month=named(missing[0])
        )
    return figures


def _is_header(row: list[str], path: Path) -> bool:
    if [cell.strip().lower() for cell in row[:2]] != ["month", "index"]:
        raise ScenarioError("{path}: the first line must be: month,index", path=path)
    if len(row) > 2:
        raise ScenarioError(
            "{path}: the first line has {count} columns; leave month,index and take the others out",
            path=path,
            count=len(row),
        )
    return True


def _figure(row: list[str], where: Message) -> tuple[int, float]:
    shown = short(",".join(row))
    if len(row) > 2:
        raise ScenarioError(
            "{where}: {shown} has {count} cells instead of 2; write decimals with a point (100.5), "
            "and take other columns out",
            where=where,
            shown=shown,
            count=len(row),
        )
    month, cell = row[0].strip(), row[1].strip() if len(row) == 2 else ""
    if not _NUMBER.fullmatch(cell):
        raise ScenarioError(
            "{where}: {shown!r} has no number after the month; write it in digits, with a point for "
            "decimals and no sign for thousands (1100.5)",
            where=where,
            shown=shown,
        )
    value = float(cell)
    if not MONTH.fullmatch(month) or not 0 <= value <= _LARGEST_INDEX:
        raise ScenarioError(
            "{where}: {shown} must be a month such as 2020-01 and an index of 0 or more",
            where=where,
            shown=shown,
        )
    return number_of(month), value
