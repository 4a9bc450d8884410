"""The best of several designs with a stated probability of correct selection.

The fully sequential procedure KN (Kim and Nelson 2001, *A Fully Sequential Procedure for Indifference-Zone
Selection in Simulation*), with common random numbers: seeds go only to designs that may still be best.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.answers.designs import checked_designs
from orgsim.errors import ScenarioError
from orgsim.measures import BY_KEY
from orgsim.scenario import load
from orgsim.scenario.loading import nearest
from orgsim.simulation.runner import Progress, run_settings, seeds_from, side_by_side

_ROUND = 8


@dataclass(frozen=True)
class Selection:
    """The design that is best, or within the indifference zone of the best, with this probability."""

    measure: str  #: its key
    best: str | None  #: None if `most` seeds did not tell
    confidence: float  #: probability of a correct selection
    indifference: float  #: smallest difference that matters, in the measure's unit
    seeds: dict[str, int]  #: spent, by design
    means: dict[str, float]  #: by design
    left: tuple[str, ...]  #: designs that may still be best

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"kind": "selection"} | vars(self) | {"left": list(self.left)}


def screen(values: np.ndarray, first: int, confidence: float, indifference: float) -> list[bool]:
    """Which rows may still have the largest mean, after all columns have been seen one by one.

    `values` has shape (systems, observations), paired by column; the variances of the differences are
    those of the `first` columns. A row that is eliminated stays so."""
    systems, seen = values.shape
    freedom = first - 1
    # Bonferroni over the other systems: valid under common random numbers
    eta = 0.5 * ((2 * (1 - confidence) / (systems - 1)) ** (-2 / freedom) - 1)
    head = values[:, :first]
    spread = np.array([[(a - b).var(ddof=1) for b in head] for a in head])
    left = [True] * systems
    for count in range(first, seen + 1):
        sums = values[:, :count].mean(axis=1)
        slack = np.maximum(
            0.0, indifference / (2 * count) * (2 * eta * freedom * spread / indifference**2 - count)
        )
        now = list(left)
        for i in range(systems):
            for other in range(systems):
                if i != other and left[i] and left[other] and sums[i] < sums[other] - slack[i, other]:
                    now[i] = False
        left = now
        if sum(left) == 1:
            break
    return left


def select_best(
    scenario: Any, measure: str = "result", indifference: float = 0.0, confidence: float = 0.95,
    designs: Sequence[str] | None = None, first: int = 10, most: int = 500, seed: int = 1,
    overrides: Sequence[str] = (), workers: int | None = None, progress: Progress | None = None,
) -> Selection:  # fmt: skip
    """Run seeds until one design is left. `indifference` is the smallest difference that matters.

    Raises ScenarioError for names and numbers that do not fit."""
    settings = load(scenario, overrides)
    chosen = checked_designs(settings, designs)
    if measure not in BY_KEY or not BY_KEY[measure].better:
        raise ScenarioError(
            "--measure {measure} is no measure of which more, or less, is better{hint}",
            measure=measure,
            hint=nearest(measure, BY_KEY),
        )
    if indifference <= 0:
        raise ScenarioError(
            "--indifference {indifference:g} must be above 0: the least that matters to you",
            indifference=indifference,
        )
    if not 1 / len(chosen) < confidence < 1:
        raise ScenarioError(
            "--confidence {confidence:g} must be above {least:g} and below 1",
            confidence=confidence,
            least=1 / len(chosen),
        )
    if not 2 <= first <= most:
        raise ScenarioError(
            "--first {first} must be 2 or more, and at most --most {most}", first=first, most=most
        )
    sign = -1.0 if BY_KEY[measure].better == "lower" else 1.0
    seeds = seeds_from(seed, most)

    def work(task: tuple[str, int], stop: threading.Event) -> float:
        return run_settings(settings, task[0], task[1], stop).measures[measure]

    def run(names: Sequence[str], start: int, count: int) -> dict[str, list[float]]:
        tasks = [(name, number) for number in seeds[start : start + count] for name in names]
        answers = dict(zip(tasks, side_by_side(work, tasks, workers), strict=True))
        return {name: [answers[name, number] for number in seeds[start : start + count]] for name in names}

    found, left = _sequential(run, chosen, first, most, confidence, indifference, sign, progress)
    means = {name: float(np.mean(values)) for name, values in found.items()}
    return Selection(
        measure, left[0] if len(left) == 1 else None, confidence, indifference,
        {name: len(values) for name, values in found.items()}, means, tuple(left),
    )  # fmt: skip


def _sequential(
    run: Callable[[Sequence[str], int, int], dict[str, list[float]]], names: Sequence[str], first: int,
    most: int, confidence: float, indifference: float, sign: float, progress: Progress | None,
) -> tuple[dict[str, list[float]], list[str]]:  # fmt: skip
    """Observe the systems that are left, some seeds at a time, until one is left or `most` are spent.

    Whoever is eliminated has nan from there on, and is below everybody."""
    report = progress or (lambda done, total: None)
    found = run(names, 0, first)
    left, seen = list(names), first
    while True:
        report(seen, most)
        table = np.full((len(names), seen), -np.inf)
        for row, name in enumerate(names):
            table[row, : len(found[name])] = sign * np.array(found[name])
        table[~np.isfinite(table)] = -1e300
        alive = screen(table, first, confidence, indifference)
        left = [name for name, alone in zip(names, alive, strict=True) if alone and name in left]
        if len(left) <= 1 or seen >= most:
            return found, left
        count = min(_ROUND, most - seen)
        for name, values in run(left, seen, count).items():
            found[name] += values
        seen += count
