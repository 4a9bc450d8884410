"""Where it turns, over two factors: a map whose cells say what the difference comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from orgsim.answers.findings import Findings, FoundPoint
from orgsim.answers.turning import crossings
from orgsim.errors import OrgsimError
from orgsim.messages import Message, joined
from orgsim.scenario.loading import nearest
from orgsim.statistics.intervals import Estimate
from orgsim.statistics.verdicts import BETTER, WORSE, Verdict
from orgsim.studies.factors import is_number, rank, shown
from orgsim.studies.keys import identity


@dataclass(frozen=True)
class Cell:
    """One world of the map."""

    x: Any  #: value of the first factor
    y: Any  #: value of the second one
    difference: Estimate  #: other − baseline, in the measure's unit
    seeds: int  #: that were paired
    verdict: Verdict | None  #: see statistics/verdicts; None where neither less nor more is better


@dataclass(frozen=True)
class PhaseMap:
    """The paired difference over two factors. Verdicts hold for all points of the sweep together (Holm)."""

    measure: str  #: its key
    designs: tuple[str, str]  #: baseline, other
    x: str  #: name of the first factor
    y: str  #: name of the second one
    fixed: dict[str, Any]  #: values of the factors that are not shown
    cells: tuple[Cell, ...]  #: one for each pair of values
    border: tuple[tuple[float, Any], ...]  #: (x, y) where it surely turns, row by row

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": "phase_map", "measure": self.measure, "designs": list(self.designs), "x": self.x,
            "y": self.y, "fixed": self.fixed, "border": [list(point) for point in self.border],
            "cells": [
                {"x": cell.x, "y": cell.y, "mean": cell.difference.mean, "low": cell.difference.low,
                 "high": cell.difference.high, "seeds": cell.seeds, "verdict": cell.verdict}
                for cell in self.cells
            ],
        }  # fmt: skip


def phase_map(
    findings: Findings, x: str | None = None, y: str | None = None, measure: str | None = None,
    design: str | None = None, fixed: Mapping[str, Any] | None = None,
) -> PhaseMap:  # fmt: skip
    """The map over factors `x` and `y` (the first two), the others at `fixed` (else as in the base case, if
    that was sampled, or in the first point).

    Raises OrgsimError for names that do not exist, or if the sampling is no grid."""
    key, other = findings.checked(measure, design)
    factors = findings.experiment.factors
    if findings.experiment.sampling not in ("grid", "list") or len(factors) < 2:
        raise OrgsimError("a phase map needs sampling = 'grid' over two factors or more")
    if not findings.sampled:
        raise OrgsimError("no point of the map has been answered yet; run `orgsim sweep` to go on")
    names = [x or next(name for name in factors if name != y)]
    names.append(y or next(name for name in factors if name not in names))
    for name in [*names, *(fixed or {})]:
        if name not in factors:
            raise OrgsimError("'{name}' is no factor{hint}", name=name, hint=nearest(name, factors))
    if names[0] == names[1]:
        raise OrgsimError("a phase map needs two different factors")
    rest = {name: findings.anchor.values[name] for name in factors if name not in names}
    rest |= fixed or {}
    held = identity(rest)
    points = [p for p in findings.sampled if identity({name: p.values[name] for name in rest}) == held]
    if not points:
        raise OrgsimError(_nowhere(findings, rest))
    points.sort(key=lambda point: [rank(point.values[name]) for name in reversed(names)])
    verdicts = findings.verdicts(key, other)
    cells = tuple(_cell(findings, point, names, key, other, verdicts[point.name]) for point in points)
    return PhaseMap(key, (findings.baseline, other), names[0], names[1], rest, cells, _border(cells))


def _nowhere(findings: Findings, rest: Mapping[str, Any]) -> Message:
    """That no point lies where the map was to be cut, and where points lie."""
    asked = joined(f"{name} = {shown(value)}" for name, value in rest.items())
    known = {name: {shown(point.values[name]): None for point in findings.sampled} for name in rest}
    there = (
        Message("{name} takes {values}", name=name, values=joined(values)) for name, values in known.items()
    )
    return Message("no point has {asked}; {there}", asked=asked, there=joined(there, "; "))


def _cell(
    findings: Findings,
    point: FoundPoint,
    names: list[str],
    measure: str,
    design: str,
    verdict: Verdict | None,
) -> Cell:
    found = findings.difference(point, design, measure)
    seeds = len(findings.values(point, measure, (findings.baseline, design))[design])
    return Cell(point.values[names[0]], point.values[names[1]], found.difference, seeds, verdict)


def _border(cells: tuple[Cell, ...]) -> tuple[tuple[float, Any], ...]:
    """Where the mean difference crosses 0 along x, for every y: between cells of which one is better, the
    next one worse; what lies between them nobody can tell apart."""
    found = []
    for y in dict.fromkeys(cell.y for cell in cells):
        row = [cell for cell in cells if cell.y == y]
        if not all(is_number(cell.x) for cell in row):
            continue
        row.sort(key=lambda cell: cell.x)
        told = [place for place, cell in enumerate(row) if cell.verdict in (BETTER, WORSE)]
        for first, last in pairwise(told):
            part = row[first : last + 1]
            roots = crossings([cell.x for cell in part], [cell.difference.mean for cell in part])
            if roots and part[0].verdict != part[-1].verdict:
                found.append((roots[len(roots) // 2], y))
    return tuple(found)
