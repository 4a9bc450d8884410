"""What a report is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orgsim.report.figures import Figure


@dataclass(frozen=True)
class Table:
    """A table of words and numbers; a long one is folded away behind its title."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    folded: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Card:
    """A measure at a glance."""

    title: str
    value: str
    detail: str
    verdict: str  # better, worse, not distinguishable


def all_figures(parts: Sequence[Section]) -> list[Figure]:
    """Every figure of a report, in order."""
    return [figure for part in parts for figure in part.figures]
