"""Text in columns: its encoding, and what stands between its cells."""

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

from orgsim.errors import ScenarioError, short
from orgsim.intake.grid import MOST_ROWS, Cell, Grid, bounded
from orgsim.intake.reading import TableReading, remedy
from orgsim.messages import Message

#: separators by name, the more telling first: a comma is found inside cells, too
SEPARATORS = {"semicolon": ";", "tab": "\t", "bar": "|", "comma": ","}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: characters by which separators are told apart
_SAMPLE = 100_000
#: how Excel says which separator a file has
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_text(content: bytes, path: Path, reading: TableReading) -> Grid:
    """The cells of a text file. Raises ScenarioError for what is no text in columns."""
    text, encoding = decoded(content, path, reading.encoding)
    said = _SAID.match(text)
    # a blank line in its place keeps the numbers of lines
    text = "\n" + text[said.end() :] if said else text
    name = reading.separator or _separator(text, said.group(1) if said else "")
    rows, lines = _cells(text, SEPARATORS[name], path)
    return Grid(path, "CSV", bounded(rows, path), lines, encoding, name)


def decoded(content: bytes, path: Path, wanted: str | None = None) -> tuple[str, str]:
    """Bytes as text, and the name of their encoding: as named, as their mark says, or the first in which
    they are text. Raises ScenarioError for what is no text."""
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _text(content, marked, path), marked
    for encoding in [wanted] if wanted else _likely(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise ScenarioError(
        "{path}: is no text that can be read as {encoding}; save it as CSV in UTF-8, or as XLSX",
        path=short(path, 200), encoding=wanted or "UTF-8, UTF-16, cp1252",
    )  # fmt: skip


def _likely(content: bytes) -> tuple[str, ...]:
    if 4 * content.count(0) > len(content):  # plain letters in UTF-16 have a zero before or after them
        little = content[1::2].count(0) >= content[::2].count(0)
        return ("utf-16-le" if little else "utf-16-be",)
    return ("utf-8", "cp1252", "latin-1")


def _text(content: bytes, encoding: str, path: Path) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ScenarioError(
            "{path}: begins as {encoding}, but byte {byte} is none; save it again",
            path=short(path, 200), encoding=encoding, byte=error.start + 1,
        ) from None  # fmt: skip
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _separator(text: str, said: str) -> str:
    """The separator that makes the most lines alike; of equals, the more telling one."""
    for name, sign in SEPARATORS.items():
        if sign == said:
            return name
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    alike = {name: _alike(sample, sign) for name, sign in SEPARATORS.items()}
    best = max(alike.values())
    return next(name for name, count in alike.items() if count == best) if best else "comma"


def _alike(sample: str, sign: str) -> int:
    """How many lines have the same number of cells, of two or more."""
    try:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
        widths = Counter(len(row) for row in rows if len(row) > 1)
    except csv.Error:
        return 0
    return max(widths.values(), default=0)


def _cells(text: str, sign: str, path: Path) -> tuple[list[tuple[Cell, ...]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows: list[tuple[Cell, ...]] = []
    lines: list[int] = []
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(reader.line_num)
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        raise ScenarioError(
            "{where}: is no CSV: {error}",
            where=Message("{path}, line {number}", path=short(path, 200), number=reader.line_num),
            error=error,
        ) from None
    return rows, lines


def check_widths(grid: Grid, rows: range, width: int) -> None:
    """Raises ScenarioError where a row has more cells than its table has columns: a decimal comma, say, that
    separates cells as well."""
    for row in rows:
        if len(grid.rows[row]) > width:
            raise ScenarioError(
                "{where}: has {count} cells where the table has {width} columns; put numbers with commas in "
                "quotes, or name the separator: {remedy}",
                where=grid.line(row), count=len(grid.rows[row]), width=width,
                remedy=remedy("separator", *SEPARATORS),
            )  # fmt: skip
