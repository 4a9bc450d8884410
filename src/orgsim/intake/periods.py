"""Dates as statistical offices, spreadsheets and people write them: days, weeks, months, quarters, years."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from orgsim.intake.grid import Cell, written

#: the finer first
FREQUENCIES = ("day", "week", "month", "quarter", "half-year", "year")
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
#: two digits of a year are of 1969 to 2068 (POSIX)
_CENTURY_TURNS = 69
_MONTHS = (
    "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march", "avril avr april apr",
    "mai may", "juin june jun", "juillet juil july jul", "aout aou august aug",
    "septembre sept sep september", "octobre oct october", "novembre nov november",
    "decembre dec december",
)  # fmt: skip
_BY_NAME = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
#: characters of a date; it has two digits side by side, and is no number with a sign in it
_LONGEST, _PLAUSIBLE = 40, re.compile(r"^(?![+-]?[0-9]*[.,][0-9]*$).*[0-9]{2}")
_TIME = r"(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_YEAR = r"(?P<y>[0-9]{4})"


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time: `number` counts days (weeks by their Monday), months, quarters, half-years or years
    since year 0, of the proleptic Gregorian calendar."""

    frequency: str
    number: int


def number_of(month: str) -> int:
    """The months since year 0 of a month such as 2020-01."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def named(number: int) -> str:
    """The month again."""
    return f"{number // 12}-{number % 12 + 1:02d}"


def shown(period: Period) -> str:
    """A period as ISO and SDMX write it."""
    number = period.number
    match period.frequency:
        case "day":
            return date.fromordinal(number).isoformat()
        case "week":
            year, week, _ = date.fromordinal(number).isocalendar()
            return f"{year}-W{week:02d}"
        case "month":
            return named(number)
        case "quarter":
            return f"{number // 4}-Q{number % 4 + 1}"
        case "half-year":
            return f"{number // 2}-S{number % 2 + 1}"
        case _:
            return str(number)


def months_of(period: Period) -> range:
    """The numbers of the months that a period of a month or longer holds."""
    length = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[period.frequency]
    return range(period.number * length, (period.number + 1) * length)


def month_of(period: Period) -> int:
    """The month to which a day or a week counts: that of its Thursday, as in ISO 8601."""
    day = date.fromordinal(period.number) + timedelta(days=3 if period.frequency == "week" else 0)
    return day.year * 12 + day.month - 1


def bare_month(cell: Cell) -> int | None:
    """The number from 1 to 12 of the name of a month without a year; None for anything else."""
    return _BY_NAME.get(_plain(cell[:_LONGEST]).rstrip(".")) if isinstance(cell, str) else None


def period(cell: Cell, dates: str = "dmy") -> Period | None:
    """The period that a cell names, with days before months in dates such as 01/02/2024 if `dates` is "dmy",
    after them if it is "mdy"; None if it names none."""
    if isinstance(cell, bool | float):
        return None
    if isinstance(cell, datetime | date):
        return _day(cell.year, cell.month, cell.day)
    text = written(cell)
    return None if len(text) > _LONGEST or not _PLAUSIBLE.search(text) else _parsed(text, dates)


@lru_cache(maxsize=20_000)
def _parsed(cell: str, dates: str) -> Period | None:
    text = _plain(cell)
    for pattern, made in _FORMS:
        found = pattern.fullmatch(text)
        if found is not None and (known := made(found.groupdict(), dates)) is not None:
            return known
    return None


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    """Small letters without accents, and plain spaces."""
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.split())


def _year(text: str) -> int | None:
    year = int(text)
    if len(text) == 2:
        year += 2000 if year < _CENTURY_TURNS else 1900
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _day(year: int | None, month: int, day: int) -> Period | None:
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return Period("day", date(year, month, day).toordinal())
    except ValueError:
        return None


def _dated(parts: dict[str, str], dates: str) -> Period | None:
    month = _BY_NAME.get(parts["name"]) if "name" in parts else int(parts["m"])
    return None if month is None else _day(_year(parts["y"]), month, int(parts["d"]))


def _either(parts: dict[str, str], dates: str) -> Period | None:
    day, month = (parts["a"], parts["b"]) if dates == "dmy" else (parts["b"], parts["a"])
    return _day(_year(parts["y"]), int(month), int(day))


def _month(parts: dict[str, str], dates: str) -> Period | None:
    year = _year(parts["y"])
    month = _BY_NAME.get(parts["name"]) if "name" in parts else int(parts["m"])
    if year is None or month is None or not 1 <= month <= 12:
        return None
    return Period("month", year * 12 + month - 1)


def _week(parts: dict[str, str], dates: str) -> Period | None:
    year = _year(parts["y"])
    try:
        return Period("week", date.fromisocalendar(year or 0, int(parts["w"]), 1).toordinal())
    except ValueError:  # also for a year that is none
        return None


def _part(frequency: str, count: int) -> Callable[[dict[str, str], str], Period | None]:
    def made(parts: dict[str, str], dates: str) -> Period | None:
        year = _year(parts["y"])
        return None if year is None else Period(frequency, year * count + int(parts.get("n", "1")) - 1)

    return made


#: how periods are written, and what makes one of the parts
_FORMS = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (_YEAR, _part("year", 1)),
        (rf"{_YEAR} ?(?P<m>[0-9]{{2}})", _month),
        (rf"{_YEAR}[-/ ]?m(?P<m>[0-9]{{1,2}})", _month),
        (rf"{_YEAR}[-/](?P<m>[0-9]{{1,2}})", _month),
        (rf"(?P<m>[0-9]{{1,2}})[-/]{_YEAR}", _month),
        (rf"{_NAME}[-/ ]*'?(?P<y>[0-9]{{4}}|[0-9]{{2}})", _month),
        (rf"{_YEAR}[-/ ]*{_NAME}", _month),
        (rf"{_YEAR}[-/](?P<m>[0-9]{{1,2}})[-/](?P<d>[0-9]{{1,2}}){_TIME}", _dated),
        (rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})", _dated),
        (rf"(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.{_YEAR}{_TIME}", _dated),
        (rf"(?P<d>[0-9]{{1,2}})(?:er)?[- ]{_NAME}[- ]{_YEAR}", _dated),
        (rf"{_NAME} (?P<d>[0-9]{{1,2}}),? {_YEAR}", _dated),
        (rf"(?P<a>[0-9]{{1,2}})(?P<s>[-/])(?P<b>[0-9]{{1,2}})(?P=s){_YEAR}{_TIME}", _either),
        (rf"{_YEAR}[- ]?[qt](?P<n>[1-4])", _part("quarter", 4)),
        (rf"[qt](?P<n>[1-4])[-/ ]?{_YEAR}", _part("quarter", 4)),
        (
            rf"(?P<n>[1-4])(?:er|e|eme|nd|rd|th|st)? (?:trim|trimestre|quarter)\.? {_YEAR}",
            _part("quarter", 4),
        ),
        (rf"{_YEAR}[- ]?[sh](?P<n>[12])", _part("half-year", 2)),
        (rf"[sh](?P<n>[12])[-/ ]?{_YEAR}", _part("half-year", 2)),
        (rf"{_YEAR}[- ]?(?:w|s(?=[0-9]{{2}}$))(?P<w>[0-9]{{1,2}})", _week),
        (rf"[ws](?P<w>[0-9]{{2}})[-/ ]?{_YEAR}", _week),
    )
)
