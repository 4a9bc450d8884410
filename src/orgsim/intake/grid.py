"""A table as cells: what every kind of file becomes before anybody asks what it means."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from orgsim.errors import ScenarioError, short
from orgsim.messages import Message, Said

#: a cell as the file has it: text from CSV, typed from workbooks and Parquet; None is empty
Cell = str | float | int | bool | date | datetime | None

#: bytes of a file; rows and columns of a table, and cells in all
MOST_BYTES, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000_000, 200_000, 20_000, 2_000_000


@dataclass(frozen=True)
class Grid:
    """The rows of a table, with the line of the file on which each ends, and how the file was understood
    (`encoding` and `separator` of CSV, `sheet` of a workbook, and the `others` in it)."""

    path: Path
    kind: str
    rows: list[tuple[Cell, ...]]
    lines: list[int]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    others: tuple[str, ...] = ()

    def line(self, row: int) -> Said:
        """Where a row is, for a message."""
        return Message("{path}, line {number}", path=short(self.path, 200), number=self.lines[row])

    def cell(self, row: int, column: int) -> Cell:
        """A cell; None where the row ends before it."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def column(self, column: int, rows: range) -> list[Cell]:
        """The cells of a column."""
        return [self.cell(row, column) for row in rows]


def written(cell: Cell) -> str:
    """A cell as text, without spaces around it."""
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def is_blank(row: tuple[Cell, ...]) -> bool:
    """Whether a row holds nothing."""
    return not any(written(cell) for cell in row)


def bounded(rows: list[tuple[Cell, ...]], path: Path) -> list[tuple[Cell, ...]]:
    """The rows, empty cells at their ends left out. Raises ScenarioError for more than is read."""
    trimmed = [_trimmed(row) for row in rows]
    sizes = (
        (len(rows), MOST_ROWS, Message("rows")),
        (max(map(len, trimmed), default=0), MOST_COLUMNS, Message("columns")),
        (sum(len(row) for row in trimmed), MOST_CELLS, Message("cells")),
    )
    for count, most, what in sizes:
        if count > most:
            raise ScenarioError(
                "{path}: has more than {most:,} {what}, which is the most that is read; keep those that are "
                "needed",
                path=short(path, 200), most=most, what=what,
            )  # fmt: skip
    return trimmed


def _trimmed(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    end = len(row)
    while end and not written(row[end - 1]):
        end -= 1
    return row[:end]
