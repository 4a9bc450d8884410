"""Where the dates and figures of a published series stand: long tables as they are, wide ones made long."""

import re
from dataclasses import dataclass, replace

from orgsim.errors import ScenarioError, listed, short
from orgsim.intake.columns import Body, asked, body, header_row, known, numbered, plain
from orgsim.intake.delimited import check_widths
from orgsim.intake.grid import Cell, Grid, bounded, is_blank, written
from orgsim.intake.numerals import figure, is_missing
from orgsim.intake.periods import Period, bare_month, period
from orgsim.intake.reading import SeriesReading, remedy

_PERIODS = {
    "month", "mois", "date", "dates", "period", "periode", "time period", "time", "observation date", "jour",
    "day", "semaine", "week", "trimestre", "quarter", "annee mois", "year month",
}  # fmt: skip
_VALUES = {"index", "indice", "value", "values", "valeur", "valeurs", "obs value", "observation"}
#: rows in which the names of a wide table are looked for, and how many dates make one
_TOP, _WIDE = 100, 3


#: how a date begins that nobody understands
_DIGITS_FIRST = re.compile(r"\W*[0-9]{2}")


@dataclass(frozen=True)
class Place:
    """A series found in a table: its rows, the columns of its dates and figures; how many lines stood above
    it and notes below it; `usual` is the decimal sign of the format, where it has one."""

    table: Body
    period: int
    value: int
    above: int
    below: int
    wide: bool
    usual: str | None


def found(grid: Grid, reading: SeriesReading) -> Place:
    """The series in a grid. Raises ScenarioError where there is none, or more than one could be meant."""
    wide = _wide_header(grid, reading)
    long = grid if wide is None else _long(grid, wide)
    rows, column, header = _dated_rows(
        long, reading if wide is None else SeriesReading(period=reading.period)
    )
    table = body(long, rows, header)
    if wide is None and grid.kind == "CSV":
        _check(table)
    chosen = _chosen(table, reading)
    value = _value_column(chosen, column, reading)
    if wide is not None:
        return Place(chosen, column, value, wide, 0, True, _usual(grid, table))
    _check_above(table, column, value)
    return Place(
        chosen, column, value, rows.start, _notes_below(long, rows, value), False, _usual(grid, table)
    )


def _check(table: Body) -> None:
    """Whoever has a line of names has no more cells than names."""
    header = table.header
    if header is not None and len(table.grid.rows[header]) > 1:
        check_widths(table.grid, table.rows, len(table.grid.rows[header]))


def _wide_header(grid: Grid, reading: SeriesReading) -> int | None:
    """The row in which the dates stand, side by side; None for a long table."""
    said = header_row(grid, reading)
    candidates = range(min(_TOP, len(grid.rows))) if said is None else [said]
    across = {row: sum(int(_dates(cell)) for cell in grid.rows[row]) for row in candidates}
    if not across or max(across.values()) < _WIDE:
        return None
    row = max(across, key=lambda row: (across[row], -row))
    width = max(map(len, grid.rows))
    down = max(
        sum(int(_dates(cell)) for cell in grid.column(column, range(row + 1, len(grid.rows))))
        for column in range(min(width, _TOP))
    )
    months = sum(bare_month(cell) is not None for cell in grid.rows[row]) >= _WIDE
    return row if months or across[row] > down else None


def _dates(cell: Cell) -> bool:
    return period(cell) is not None or period(cell, "mdy") is not None or bare_month(cell) is not None


