"""What would be best: settings of the levers on the front of cost, satisfaction and retention.

The front is searched with NSGA-II (Deb et al. 2002) as Optuna does it (`pip install "orgsim[optimise]"`),
and then run again under fresh seeds: whoever was only lucky in the search falls off it.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.errors import OrgsimError, ScenarioError
from orgsim.measures import BY_KEY
from orgsim.scenario import Scenario
from orgsim.simulation.runner import Progress, run_settings, seeds_from, side_by_side
from orgsim.statistics.intervals import Estimate, estimate
from orgsim.studies.design import Experiment
from orgsim.studies.factors import Factor, Value
from orgsim.studies.points import base_case, designs_of

OBJECTIVES = ("total_cost", "satisfaction", "retention")
_GENERATION = 16


@dataclass(frozen=True)
class Candidate:
    """One way to organise: a design, its levers, and what it reaches under fresh seeds."""

    design: str  #: its key
    levers: dict[str, Value]  #: value by lever
    reached: dict[str, Estimate]  #: by objective, under fresh seeds
    origin: str  #: "search", or "as it stands"
    on_front: bool  #: no other candidate beats it

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        reached = {
            name: {"mean": value.mean, "low": value.low, "high": value.high}
            for name, value in self.reached.items()
        }
        return dict(vars(self)) | {"reached": reached}


@dataclass(frozen=True)
class Front:
    """The candidates that were run again, those on the front first, the cheapest first."""

    objectives: tuple[str, ...]  #: keys of measures
    budget: float | None  #: most total cost, €; None without
    trials: int  #: of the search
    seeds: tuple[int, ...]  #: under which the candidates were run again
    candidates: tuple[Candidate, ...]  #: the front first

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": "front", "objectives": list(self.objectives), "budget": self.budget,
            "trials": self.trials, "seeds": list(self.seeds),
            "candidates": [candidate.to_dict() for candidate in self.candidates],
        }  # fmt: skip


def optimise(
    experiment: Experiment, trials: int = 96, budget: float | None = None, search_seeds: int = 2,
    again_seeds: int = 10, seed: int = 1, workers: int | None = None, progress: Progress | None = None,
) -> Front:  # fmt: skip
    """Search the levers of an experiment (and its designs) in the base case's world; `budget` is the most
    that may be spent (total cost). Every trial gets `search_seeds` seeds, the front `again_seeds` others.

    Raises OrgsimError without the extra, ScenarioError for an experiment without levers."""
    levers = {name: factor for name, factor in experiment.factors.items() if factor.role == "lever"}
    if not levers:
        raise ScenarioError("factors: none has role = 'lever'; there is nothing to choose")
    if budget is not None and budget <= 0:
        raise ScenarioError("--budget {budget:g} must be above 0", budget=budget)
    designs = designs_of(experiment, base_case(experiment))
    every = seeds_from(seed, search_seeds + again_seeds)
    search = _Search(experiment, levers, designs, every[:search_seeds], workers)
    total = trials + 1
    report = progress or (lambda done, total: None)
    tried = search.run(trials, budget, seed, lambda done: report(done, total))
    seeds = every[search_seeds:]
    fresh = _Search(experiment, levers, designs, seeds, workers)
    chosen: list[tuple[str, dict[str, Value], str]] = [(design, {}, "as it stands") for design in designs]
    within = [row for row in tried if budget is None or row[2][0] <= budget]
    kept = non_dominated(np.array([_signed(row[2]) for row in within])) if within else []
    chosen += [(*row[:2], "search") for row, on in zip(within, kept, strict=True) if on]
    chosen = list({repr(row[:2]): row for row in chosen}.values())
    answers = fresh.evaluate([(design, values) for design, values, _ in chosen])
    report(total, total)
    return _front(chosen, answers, budget, trials, seeds)


def _front(
    chosen: Sequence[tuple[str, dict[str, Value], str]], answers: list[np.ndarray], budget: float | None,
    trials: int, seeds: tuple[int, ...],
) -> Front:  # fmt: skip
    means = np.array([answer.mean(axis=0) for answer in answers])
    within = np.array([budget is None or row[0] <= budget for row in means])
    signed = np.array([_signed(row) for row in means])
    on = np.zeros(len(chosen), bool)
    on[within] = non_dominated(signed[within])
    candidates = [
        Candidate(
            design, values,
            {name: estimate(answer[:, i]) for i, name in enumerate(OBJECTIVES)}, origin, bool(front),
        )
        for (design, values, origin), answer, front in zip(chosen, answers, on, strict=True)
    ]  # fmt: skip
    ranked = sorted(candidates, key=lambda c: (not c.on_front, c.reached["total_cost"].mean))
    return Front(OBJECTIVES, budget, trials, seeds, tuple(ranked))


def non_dominated(costs: np.ndarray) -> list[bool]:
    """Which rows no other row beats: at most as large in every column, smaller in one."""
    return [not any((other <= row).all() and (other < row).any() for other in costs) for row in costs]


def _signed(row: Sequence[float] | np.ndarray) -> list[float]:
    """Objectives such that less is better."""
    return [
        float(value if BY_KEY[name].better == "lower" else -value)
        for name, value in zip(OBJECTIVES, row, strict=True)
    ]


class _Search:
    def __init__(
        self, experiment: Experiment, levers: Mapping[str, Factor], designs: tuple[str, ...],
        seeds: Sequence[int], workers: int | None,
    ):  # fmt: skip
        self.experiment, self.levers, self.designs = experiment, levers, designs
        self.seeds, self.workers = list(seeds), workers

    def evaluate(self, options: Sequence[tuple[str, dict[str, Value]]]) -> list[np.ndarray]:
        """For every option the objectives by seed, shape (seeds, objectives)."""
        settings = [self.experiment.at(values) for _, values in options]
        tasks = [(place, number) for place in range(len(options)) for number in self.seeds]

        def work(task: tuple[int, int], stop: threading.Event) -> list[float]:
            place, number = task
            return self._one(settings[place], options[place][0], number, stop)

        if not tasks:
            return []
        rows = np.array(side_by_side(work, tasks, self.workers))
        return list(rows.reshape(len(options), len(self.seeds), len(OBJECTIVES)))

    def _one(self, settings: Scenario, design: str, number: int, stop: threading.Event) -> list[float]:
        measures = run_settings(settings, design, number, stop).measures
        return [measures[name] for name in OBJECTIVES]

    def run(
        self, trials: int, budget: float | None, seed: int, report: Any
    ) -> list[tuple[str, dict[str, Value], np.ndarray]]:
        """All trials with their mean objectives, generation by generation: the same on any number of
        workers."""
        try:
            import optuna
        except ImportError:
            raise OrgsimError('this needs Optuna: pip install "orgsim[optimise]"') from None
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        sampler = optuna.samplers.NSGAIISampler(population_size=_GENERATION, seed=seed)
        study = optuna.create_study(directions=["minimize"] * len(OBJECTIVES), sampler=sampler)
        found: list[tuple[str, dict[str, Value], np.ndarray]] = []
        known: dict[str, np.ndarray] = {}
        while len(found) < trials:
            asked = [study.ask() for _ in range(min(_GENERATION, trials - len(found)))]
            options = [(self._design(trial), self._levers(trial)) for trial in asked]
            fresh = list({repr(option): option for option in options if repr(option) not in known}.values())
            for option, answer in zip(fresh, self.evaluate(fresh), strict=True):
                known[repr(option)] = answer.mean(axis=0)
            for trial, option in zip(asked, options, strict=True):
                means = known[repr(option)]
                if budget is not None:
                    trial.set_constraint("budget", float(means[0]) - budget)
                study.tell(trial, _signed(means))
                found.append((*option, means))
            report(len(found))
        return found

    def _design(self, trial: Any) -> str:
        return str(trial.suggest_categorical("design", list(self.designs)))

    def _levers(self, trial: Any) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, factor in self.levers.items():
            if factor.values:
                place = trial.suggest_int(f"lever {name}", 0, len(factor.values) - 1)
                values[name] = factor.values[place]
            else:
                values[name] = factor.at(trial.suggest_float(f"lever {name}", 0.0, 1.0))
        return values
