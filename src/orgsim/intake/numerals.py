"""Numbers as people write them, decided from a whole column: never read as another number."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from orgsim.errors import ScenarioError, short
from orgsim.intake.grid import Cell, written
from orgsim.intake.reading import remedy
from orgsim.messages import Message, Said

SIGNS = {"point": ".", "comma": ","}
#: spaces and apostrophes between thousands
_GROUPING = " \u00a0\u202f\u2009\u2007'’"
_MISSING = re.compile(
    r"|\.{1,3}|…|[-–—/]|:\s*\(?[a-z]{0,2}\)?|#?n/?[ad]|n\.[ads]\.?|nan|null|none|ns|\(?[csx]\)?",
    re.IGNORECASE,
)
_CELL = re.compile(
    r"(?P<sign>[+-]?)[€$£]?\s?(?P<body>[0-9.,][0-9.,\s'’]*)(?P<exponent>e[+-]?[0-9]{1,3})?"
    r"\s*(?P<unit>%|€(?:/h)?|EUR|\$|£)?\s*(?P<flag>\(?[bcdefinprsuz]{1,3}\)?|\(?sd\)?|\*{1,3})?",
    re.IGNORECASE,
)


def _form(decimal: str, grouping: str) -> re.Pattern[str]:
    between = re.escape(grouping + _GROUPING)
    thousands = rf"[1-9][0-9]{{0,2}}(?P<group>[{between}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    point = re.escape(decimal)
    whole = rf"(?P<whole>{thousands}|[0-9]+)(?:{point}(?P<part>[0-9]*))?"
    return re.compile(rf"{whole}|{point}(?P<only>[0-9]+)")


_FORMS = {"point": _form(".", ","), "comma": _form(",", ".")}


@dataclass(frozen=True)
class Figure:
    """A cell with a number: what it is by decimal sign (those by which it is one), its unit and its flag."""

    by_sign: dict[str, float]
    unit: str = ""
    flag: str = ""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a column: None where one is missing; `decimal` is the sign that was decided on, empty
    where the numbers are the same with either."""

    values: list[float | None]
    decimal: str
    percent: bool
    flags: dict[int, str] = field(default_factory=dict)


def is_missing(cell: Cell) -> bool:
    """Whether a cell says that there is no number."""
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, str | None) and _MISSING.fullmatch(written(cell)) is not None


def figure(cell: Cell) -> Figure | None:
    """The number in a cell; None if there is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):
        value = float(cell) if abs(cell) < 1e300 else math.inf
        return Figure(dict.fromkeys(SIGNS, value)) if math.isfinite(value) else None
    if not isinstance(cell, str):
        return None
    found = _CELL.fullmatch(written(cell).replace("−", "-"))
    if found is None:
        return None
    parts = found.groupdict("")
    read = {sign: _value(form, parts) for sign, form in _FORMS.items()}
    values = {sign: value for sign, value in read.items() if value is not None}
    return Figure(values, parts["unit"], parts["flag"].strip("()").lower()) if values else None


def _value(form: re.Pattern[str], parts: dict[str, str]) -> float | None:
    found = form.fullmatch(parts["body"].strip())
    if found is None or (found["group"] and parts["exponent"]):
        return None
    whole = re.sub("[^0-9]", "", found["whole"] or "0")
    value = float(f"{parts['sign']}{whole}.{found['part'] or found['only'] or '0'}{parts['exponent']}")
    return value if math.isfinite(value) else None


def numbers(
    cells: Sequence[Cell], where: Callable[[int], Said], decimal: str | None = None, usual: str | None = None
) -> Numbers:
    """The numbers of a column. The decimal sign is `decimal` if it is named, else the only one with which
    every cell is a number; where both would do and give different numbers, that of the format (`usual`).

    Raises ScenarioError, with the line, for a cell that is no number, for signs that contradict each other,
    and where two numbers could be meant."""
    figures = [None if is_missing(cell) else figure(cell) for cell in cells]
    for row, (cell, found) in enumerate(zip(cells, figures, strict=True)):
        if found is None and not is_missing(cell):
            raise ScenarioError(
                "{where}: '{shown}' is no number", where=where(row), shown=short(written(cell))
            )
    known = {row: found for row, found in enumerate(figures) if found is not None}
    sign = decimal or _decided(known, cells, where, usual)
    for row, found in known.items():
        if sign and sign not in found.by_sign:
            raise ScenarioError(
                "{where}: '{shown}' is no number with a decimal {sign}",
                where=where(row), shown=short(written(cells[row])), sign=Message(sign),
            )  # fmt: skip
    percent = _percent(known, cells, where)
    values = [None if found is None else found.by_sign[sign or "point"] for found in figures]
    return Numbers(values, sign, percent, {row: found.flag for row, found in known.items() if found.flag})


def _decided(
    known: dict[int, Figure], cells: Sequence[Cell], where: Callable[[int], Said], usual: str | None
) -> str:
    """The decimal sign of a column; empty if every cell is the same with either."""
    open_rows = [row for row, found in known.items() if len(set(found.by_sign.values())) > 1]
    proofs = {next(iter(found.by_sign)): row for row, found in known.items() if len(found.by_sign) == 1}
    if len(proofs) > 1:
        row, other = proofs["comma"], proofs["point"]
        raise ScenarioError(
            "{where}: '{shown}' contradicts '{other}' ({there}): write all with the same decimal sign",
            where=where(row), shown=short(written(cells[row])), other=short(written(cells[other])),
            there=where(other),
        )  # fmt: skip
    if proofs:
        return next(iter(proofs))
    if open_rows and usual is None:
        found = known[open_rows[0]]
        raise ScenarioError(
            "{where}: '{shown}' could be {one:g} or {other:g}, and no other number tells; say which "
            "with {remedy}",
            where=where(open_rows[0]), shown=short(written(cells[open_rows[0]])),
            one=found.by_sign["comma"], other=found.by_sign["point"], remedy=remedy("decimal", *SIGNS),
        )  # fmt: skip
    return (usual or "") if open_rows else ""


def _percent(known: dict[int, Figure], cells: Sequence[Cell], where: Callable[[int], Said]) -> bool:
    """Whether all numbers are per cent."""
    marked = [row for row, found in known.items() if found.unit == "%"]
    if marked and len(marked) < len(known):
        other = next(row for row in known if row not in marked)
        raise ScenarioError(
            "{where}: '{shown}' is in per cent, '{other}' ({there}) is not: write all alike",
            where=where(marked[0]), shown=short(written(cells[marked[0]])),
            other=short(written(cells[other])), there=where(other),
        )  # fmt: skip
    return bool(marked)
