"""The comparison with the same people: designs paired seed by seed, and the friction ledger."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.answers.data import comparison_data
from orgsim.answers.wording import comparison_sentence
from orgsim.engine.accounts import COST_LINES
from orgsim.errors import ScenarioError
from orgsim.language.language import Language
from orgsim.messages import Message
from orgsim.organisation import stages
from orgsim.scenario import Scenario, load
from orgsim.scenario.reach import reach_notes
from orgsim.simulation.result import LEAD_LINES, RunResult
from orgsim.simulation.runner import Progress, by_design, run_settings, seeds_from
from orgsim.statistics.intervals import Estimate, PairedDifference, estimate, holm, paired
from orgsim.world import environment


@dataclass(frozen=True)
class WaterfallTerm:
    """One line of a ledger: what each design spends on it, and the difference."""

    line: str  #: of the ledger
    baseline: float  #: mean over worlds, € or hours per case
    other: float  #: likewise
    difference: Estimate  #: other − baseline, paired


@dataclass(frozen=True)
class BreakEven:
    """When a design has made good what it cost at first, against the baseline."""

    worlds: int  #: in which it is reached
    of: int  #: all of them
    week: Estimate  #: in those in which it is reached
    final: PairedDifference  #: of the cumulated results at the end of the run

    @property
    def reached(self) -> float:
        """The share of the worlds in which it is reached."""
        return self.worlds / self.of


@dataclass(frozen=True)
class Comparison:
    """Designs in the same worlds. `results[design][replication]`; the first design is the baseline."""

    scenario: Scenario  #: as it was run
    designs: tuple[str, ...]  #: keys; the first is the baseline
    seeds: tuple[int, ...]  #: one for each world
    results: dict[str, list[RunResult]] = field(repr=False)  #: by design, world by world
    notes: tuple[Message, ...] = ()  #: what a reader should know about the figures

    @property
    def baseline(self) -> str:
        """The design that the others are compared with."""
        return self.designs[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The designs that are compared with the baseline."""
        return self.designs[1:]

    def label(self, design: str) -> str:
        """A design's name for people."""
        return self.scenario.designs[design].label or design

    def values(self, design: str, measure: str) -> np.ndarray:
        """A measure in every replication, shape (replications,), in the measure's unit. KeyError for a name
        that is no design or measure."""
        return np.array([result.measures[measure] for result in self.results[design]])

    def estimate(self, design: str, measure: str) -> Estimate:
        """A design's mean with its 95 % interval (Student), in the measure's unit."""
        return estimate(self.values(design, measure))

    def difference(self, design: str, measure: str) -> PairedDifference:
        """A design minus the baseline, paired, with its 95 % interval, in the measure's unit."""
        return paired(self.values(self.baseline, measure), self.values(design, measure))

    def adjusted(self, measure: str) -> dict[str, float]:
        """By design the p-value of no difference, corrected for the number of designs (Holm 1979)."""
        found = [self.difference(design, measure).p_value for design in self.others]
        return dict(zip(self.others, holm(found), strict=True))

    def cost_waterfall(self, design: str) -> list[WaterfallTerm]:
        """Where the difference in total cost comes from, in euros; the terms sum to it."""
        return [self._term(design, line, _euros_of) for line in COST_LINES]

    def lead_time_waterfall(self, design: str) -> list[WaterfallTerm]:
        """Where the difference in lead time comes from, in hours per case; the terms sum to it."""
        return [self._term(design, line, RunResult.hours_per_case) for line in LEAD_LINES]

    def _term(self, design: str, line: str, read: Callable[[RunResult, str], float]) -> WaterfallTerm:
        base = np.array([read(result, line) for result in self.results[self.baseline]])
        other = np.array([read(result, line) for result in self.results[design]])
        difference = paired(base, other).difference
        return WaterfallTerm(line, float(base.mean()), float(other.mean()), difference)

    def break_even(self, design: str) -> BreakEven:
        """The week from which the cumulated result of a design stays above the baseline's (0: always)."""
        courses = [
            [result.weekly["result"] for result in self.results[name]] for name in (self.baseline, design)
        ]
        weeks = [break_even_week(other - base) for base, other in zip(*courses, strict=True)]
        found = [week for week in weeks if week is not None]
        base, other = ([float(np.cumsum(course)[-1]) for course in side] for side in courses)
        return BreakEven(len(found), len(weeks), estimate(found), paired(base, other))

    def sentence(self, design: str | None = None, say: Language | None = None) -> str:
        """The answer in plain words: who is better on what, by how much, how surely; in English if no
        language is given."""
        return comparison_sentence(self, design or self.others[0], say or Language())

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data with stable keys (see docs/json.md)."""
        return comparison_data(self)


def break_even_week(gains: np.ndarray) -> int | None:
    """The first week from which the running sum stays above 0; None if it ends below."""
    course = np.cumsum(gains)
    if not len(course) or course[-1] <= 0:
        return None
    behind = np.flatnonzero(course <= 0)
    return int(behind[-1]) + 1 if len(behind) else 0


def _euros_of(result: RunResult, line: str) -> float:
    return result.costs[line]


def compare(
    scenario: str | Path | dict[str, Any] | Scenario,
    replications: int = 20,
    seed: int = 0,
    designs: Sequence[str] | None = None,
    overrides: Iterable[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run every design of a scenario under the same seeds and compare them with the first.

    `designs` picks and orders some of them. `progress` is called with (done, total). The answer does
    not depend on `workers`. Raises ScenarioError or DesignError before anything runs.
    """
    settings = load(scenario, overrides)
    chosen = checked_designs(settings, designs)
    seeds = seeds_from(seed, replications)

    def work(design: str, number: int, stop: threading.Event) -> RunResult:
        return run_settings(settings, design, number, stop)

    results = by_design(work, chosen, seeds, workers, progress)
    return Comparison(settings, chosen, seeds, results, notes_on(settings))


def notes_on(settings: Scenario) -> tuple[Message, ...]:
    """What a reader should know about the world and the company of a scenario."""
    simulated = settings.effective()
    return (*environment(simulated).notes, *reach_notes(simulated))


def checked_designs(settings: Scenario, designs: Sequence[str] | None) -> tuple[str, ...]:
    """The designs to compare, each of which can be built."""
    chosen = tuple(designs) if designs else tuple(settings.designs)
    for design in chosen:
        stages(settings, design)
    if len(set(chosen)) < 2:
        raise ScenarioError(
            "a comparison needs two designs; this names {names}; add one to `designs`",
            names=", ".join(chosen),
        )
    return chosen
