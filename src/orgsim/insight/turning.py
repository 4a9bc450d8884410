"""Where the answer turns: the value of a factor at which the better design changes."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.accounts import BY_KEY
from orgsim.errors import ScenarioError
from orgsim.experiments.compare import checked_designs
from orgsim.experiments.data import clean
from orgsim.experiments.runner import Progress, run_settings, seeds_from, side_by_side
from orgsim.experiments.statistics import Estimate, paired
from orgsim.scenario import load
from orgsim.scenario.loading import nearest, override_text


@dataclass(frozen=True)
class TurningPoint:
    """Where the paired difference crosses 0, and how surely."""

    value: float  #: of the field
    low: float  #: nan where the interval is open on this side
    high: float  #: likewise


@dataclass(frozen=True)
class BreakEvenCurve:
    """The paired difference (other − baseline) along a factor, and where it turns."""

    field: str  #: path of the field that varies
    measure: str  #: its key
    designs: tuple[str, str]  #: baseline, other
    values: tuple[float, ...]  #: of the field
    differences: tuple[Estimate, ...]  #: at each value, in the measure's unit
    turns: tuple[TurningPoint, ...]  #: where it crosses 0

    def to_dict(self) -> dict[str, Any]:
        """Plain data; None where a side of an interval is open."""
        return {
            "kind": "break_even", "field": self.field, "measure": self.measure, "designs": list(self.designs),
            "curve": [
                {"value": value, "mean": d.mean, "low": d.low, "high": d.high}
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
        raise ScenarioError(f"the range is empty: low = {low:g}, high = {high:g}")
    if measure not in BY_KEY:
        raise ScenarioError(f"--measure {measure} is no measure{nearest(measure, BY_KEY)}")
    values = [float(value) for value in np.linspace(low, high, steps)]
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


def turning_points(values: Sequence[float], curve: Sequence[Estimate]) -> tuple[TurningPoint, ...]:
    """Where the mean crosses 0, each with the stretch on which the interval holds 0 around it."""
    means = [point.mean for point in curve]
    edges = sorted(
        [
            *crossings(values, [point.low for point in curve]),
            *crossings(values, [point.high for point in curve]),
        ]
    )
    found = []
    for root in crossings(values, means):
        below = [edge for edge in edges if edge <= root]
        above = [edge for edge in edges if edge >= root]
        found.append(
            TurningPoint(root, below[-1] if below else float("nan"), above[0] if above else float("nan"))
        )
    return tuple(found)


def crossings(values: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The zeros of a piecewise linear curve."""
    roots = []
    for i in range(len(values) - 1):
        a, b = heights[i], heights[i + 1]
        if a == 0.0:
            roots.append(values[i])
        elif a * b < 0:
            roots.append(values[i] + (values[i + 1] - values[i]) * a / (a - b))
    if heights[-1] == 0.0:
        roots.append(values[-1])
    return roots