def _long(grid: Grid, header: int) -> Grid:
    """A wide table as a long one: one row a figure, with the names of its series before it."""
    names = grid.rows[header]
    dated = [column for column, cell in enumerate(names) if _dates(cell)]
    keys = [column for column in range(len(names)) if column not in dated]
    # Eurostat has the names of several columns in one cell: freq,unit,geo\TIME_PERIOD
    several = {column: written(names[column]).split("\\")[0].split(",") for column in keys}
    heads = [name for column in keys for name in several[column]]
    rows: list[tuple[Cell, ...]] = [(*heads, "period", "value")]
    lines = [grid.lines[header]]
    for row in range(header + 1, len(grid.rows)):
        if not any(figure(grid.cell(row, column)) for column in dated):
            continue
        of_row: list[Cell] = []
        for column in keys:
            parts = written(grid.cell(row, column)).split(",", len(several[column]) - 1)
            of_row += [*parts, *[""] * (len(several[column]) - len(parts))]
        year = next((written(cell) for cell in of_row if _is_year(cell)), "")
        for column in dated:
            when = names[column]
            if (month := bare_month(when)) is not None:
                when = f"{year}-{month:02d}"
            rows.append((*of_row, when, grid.cell(row, column)))
            lines.append(grid.lines[row])
    rows = bounded(rows, grid.path)
    return replace(grid, rows=rows, lines=lines)


def _is_year(cell: Cell) -> bool:
    when = period(cell)
    return when is not None and when.frequency == "year"


def _dated_rows(grid: Grid, reading: SeriesReading) -> tuple[range, int, int | None]:
    """The rows from the first date to the last, the column in which they stand, and the line of names."""
    header = header_row(grid, reading)
    rows = range(0 if header is None else header + 1, len(grid.rows))
    dated: dict[int, list[int]] = {}
    for row in rows:
        for column, cell in enumerate(grid.rows[row]):
            if _any_date(cell) is not None:
                dated.setdefault(column, []).append(row)
    if not dated:
        raise ScenarioError(
            "{path}: holds no dates such as 2020-01, 01/2020, 2020-Q1 or janv. 2020; name their column with "
            "{remedy}",
            path=short(grid.path, 200), remedy=remedy("period", "COLUMN"),
        )  # fmt: skip
    column = _period_column(grid, dated, header, reading)
    where = dated[column]
    return range(where[0], where[-1] + 1), column, _names_row(grid, where[0], column, header)


def _names_row(grid: Grid, start: int, column: int, header: int | None) -> int | None:
    """The line of names: as a person has said, else the last one in which the column is called a date, else
    the nearest that holds something."""
    if header is not None:
        return header
    over = [row for row in range(start) if not is_blank(grid.rows[row])]
    called = [row for row in over if plain(written(grid.cell(row, column))) in _PERIODS]
    return next(reversed(called or over), None)


def _any_date(cell: Cell) -> Period | None:
    return period(cell) or period(cell, "mdy")


def _period_column(
    grid: Grid, dated: dict[int, list[int]], header: int | None, reading: SeriesReading
) -> int:
    """The column with the dates: as named, the one that is called so, or the only one that could be."""
    most = max(map(len, dated.values()))
    full = [column for column, rows in dated.items() if 2 * len(rows) >= most]
    start = dated[full[0]][0]
    table = body(grid, range(start, len(grid.rows)), _names_row(grid, start, full[0], header))
    if reading.period:
        column = asked(table, reading.period, "period")
        if column not in dated:
            raise no_date(grid, start)
        return column
    called = known(table, _PERIODS, full)
    # a constant is no date of a row, and bare digits may be anything
    telling = [column for column in full if _tells_dates(grid, column, dated[column])]
    for candidates in (called, telling, full):
        if len(candidates) == 1:
            return candidates[0]
    raise ScenarioError(
        "{path}: several columns hold dates ({names}); say which with {remedy}",
        path=short(grid.path, 200), names=numbered(table, sorted(called or telling or full)),
        remedy=remedy("period", "COLUMN"),
    )  # fmt: skip


def _tells_dates(grid: Grid, column: int, rows: list[int]) -> bool:
    texts = {written(grid.cell(row, column)) for row in rows}
    return len(texts) > 1 and not all(text.isdecimal() for text in texts)


