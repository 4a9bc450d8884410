"""The one reader of tables from outside: CSV, XLSX, Parquet, told apart by what they hold."""

from pathlib import Path

from orgsim import gate
from orgsim.errors import ScenarioError, short
from orgsim.intake.binary import OLD_WORKBOOK, PARQUET, WORKBOOK, read_parquet, read_workbook
from orgsim.intake.delimited import read_text
from orgsim.intake.grid import MOST_BYTES, Grid, is_blank
from orgsim.intake.reading import TableReading


def read_grid(content: bytes, path: Path, reading: TableReading) -> Grid:
    """The cells of a file with this content. Raises ScenarioError for what is no table, with the remedy."""
    if content.startswith(WORKBOOK):
        found = read_workbook(content, path, reading)
    elif content.startswith(PARQUET):
        found = read_parquet(content, path)
    elif content.startswith(OLD_WORKBOOK):
        raise ScenarioError("{path}: is an old workbook; save it as XLSX or CSV", path=short(path, 200))
    else:
        found = read_text(content, path, reading)
    if all(map(is_blank, found.rows)):
        raise ScenarioError("{path}: holds no table", path=short(path, 200))
    return found


def contents(path: Path, where: str = "") -> bytes:
    """The bytes of a table's file. Raises ScenarioError, which names `where`, if they cannot be had."""
    return gate.read_bytes(path, where, MOST_BYTES)
