"""What a report is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orgsim.report.figures import Figure
from orgsim.statistics.verdicts import Verdict


@dataclass(frozen=True)
class Table:
    """A table of words and numbers; a long one is folded away behind its title."""

    title: str  #: shown above it
    columns: tuple[str, ...]  #: their names
    rows: tuple[tuple[Any, ...], ...]  #: as they are shown to people
    folded: bool = False  #: behind its title at first


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    key: str  #: its name in files and links
    title: str  #: shown above it
    paragraphs: tuple[str, ...] = ()  #: in the report's language
    figures: tuple[Figure, ...] = ()  #: below the paragraphs
    tables: tuple[Table, ...] = ()  #: below the figures


@dataclass(frozen=True)
class Card:
    """A measure at a glance."""

    title: str  #: name of the measure
    value: str  #: the difference, as it is shown
    detail: str  #: its interval, and both means
    verdict: Verdict | None  #: None where neither less nor more is better


def all_figures(parts: Sequence[Section]) -> list[Figure]:
    """Every figure of a report, in order."""
    return [figure for part in parts for figure in part.figures]
