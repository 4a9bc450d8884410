"""Where the answer turns: the value of a factor at which the better design changes."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from orgsim.answers.data import clean
from orgsim.answers.designs import checked_designs
from orgsim.errors import ScenarioError
from orgsim.measures import BY_KEY
from orgsim.scenario import load
from orgsim.scenario.loading import nearest, override_text
from orgsim.scenario.reference import facts_of
from orgsim.simulation.runner import Progress, run_settings, seeds_from, side_by_side
from orgsim.statistics.intervals import Estimate, paired


@dataclass(frozen=True)
class TurningPoint:
    """Where the paired difference crosses 0, and how surely."""

    value: float  #: of the field
    low: float  #: nan where the interval is open on this side
    high: float  #: likewise

    @property
    def is_sure(self) -> bool:
        """Whether the better design is known on both sides."""
        return math.isfinite(self.low) and math.isfinite(self.high)


@dataclass(frozen=True)
class BreakEvenCurve:
    """The paired difference (other − baseline) along a factor, and where it turns."""

    field: str  #: path of the field that varies
    measure: str  #: its key
    designs: tuple[str, str]  #: baseline, other
    values: tuple[float, ...]  #: of the field
    differences: tuple[Estimate, ...]  #: at each value, in the measure's unit
    turns: tuple[TurningPoint, ...]  #: where it crosses 0

    @property
    def verdict(self) -> str:
        """What the curve allows to say: see `turning_verdict`."""
        return turning_verdict(self.values, self.differences)

    def to_dict(self) -> dict[str, Any]:
        """Plain data; None where a side of an interval is open."""
        return {
            "kind": "break_even", "field": self.field, "measure": self.measure, "designs": list(self.designs),
            "verdict": self.verdict,
            "curve": [
                {"value": value, "mean": clean(d.mean), "low": clean(d.low), "high": clean(d.high)}
                for value, d in zip(self.values, self.differences, strict=True)
            ],
            "turns": [
                {"value": turn.value, "low": clean(turn.low), "high": clean(turn.high)} for turn in self.turns
            ],
        }  # fmt: skip


def break_even(
    scenario: Any, designs: Sequence[str], field: str, low: float, high: float, measure: str = "result",
    steps: int = 9, replications: int = 10, seed: int = 1, overrides: Sequence[str] = (),
    workers: int | None = None, progress: Progress | None = None,
) -> BreakEvenCurve:  # fmt: skip
    """The paired difference at `steps` values of a field, and its roots with 95 % intervals: the values
    between which the interval of the difference holds 0 (the band inverted, as in Fieller 1954).

    Raises ScenarioError for a field, a value, a measure or a design that does not exist."""
    if low >= high:
        raise ScenarioError("the range is empty: low = {low:g}, high = {high:g}", low=low, high=high)
    if measure not in BY_KEY:
        raise ScenarioError(
            "--measure {measure} is no measure{hint}", measure=measure, hint=nearest(measure, BY_KEY)
        )
    values = _spaced(field, low, high, steps)
    steps = len(values)
    settings = [load(scenario, [*overrides, override_text(field, value)]) for value in values]
    chosen = checked_designs(settings[0], designs)[:2]
    seeds = seeds_from(seed, replications)
    tasks = [(place, number) for number in seeds for place in range(steps)]

    def work(task: tuple[int, int], stop: threading.Event) -> tuple[float, float]:
        place, number = task
        one, other = (run_settings(settings[place], design, number, stop) for design in chosen)
        return one.measures[measure], other.measures[measure]

    answers = dict(zip(tasks, side_by_side(work, tasks, workers, progress), strict=True))
    curve = []
    for place in range(steps):
        pairs = [answers[place, number] for number in seeds]
        curve.append(paired([a for a, _ in pairs], [b for _, b in pairs]).difference)
    return BreakEvenCurve(
        field, measure, (chosen[0], chosen[1]), tuple(values), tuple(curve), turning_points(values, curve)
    )


def _spaced(field: str, low: float, high: float, steps: int) -> list[float]:
    """Values from one to the other, evenly; of a field of whole numbers, the whole numbers next to them."""
    facts = facts_of(field)
    if facts is None or not facts.whole:
        return [float(value) for value in np.linspace(low, high, steps)]
    found = np.unique(np.round(np.linspace(low, high, steps)))
    return [int(value) for value in found if low <= value <= high]


def turning_verdict(values: Sequence[float], curve: Sequence[Estimate]) -> str:
    """What a curve with its intervals allows to say: it "turns" (the better design is known on both sides),
    it stays "more" or "less" all along, it "may turn" (known on one side only), or one "cannot tell"
    (every interval holds 0)."""
    signs = [_sign(point) for point in curve]
    if any(turn.is_sure for turn in turning_points(values, curve)):
        return "turns"
    if not any(signs):
        return "cannot tell"
    return ("more" if signs[0] > 0 else "less") if all(signs) else "may turn"


def _sign(point: Estimate) -> int:
    """1 or −1 where the interval leaves 0 out, else 0."""
    return int(point.low > 0) - int(point.high < 0)


def turning_points(values: Sequence[float], curve: Sequence[Estimate]) -> tuple[TurningPoint, ...]:
    """Where the curve turns, each with the stretch on which the interval holds 0 around it: between two
    values of which the better design is known, and is another one; or, open on one side, where the mean
    crosses 0 before the first or after the last such value. None where no value is known."""
    known = [(v, point) for v, point in zip(values, curve, strict=True) if math.isfinite(point.mean)]
    xs, points = [v for v, _ in known], [point for _, point in known]
    sure = [place for place, point in enumerate(points) if _sign(point)]
    if not sure:
        return ()
    stretches = [(0, sure[0]), *pairwise(sure), (sure[-1], len(points) - 1)]
    found = []
    for first, last in stretches:
        part = slice(first, last + 1)
        roots = crossings(xs[part], [point.mean for point in points[part]])
        ends = [math.copysign(1, points[place].mean) for place in (first, last)]
        if not roots or ends[0] == ends[1]:
            continue
        low, high = (
            _edges(xs[part], points[part], _sign(points[place])) or [float("nan")] for place in (first, last)
        )
        found.append(TurningPoint(roots[len(roots) // 2], low[0], high[-1]))
    return tuple(found)


def _edges(values: Sequence[float], curve: Sequence[Estimate], sign: int) -> list[float]:
    """Where the interval of a curve that is known to lie above 0 (or, with a sign of −1, below) begins or
    ceases to hold it; none where it is not known."""
    if not sign:
        return []
    return crossings(values, [point.low if sign > 0 else point.high for point in curve])


def crossings(values: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The zeros of a piecewise linear curve."""
    roots = []
    for i in range(len(values) - 1):
        a, b = heights[i], heights[i + 1]
        if a == 0.0:
            roots.append(values[i])
        elif a < 0.0 < b or b < 0.0 < a:  # a product could underflow
            roots.append(values[i] + (values[i + 1] - values[i]) * a / (a - b))
    if heights[-1] == 0.0:
        roots.append(values[-1])
    return roots
