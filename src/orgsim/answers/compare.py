"""The comparison with the same people: designs paired seed by seed, and the friction ledger."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.answers.account import HEADLINE, Account, Difference, Looks, Pair
from orgsim.answers.data import estimate_data, origin
from orgsim.answers.designs import checked_designs
from orgsim.answers.health import WORLDS, Health, check
from orgsim.answers.terms import BreakEven, WaterfallTerm, break_even_week
from orgsim.answers.wording import (
    Names,
    answer_sentence,
    break_even_sentence,
    unsound_sentence,
    why_sentence,
)
from orgsim.engine.accounts import COST_LINES
from orgsim.language.language import Language
from orgsim.measures import MEASURES
from orgsim.messages import Message
from orgsim.scenario import Scenario, load
from orgsim.scenario.reach import reach_notes
from orgsim.simulation.result import LEAD_LINES, RunResult
from orgsim.simulation.runner import Progress, by_design, run_settings, seeds_from, stage
from orgsim.statistics.intervals import Estimate, estimate, paired
from orgsim.world import environment


@dataclass(frozen=True)
class Comparison:
    """Designs in the same worlds. `results[design][replication]`; the first design is the baseline."""

    scenario: Scenario  #: as it was run
    designs: tuple[str, ...]  #: keys; the first is the baseline
    seeds: tuple[int, ...]  #: one for each world
    results: dict[str, list[RunResult]] = field(repr=False)  #: by design, world by world
    notes: tuple[Message, ...] = ()  #: what a reader should know about the figures
    health: Health | None = field(default=None, repr=False)  #: of the calm

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

    @property
    def matters(self) -> Mapping[str, float]:
        """By measure, the smallest differences that the scenario itself declares."""
        return self.scenario.matters

    def pair(self, design: str, measure: str) -> Pair:
        """The answers of the baseline and of a design, world by world."""
        return Pair(self.values(self.baseline, measure), self.values(design, measure))

    def looks(self, measure: str) -> Looks:
        """The number of worlds was fixed."""
        return Looks(1, False)

    @cached_property
    def account(self) -> Account:
        """How the designs differ: every measure, judged together."""
        return Account(self)

    def difference(self, design: str, measure: str) -> Difference:
        """A design minus the baseline, paired, with its 95 % interval, in the measure's unit, and its
        verdict: all of them together right in 95 of 100 comparisons."""
        return self.account.difference(design, measure)

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
        return BreakEven(len(found), len(weeks), estimate(found), self.difference(design, "result"))

    def names(self, design: str, say: Language) -> Names:
        """What a design and the baseline are called."""
        return Names(say(self.label(self.baseline)), say(self.label(design)))

    def sentence(
        self, design: str | None = None, say: Language | None = None, measures: Sequence[str] = HEADLINE
    ) -> str:
        """The answer in plain words: who is better on what, by how much, how surely, and which frictions
        differ most; in English if no language is given."""
        say, design = say or Language(), design or self.others[0]
        if self.health and (reasons := self.health.against(self.baseline, design)):
            return unsound_sentence(say, self.names(design, say), self.health, reasons)
        found = [self.difference(design, measure) for measure in measures]
        answer = answer_sentence(say, self.names(design, say), found)
        why = why_sentence(say, self.cost_waterfall(design), self.lead_time_waterfall(design))
        return f"{answer} {why}".rstrip()

    def break_even_sentence(self, design: str | None = None, say: Language | None = None) -> str:
        """From which week on a design's cumulated result is ahead of the baseline's; empty where nothing is
        concluded."""
        say, design = say or Language(), design or self.others[0]
        if self.health and self.health.against(self.baseline, design):
            return ""
        return break_even_sentence(say, self.names(design, say), self.break_even(design))

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data with stable keys (see docs/json.md)."""
        return {
            "kind": "comparison",
            "scenario": self.scenario.title,
            "seeds": list(self.seeds),
            "baseline": self.baseline,
            "designs": {
                design: {
                    "label": self.label(design),
                    "measures": {
                        measure.key: estimate_data(self.estimate(design, measure.key)) for measure in MEASURES
                    },
                }
                for design in self.designs
            },
            "differences": {design: self._difference_data(design) for design in self.others},
            "notes": [str(note) for note in self.notes],
            "health": self.health.told() if self.health else None,
            "provenance": origin(self.scenario),
        }

    def _difference_data(self, design: str) -> dict[str, Any]:
        turn = self.break_even(design)
        return {
            "measures": {
                measure.key: self.difference(design, measure.key).to_dict() for measure in MEASURES
            },
            "cost_waterfall": [term.to_dict() for term in self.cost_waterfall(design)],
            "lead_time_waterfall": [term.to_dict() for term in self.lead_time_waterfall(design)],
            "break_even": {
                "reached": turn.reached, "week": estimate_data(turn.week), "final": turn.final.to_dict(),
            },
            "sentence": self.sentence(design),
        }  # fmt: skip


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

    in_calm = len(chosen) * WORLDS
    runs = in_calm + len(chosen) * replications
    calm = check(settings, chosen, workers=workers, progress=stage(progress, 0, runs))
    results = by_design(work, chosen, seeds, workers, stage(progress, in_calm, runs))
    return Comparison(settings, chosen, seeds, results, notes_on(settings), calm)


def notes_on(settings: Scenario) -> tuple[Message, ...]:
    """What a reader should know about the world and the company of a scenario."""
    simulated = settings.effective()
    return (*environment(simulated).notes, *reach_notes(simulated))
