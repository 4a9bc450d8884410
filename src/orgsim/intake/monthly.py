"""Days, weeks and quarters as months: an index for every month between the first and the last."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from orgsim.errors import ScenarioError, short
from orgsim.intake.periods import Period, month_of, months_of, named
from orgsim.intake.reading import SeriesReading, remedy
from orgsim.messages import Message, Said


@dataclass(frozen=True)
class Dated:
    """A figure of a period, None where it is missing, and where it stands."""

    when: Period
    value: float | None
    where: Said


def monthly(
    entries: Sequence[Dated], frequency: str, reading: SeriesReading, path: Path, notes: list[Said]
) -> tuple[dict[int, float], str]:
    """The index by number of the month, from entries in the order of time, and how often a figure stands
    there (of days, one a month is a month, one in three a quarter); what was done to get it is added to
    `notes`.

    Raises ScenarioError for years, and where a month is missing that nobody has said how to fill."""
    if frequency == "day" and _are_quarters(entries):
        quarters = [Period("quarter", month_of(entry.when) // 3) for entry in entries]
        entries = [Dated(when, e.value, e.where) for when, e in zip(quarters, entries, strict=True)]
        frequency = "quarter"
    if frequency in ("half-year", "year"):
        raise ScenarioError(
            "{path}: holds one figure a {frequency}; a crisis needs months, quarters, weeks or days",
            path=short(path, 200), frequency=Message(frequency),
        )  # fmt: skip
    by_month: dict[int, list[Dated]] = {}
    for entry in entries:
        short_ones = frequency in ("day", "week")
        for month in [month_of(entry.when)] if short_ones else months_of(entry.when):
            by_month.setdefault(month, []).append(entry)
    if frequency == "quarter":
        notes.append(Message("Each month has the figure of its quarter."))
    elif all(len(inside) == 1 for inside in by_month.values()):
        frequency = "month"
    else:
        _say_how(entries, frequency, by_month, reading, notes)
    figures, gaps = _gathered(by_month, reading.months == "sum")
    if not figures:
        raise ScenarioError("{path}: holds no month", path=short(path, 200))
    return _filled(figures, gaps, entries, reading, notes), frequency


def _are_quarters(entries: Sequence[Dated]) -> bool:
    """Whether days stand for quarters: one in three months, all at the beginnings or all at the ends."""
    months = [month_of(entry.when) for entry in entries]
    steps = {after - before for before, after in pairwise(months)}
    return steps == {3} and months[0] % 3 in (0, 2)


def _say_how(
    entries: Sequence[Dated], frequency: str, by_month: dict[int, list[Dated]], reading: SeriesReading,
    notes: list[Said],
) -> None:  # fmt: skip
    """Note how months come of days or weeks; months that are not whole at the ends have no sum."""
    missing = sum(entry.value is None for entry in entries)
    if reading.months == "mean":
        notes.append(Message("Each month is the mean of its figures."))
        if missing:
            notes.append(Message("Without a figure, and not in a mean: {count:,}.", count=missing))
        return
    notes.append(Message("Each month is the sum of its figures."))
    for month in _cut_off(entries, frequency, by_month):
        del by_month[month]
        notes.append(Message("{month} is not whole, and left out of the sums.", month=named(month)))


def _gathered(by_month: dict[int, list[Dated]], summed: bool) -> tuple[dict[int, float], dict[int, Said]]:
    """Months of their figures, the mean or the sum, and where those stand that have none."""
    figures: dict[int, float] = {}
    gaps: dict[int, Said] = {}
    for month, inside in by_month.items():
        values = [entry.value for entry in inside if entry.value is not None]
        if not values or (summed and len(values) < len(inside)):
            gaps[month] = next(entry.where for entry in inside if entry.value is None)
        else:
            figures[month] = math.fsum(values) / (1 if summed else len(values))
    return figures, gaps


def _cut_off(entries: Sequence[Dated], frequency: str, by_month: dict[int, list[Dated]]) -> list[int]:
    """The first and the last month, where the series does not hold them whole."""
    length = 7 if frequency == "week" else 1
    shift = 3 if frequency == "week" else 0  # a week counts to the month of its Thursday
    before = month_of(Period("day", entries[0].when.number + shift - length))
    after = month_of(Period("day", entries[-1].when.number + shift + length))
    ends = {min(by_month): before, max(by_month): after}
    return [month for month, beyond in ends.items() if month == beyond]


def _filled(
    figures: dict[int, float], gaps: dict[int, Said], entries: Sequence[Dated], reading: SeriesReading,
    notes: list[Said],
) -> dict[int, float]:  # fmt: skip
    """The figures with those between them that are missing, as a person has said."""
    first, last = min(figures), max(figures)
    outside = sum(int(not first <= month <= last) for month in gaps)
    if outside:
        notes.append(
            Message("Without a figure at the ends, and left out: {count: month|months}.", count=outside)
        )
    missing = [month for month in range(first, last + 1) if month not in figures]
    if missing and reading.missing == "refuse":
        line = next(entry.where for entry in entries if _last_month(entry.when) >= missing[0])
        raise ScenarioError(
            "{where}: {month} is missing; give its figure, or {remedy}",
            where=gaps.get(missing[0], line), month=named(missing[0]),
            remedy=remedy("missing", "interpolate", "hold"),
        )  # fmt: skip
    straight = reading.missing == "interpolate"
    whole = {}
    for before, after in pairwise(sorted(figures)):
        for month in range(before, after):
            share = (month - before) / (after - before) if straight else 0.0
            whole[month] = figures[before] + share * (figures[after] - figures[before])
    whole[last] = figures[last]
    if missing:
        filled = (
            Message("Without a figure: {count: month|months}; on a straight line between its neighbours.",
                    count=len(missing))
            if straight
            else Message("Without a figure: {count: month|months}; the last figure before it is held.",
                         count=len(missing))
        )  # fmt: skip
        notes.append(filled)
    return whole


def _last_month(when: Period) -> int:
    return month_of(when) if when.frequency in ("day", "week") else months_of(when)[-1]
