"""Where a table begins, what its columns are called, and which of them is meant."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orgsim.errors import ScenarioError, listed, short
from orgsim.intake.grid import Cell, Grid, is_blank, written
from orgsim.intake.reading import TableReading
from orgsim.messages import Said

#: where a word begins inside another
_INNER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")


@dataclass(frozen=True)
class Body:
    """The part of a grid that is the table: its rows, and for each column what stands above it, from the
    nearest line up. `header` is the row with the names of columns, None where there is none."""

    grid: Grid
    rows: range
    above: tuple[tuple[str, ...], ...]
    header: int | None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.above)

    def cells(self, column: int) -> list[Cell]:
        """The cells of a column, one a row."""
        return self.grid.column(column, self.rows)

    def name(self, column: int) -> str:
        """What a column is called: by the line of names, else by what stands first above it."""
        names = self.above[column]
        if self.header is not None and (named := written(self.grid.cell(self.header, column))):
            return named
        return names[-1] if names else f"{column + 1}"

    def names(self) -> list[str]:
        """What all columns are called."""
        return [self.name(column) for column in range(self.width)]


def body(grid: Grid, rows: range, header: int | None) -> Body:
    """The table whose data are in `rows`, below the line `header` of names (None if there is none)."""
    over = [] if header is None else [row for row in range(header + 1) if not is_blank(grid.rows[row])]
    width = max((len(grid.rows[row]) for row in (*rows, *over)), default=0)
    above = tuple(
        tuple(text for row in reversed(over) if (text := written(grid.cell(row, column))))
        for column in range(width)
    )
    return Body(grid, rows, above, header)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A name in small letters, without accents and signs: "Coût horaire (€)" is "cout horaire",
    "MonthlyIncome" is "monthly income"."""
    apart = _INNER_CAPITAL.sub(" ", text[:200])
    bare = unicodedata.normalize("NFKD", apart.casefold())
    letters = (letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


def asked(table: Body, name: str, option: str) -> int:
    """The column that a person has named, by a name above it or by its number from 1.

    Raises ScenarioError where none is, or several are."""
    found = [
        column for column in range(table.width)
        if plain(name) and plain(name) in map(plain, (table.name(column), *table.above[column]))
    ]  # fmt: skip
    if not found and name.strip().isdecimal() and len(name) < 7 and 1 <= int(name) <= table.width:
        found = [int(name) - 1]
    if len(found) == 1:
        return found[0]
    raise ScenarioError(
        "{path}: {option} = '{name}' is no column; its columns: {names}"
        if not found
        else "{path}: {option} = '{name}' is several columns; give its number among: {names}",
        path=short(table.grid.path, 200), option=option, name=short(name), names=listed(table.names()),
    )  # fmt: skip


def known(table: Body, names: Iterable[str], among: Sequence[int] | None = None) -> list[int]:
    """The columns that have one of these names."""
    wanted = set(names)
    columns = range(table.width) if among is None else among
    return [column for column in columns if plain(table.name(column)) in wanted]


def numbered(table: Body, columns: Iterable[int]) -> Said:
    """Columns for a message: number and name."""
    return listed(f"{column + 1} '{short(table.name(column), 40)}'" for column in columns)


def header_row(grid: Grid, reading: TableReading) -> int | None:
    """The row of the names that a person has named by its line; None if nobody has. Raises ScenarioError for
    a line that is not there."""
    if reading.header is None:
        return None
    row = next((row for row, line in enumerate(grid.lines) if line == reading.header), None)
    if row is None or is_blank(grid.rows[row]):
        raise ScenarioError(
            "{path}: header = {line} is no line with names", path=short(grid.path, 200), line=reading.header
        )
    return row
