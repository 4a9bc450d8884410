"""Workbooks (XLSX) and Parquet: cells that have types of their own."""

import io
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from orgsim.errors import ScenarioError, listed, short
from orgsim.intake.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid, bounded, is_blank
from orgsim.intake.reading import TableReading

WORKBOOK, PARQUET, OLD_WORKBOOK = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: bytes of a workbook unpacked, and files in it
_MOST_UNPACKED, _MOST_PARTS = 200_000_000, 5_000


def read_workbook(content: bytes, path: Path, reading: TableReading) -> Grid:
    """The cells of a sheet: the one that is named, else the first that holds something.

    Raises ScenarioError for what is no workbook, and for a formula whose value was never computed."""
    from openpyxl import load_workbook

    _check_unpacked(content, path)
    try:
        values, formulas = (_opened(load_workbook, content, computed) for computed in (True, False))
        names = [sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # whatever a damaged file makes of its reader
        raise _damaged(path, error) from None
    if reading.sheet is not None and reading.sheet not in names:
        raise ScenarioError(
            "{path}: has no sheet '{sheet}'; it has: {names}",
            path=short(path, 200), sheet=short(reading.sheet), names=listed(names),
        )  # fmt: skip
    for name in names if reading.sheet is None else [reading.sheet]:
        try:
            rows = list(_rows(values[name]))
            waiting = _uncomputed(rows, _rows(formulas[name]))
        except Exception as error:
            raise _damaged(path, error) from None
        if waiting is not None:
            raise ScenarioError(
                "{path}, line {number}: holds a formula that was never computed; open the workbook, save "
                "it, and try again",
                path=short(path, 200), number=waiting + 1,
            )  # fmt: skip
        if not all(map(is_blank, rows)):
            others = tuple(other for other in names if other != name)
            lines = list(range(1, len(rows) + 1))
            return Grid(path, "XLSX", bounded(rows, path), lines, sheet=name, others=others)
    raise ScenarioError("{path}: holds no table", path=short(path, 200))


def _check_unpacked(content: bytes, path: Path) -> None:
    """A few bytes may unpack to any number: the zip says to how many, and is held to it when it is read."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception as error:
        raise _damaged(path, error) from None
    if len(parts) > _MOST_PARTS or sum(int(part.file_size) for part in parts) > _MOST_UNPACKED:
        raise ScenarioError(
            "{path}: is larger than {most:g} MB, which is the most that is read",
            path=short(path, 200), most=_MOST_UNPACKED / 1e6,
        )  # fmt: skip


def _opened(load_workbook: Any, content: bytes, computed: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not keep, which nobody asks for
        return load_workbook(io.BytesIO(content), read_only=True, data_only=computed)


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    sheet.reset_dimensions()  # what a file says of its own size may be anything
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True):
            yield tuple(map(_plain, row))


def _uncomputed(rows: list[tuple[Cell, ...]], formulas: Iterator[tuple[Cell, ...]]) -> int | None:
    """The first row in which a formula stands without its value."""
    for number, (row, sources) in enumerate(zip(rows, formulas, strict=False)):
        for cell, source in zip(row, sources, strict=False):
            if cell is None and isinstance(source, str) and source.startswith("="):
                return number
    return None


def read_parquet(content: bytes, path: Path) -> Grid:
    """The cells of a Parquet file, its column names as the first row. Raises ScenarioError where it is
    damaged."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "table.parquet"  # a name without signs that stand for many files
        copy.write_bytes(content)
        try:
            with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "1GB"}) as base:
                found = base.execute("SELECT * FROM read_parquet(?) LIMIT ?", [str(copy), MOST_ROWS + 1])
                names = tuple(str(column[0]) for column in found.description or ())
                rows = [names, *(tuple(map(_plain, row)) for row in found.fetchall())]
        except Exception as error:
            raise _damaged(path, error) from None
    return Grid(path, "Parquet", bounded(rows, path), list(range(1, len(rows) + 1)))


def _plain(value: Any) -> Cell:
    """A cell of the types that are known: a decimal is a number, anything else its text."""
    if value is None or isinstance(value, str | float | int | datetime | date):
        return value
    if type(value).__name__ == "Decimal":
        return float(value)
    return str(value)


def _damaged(path: Path, error: Exception) -> ScenarioError:
    reason = short(str(error).split("\n")[0] or type(error).__name__, 150)
    return ScenarioError("{path}: is damaged, or no table: {error}", path=short(path, 200), error=reason)
