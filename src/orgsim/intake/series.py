"""A published series: an index by month, from whatever file it comes, and what was understood of it."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from orgsim.errors import ScenarioError, short
from orgsim.intake.columns import known
from orgsim.intake.files import contents, read_grid
from orgsim.intake.grid import Cell, Grid, is_blank, written
from orgsim.intake.layout import Place, found, no_date
from orgsim.intake.monthly import Dated, monthly
from orgsim.intake.numerals import numbers
from orgsim.intake.periods import FREQUENCIES, Period, month_of, named, period, shown
from orgsim.intake.reading import SeriesReading, remedy
from orgsim.messages import Message, Said

_LARGEST = 1e12
#: days without figures around a holiday
_LONGEST_REST = 5
#: columns of remarks: provisional, revised, estimated
_FLAGS = {"flag", "flags", "obs flag", "obs status", "status", "statut", "code", "codes"}
_BASES = (
    re.compile(r"base\s*(?:100\s*)?(?:=\s*)?(?:en\s*|in\s*|:\s*)?((?:19|20)[0-9]{2})", re.IGNORECASE),
    re.compile(r"((?:19|20)[0-9]{2})\s*=\s*100"),
    re.compile(r"100\s*(?:=|en|in)\s*((?:19|20)[0-9]{2})", re.IGNORECASE),
)
#: how SDMX names an index in its column `unit`: I15 is 2015 = 100
_SDMX_BASE = re.compile(r"I([0-9]{2})")


@dataclass(frozen=True)
class Series:
    """What was read: the index by number of the month (`figures`), every month between the first and the last
    has one; and how the file was understood."""

    grid: Grid
    place: Place
    figures: dict[int, float]
    frequency: str
    newest_first: bool
    decimal: str
    percent: bool
    flags: dict[str, int]
    base: str
    notes: tuple[Said, ...]

    def told(self) -> dict[str, Any]:
        """The same as plain data."""
        table, place = self.place.table, self.place
        return {
            "kind": "series",
            "file": str(self.grid.path),
            "format": self.grid.kind,
            "encoding": self.grid.encoding or None,
            "separator": self.grid.separator or None,
            "sheet": self.grid.sheet or None,
            "lines_above": place.above,
            "lines_below": place.below,
            "wide": place.wide,
            "period_column": table.name(place.period),
            "value_column": table.name(place.value),
            "decimal": self.decimal or None,
            "percent": self.percent,
            "frequency": self.frequency,
            "newest_first": self.newest_first,
            "flags": self.flags,
            "base": self.base or None,
            "first": named(min(self.figures)),
            "last": named(max(self.figures)),
            "notes": [str(note) for note in self.notes],
            "figures": {named(month): value for month, value in self.figures.items()},
        }

    def csv(self) -> bytes:
        """The clean file: month,index."""
        lines = (f"{named(month)},{value!r}\n" for month, value in self.figures.items())
        return ("month,index\n" + "".join(lines)).encode()


def read_series(path: Path, reading: SeriesReading | None = None, where: str = "") -> Series:
    """The series in a file of any kind; errors of reading the file name `where`, the path if it is left out.

    Raises ScenarioError with the line of what cannot be read, and with what to say where a file leaves open
    how it is meant."""
    asked = SeriesReading() if reading is None else reading
    return _understood(contents(path, where), path, asked.model_dump_json())


@lru_cache(maxsize=8)
def _understood(content: bytes, path: Path, asked: str) -> Series:
    """A world is made for every run: the same file is understood once."""
    reading = SeriesReading.model_validate_json(asked)
    grid = read_grid(content, path, reading)
    place = found(grid, reading)
    notes: list[Said] = []
    dated, frequency, newest_first = _dated(place, reading, notes)
    values = numbers(
        [place.table.grid.cell(row, place.value) for row, _ in dated],
        lambda index: place.table.grid.line(dated[index][0]), reading.decimal, place.usual,
    )  # fmt: skip
    entries = [
        Dated(when, value, place.table.grid.line(row))
        for (row, when), value in zip(dated, values.values, strict=True)
    ]
    _check(entries)
    figures, frequency = monthly(entries, frequency, reading, path, notes)
    flags = _flags(place, [row for row, _ in dated], values.flags)
    _note_others(place, notes)
    return Series(
        grid, place, figures, frequency, newest_first, values.decimal, values.percent, flags,
        _base((*grid.rows[:30], *place.table.grid.rows[:30]), figures), tuple(notes),
    )  # fmt: skip


def _flags(place: Place, rows: list[int], beside: dict[int, str]) -> dict[str, int]:
    """How often which remark stands with a figure: beside it, or in a column of remarks."""
    table = place.table
    told = list(beside.values())
    for column in known(table, _FLAGS):
        told += [text for row in rows if (text := written(table.grid.cell(row, column)))]
    return dict(sorted(Counter(short(text, 20) for text in told).items())[:20])


def _note_others(place: Place, notes: list[Said]) -> None:
    table, grid = place.table, place.table.grid
    used = {place.period, place.value, *known(table, _FLAGS)}
    others = [name for column, name in enumerate(table.names()) if column not in used]
    if others:
        notes.append(Message("Columns left out: {names}.", names=short(", ".join(others), 200)))
    if grid.others:
        notes.append(Message("Sheets left out: {names}.", names=short(", ".join(grid.others), 200)))


def _dated(
    place: Place, reading: SeriesReading, notes: list[Said]
) -> tuple[list[tuple[int, Period]], str, bool]:
    """Rows with their periods, of one frequency, the oldest first; the frequency; whether the newest stood
    first."""
    table = place.table
    rows = [row for row in table.rows if not is_blank(table.grid.rows[row])]
    read = {order: [period(table.grid.cell(row, place.period), order) for row in rows]
            for order in ("dmy", "mdy")}  # fmt: skip
    chosen = read[reading.dates or _order(read, place, rows)]
    for row, when in zip(rows, chosen, strict=True):
        if when is None:
            raise no_date(table.grid, row)
    dated = [(row, when) for row, when in zip(rows, chosen, strict=True) if when is not None]
    frequency = next(name for name in FREQUENCIES if any(when.frequency == name for _, when in dated))
    kept = [(row, when) for row, when in dated if when.frequency == frequency]
    if len(kept) < len(dated):
        notes.append(Message("Rows of longer periods left out: {count:,}.", count=len(dated) - len(kept)))
    newest_first = len(kept) > 1 and all(one > other for (_, one), (_, other) in pairwise(kept))
    kept = sorted(kept, key=lambda entry: entry[1])
    _check_twice(kept, place)
    return kept, frequency, newest_first


def _order(read: dict[str, list[Period | None]], place: Place, rows: list[int]) -> str:
    """Whether the day or the month comes first in dates such as 01/02/2024: as all of them are dates, and
    follow each other without holes. Raises ScenarioError where either would do."""
    if read["dmy"] == read["mdy"]:
        return "dmy"
    whole = [order for order, periods in read.items() if None not in periods]
    fitting = [order for order in whole if _is_regular(read[order])] if len(whole) > 1 else whole
    if len(fitting) == 1:
        return fitting[0]
    grid = place.table.grid
    if not whole:
        bad = next(row for row, when in zip(rows, read["dmy"], strict=True) if when is None)
        raise ScenarioError(
            "{where}: '{shown}' is no date in the order of the others; write all days as 2020-01-31",
            where=grid.line(bad), shown=short(written(grid.cell(bad, place.period))),
        )  # fmt: skip
    at = next(index for index, (one, other) in enumerate(zip(*read.values(), strict=True)) if one != other)
    one, other = (shown(when) for order in ("dmy", "mdy") if (when := read[order][at]) is not None)
    raise ScenarioError(
        "{where}: '{shown}' could be {one} or {other}, and no other date tells; say which with {remedy}",
        where=grid.line(rows[at]), shown=short(written(grid.cell(rows[at], place.period))),
        one=one, other=other, remedy=remedy("dates", "dmy", "mdy"),
    )  # fmt: skip


def _is_regular(periods: list[Period | None]) -> bool:
    """Whether days follow each other evenly: every day (but for weekends and holidays), the same step of
    days, or one day a month or a quarter without one left out."""
    days = sorted({when.number for when in periods if when is not None and when.frequency == "day"})
    steps = {after - before for before, after in pairwise(days)}
    if len(steps) <= 1 or max(steps) <= _LONGEST_REST:
        return True
    months = [month_of(Period("day", day)) for day in days]
    return all(after - before in (1, 3) for before, after in pairwise(months))


def _check_twice(kept: list[tuple[int, Period]], place: Place) -> None:
    for (row, when), (other, again) in pairwise(kept):
        if when == again:
            grid = place.table.grid
            differing = [
                column for column in range(place.table.width)
                if column not in (place.period, place.value)
                and written(grid.cell(row, column)) != written(grid.cell(other, column))
            ]  # fmt: skip
            if differing:
                name = place.table.name(differing[0])
                raise ScenarioError(
                    "{where}: {month} stands there for {name} = {one} and {other}; say which with {remedy}",
                    where=grid.line(other), month=shown(when), name=short(name),
                    one=short(written(grid.cell(row, differing[0]))),
                    other=short(written(grid.cell(other, differing[0]))),
                    remedy=remedy(f"where.{name}", "VALUE"),
                )  # fmt: skip
            raise ScenarioError(
                "{where}: {month} stands there twice; keep one", where=grid.line(other), month=shown(when)
            )


def _check(entries: list[Dated]) -> None:
    for entry in entries:
        if entry.value is not None and not 0 <= entry.value <= _LARGEST:
            raise ScenarioError(
                "{where}: {value:g} is no index from 0 to {most:g}",
                where=entry.where, value=entry.value, most=_LARGEST,
            )  # fmt: skip


def _base(rows: tuple[tuple[Cell, ...], ...], figures: dict[int, float]) -> str:
    """What is 100: as the first lines say, else the year whose mean is; empty where neither tells."""
    for row in rows:
        for cell in row[:50]:
            text = written(cell)[:300]
            if found := _SDMX_BASE.fullmatch(text):
                return f"20{found[1]}" if int(found[1]) < 69 else f"19{found[1]}"
            for pattern in _BASES:
                if found := pattern.search(text):
                    return found[1]
    by_year: dict[int, list[float]] = {}
    for month, value in figures.items():
        by_year.setdefault(month // 12, []).append(value)
    near = [year for year, values in by_year.items()
            if len(values) == 12 and abs(math.fsum(values) / 12 - 100.0) < 0.05]  # fmt: skip
    return str(near[0]) if len(near) == 1 else ""