def _chosen(table: Body, reading: SeriesReading) -> Body:
    """The table with those rows alone that have the wanted values."""
    grid, kept = table.grid, list(table.rows)
    for name, value in reading.where.items():
        column = asked(table, name, f"where.{name}")
        values = {row: written(grid.cell(row, column)) for row in kept}
        kept = [row for row in kept if plain(values[row]) == plain(value)]
        if not kept:
            raise ScenarioError(
                "{path}: where.{name} = '{value}' is in no row; there are: {names}",
                path=short(grid.path, 200), name=short(name), value=short(value),
                names=listed(dict.fromkeys(values.values())),
            )  # fmt: skip
    if len(kept) == len(table.rows):
        return table
    head = [] if table.header is None else [table.header]
    taken = [*head, *kept]
    chosen = replace(grid, rows=[grid.rows[row] for row in taken], lines=[grid.lines[row] for row in taken])
    return replace(table, grid=chosen, rows=range(len(head), len(taken)), header=0 if head else None)


def _value_column(table: Body, at: int, reading: SeriesReading) -> int:
    """The column of the figures: as named, as it is called, or the only one that holds numbers."""
    if reading.value:
        return asked(table, reading.value, "value")
    numeric = [column for column in range(table.width) if column != at and _is_numeric(table, column)]
    called = known(table, _VALUES, numeric)
    for candidates in (called, numeric, [] if numeric else known(table, _VALUES)):
        if len(candidates) == 1:
            return candidates[0]
    if not numeric:
        raise ScenarioError(
            "{path}: holds no column of numbers beside its dates; it has: {names}",
            path=short(table.grid.path, 200), names=numbered(table, range(table.width)),
        )  # fmt: skip
    raise ScenarioError(
        "{path}: several columns hold numbers ({names}); say which with {remedy}",
        path=short(table.grid.path, 200), names=numbered(table, called or numeric),
        remedy=remedy("value", "COLUMN"),
    )  # fmt: skip


def _is_numeric(table: Body, column: int) -> bool:
    """Whether half of the cells that say something are numbers."""
    cells = [cell for cell in table.cells(column) if not is_missing(cell)]
    return bool(cells) and 2 * sum(figure(cell) is not None for cell in cells) >= len(cells)


def _notes_below(grid: Grid, rows: range, value: int) -> int:
    """How many lines of notes stand below the table; one with a number, or with digits first, is none, but a
    date misspelt."""
    rest = [row for row in range(rows.stop, len(grid.rows)) if not is_blank(grid.rows[row])]
    for row in rest:
        if figure(grid.cell(row, value)) is not None or _DIGITS_FIRST.match(written(grid.cell(row, 0))):
            raise no_date(grid, row)
    return len(rest)


def _check_above(table: Body, column: int, value: int) -> None:
    """A figure between the names and the first date, or instead of the names, has a misspelt date."""
    grid, header = table.grid, table.header
    if header is None:
        return
    when = written(grid.cell(header, column))
    instead = [header] if any(letter.isdecimal() for letter in when) else []
    for row in (*instead, *range(header + 1, table.rows.start)):
        if figure(grid.cell(row, value)) is not None:
            raise no_date(grid, row)


def no_date(grid: Grid, row: int) -> ScenarioError:
    """The refusal of a line that should have a date."""
    shown = short(", ".join(written(cell) for cell in grid.rows[row]))
    return ScenarioError(
        "{where}: '{shown}' has no date that is understood, such as 2020-01; write it so, or leave the line "
        "out",
        where=grid.line(row), shown=shown,
    )  # fmt: skip


def _usual(grid: Grid, table: Body) -> str | None:
    """The decimal sign of formats that have one by their definition: SDMX (Eurostat, OECD, INSEE), FRED, and
    the plain `month,index` that orgsim writes. All of them write a point."""
    names = [plain(name) for name in table.names()]
    sdmx = {"time period", "obs value"} <= set(names)
    eurostat = any("\\time" in written(cell).lower() for row in grid.rows[:1] for cell in row[:1])
    fred = names[:1] == ["observation date"]
    own = names == ["month", "index"] and grid.separator == "comma"
    return "point" if sdmx or eurostat or fred or own else None
