"""What a sweep has found: the answers of every point, paired seed by seed. All insight reads from here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from orgsim.answers.account import Account, Asked, Difference, Looks, Pair, judged
from orgsim.answers.health import Health, known_health
from orgsim.errors import OrgsimError
from orgsim.measures import BY_KEY, MEASURES
from orgsim.scenario import Scenario, load
from orgsim.scenario.loading import nearest
from orgsim.statistics.intervals import PairedDifference, paired
from orgsim.statistics.verdicts import Verdict
from orgsim.studies.design import Experiment, load_experiment
from orgsim.studies.factors import shown
from orgsim.studies.keys import identity
from orgsim.studies.stopping import looks_at

if TYPE_CHECKING:  # a database, which only who reads one needs
    from orgsim.studies.store import Store


class UnfinishedError(OrgsimError):
    """The sweep has not got that far yet; to go on with it is all that it takes."""


@dataclass(frozen=True)
class FoundPoint:
    """A point with the values of its factors, and every other setting of them that comes to the same
    scenario."""

    name: str  #: hash of its resolved scenario
    base: bool  #: no factor is varied
    sampled: bool  #: belongs to the experiment's own points
    values: dict[str, Any]  #: by factor
    samples: tuple[dict[str, Any], ...] = ()  #: settings of the factors that come to this scenario


@dataclass(frozen=True)
class Progress:
    """How far a sweep has got."""

    finished: bool  #: it ended by itself
    runs: int  #: that went well
    failed: int  #: runs that failed
    least: int  #: runs that it takes at least
    answered: int  #: points that every design has answered
    points: int  #: all of them

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return dict(vars(self))


@dataclass(frozen=True)
class Findings:
    """A store, read: `runs[measure][point, design]` are the answers by seed."""

    store: Store  #: that was read
    experiment: Experiment  #: that was swept
    designs: tuple[str, ...]  #: keys; the first is the baseline
    points: tuple[FoundPoint, ...]  #: with an answer under every design
    progress: Progress  #: how far the sweep has got
    #: the settings of the factors that no run has answered yet under every design
    waiting: frozenset[str] = frozenset()
    _runs: dict[str, dict[tuple[str, str], dict[int, float]]] = field(default_factory=dict, repr=False)
    _judged: dict[str, dict[tuple[str, str], Difference]] = field(default_factory=dict, repr=False)

    @cached_property
    def scenario(self) -> Scenario:
        """The base case as it was resolved when the sweep began."""
        return self.store.here(load(self.store.notes["scenario"]))

    @property
    def baseline(self) -> str:
        """The design that the others are compared with."""
        return self.designs[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The designs that are compared with the baseline."""
        return self.designs[1:]

    @property
    def base(self) -> FoundPoint:
        """The base case, in which no factor is varied."""
        return next(point for point in self.points if point.base)

    @cached_property
    def sampled(self) -> tuple[FoundPoint, ...]:
        """The points of the experiment's own design, one for each setting of the factors; two settings that
        come to the same scenario have the same answers."""
        return tuple(
            replace(point, values=values)
            for point in self.points
            if point.sampled
            for values in point.samples
        )

    @property
    def anchor(self) -> FoundPoint:
        """The sampled point at which factors are held that are not looked at: the base case if it is one."""
        return self.base if self.base.sampled else self.sampled[0]

    @property
    def health(self) -> Health:
        """The health of the base case's calm, under the designs that are compared."""
        return known_health(self.scenario, self.designs)

    def label(self, design: str) -> str:
        """A design's name for people."""
        return self.scenario.designs[design].label or design

    def by_seed(self, point: FoundPoint, design: str, column: str) -> dict[int, float]:
        """The answers of a point under a design, for a measure or another column of the runs."""
        self.know([column])
        return self._runs[column].get((point.name, design), {})

    def know(self, columns: Iterable[str]) -> None:
        """Read these columns of the runs, all at once: much quicker than one by one."""
        missing = [column for column in dict.fromkeys(columns) if column not in self._runs]
        if not missing:
            return
        wanted = ", ".join(f'"{column}"' for column in missing)
        found: dict[str, dict[tuple[str, str], dict[int, float]]] = {column: {} for column in missing}
        sql = f"SELECT point, design, seed, {wanted} FROM runs WHERE status = 'ok' ORDER BY seed"
        for name, of, seed, *values in self.store.query(sql):
            for column, value in zip(missing, values, strict=True):
                number = float("nan") if value is None else float(value)
                found[column].setdefault((name, of), {})[seed] = number
        self._runs.update(found)

    def values(self, point: FoundPoint, column: str, designs: Sequence[str] = ()) -> dict[str, np.ndarray]:
        """By design, the answers, shape (seeds,), for the seeds that all of these designs have answered."""
        chosen = designs or self.designs
        answers = {design: self.by_seed(point, design, column) for design in chosen}
        seeds = sorted(set.intersection(*(set(answer) for answer in answers.values())))
        return {
            design: np.array([answer[seed] for seed in seeds], float) for design, answer in answers.items()
        }

    def mean(self, point: FoundPoint, design: str, column: str) -> float:
        """The mean over seeds, in the measure's unit; nan where there are none."""
        found = list(self.by_seed(point, design, column).values())
        return float(np.mean(found)) if found else float("nan")

    def difference(self, point: FoundPoint, design: str, column: str) -> PairedDifference:
        """A design minus the baseline at a point, paired seed by seed, in the column's unit; of a measure
        with an interval that holds however often the sweep looked at it."""
        worlds = AtPoint(self, point)
        times, by_width = worlds.looks(column)
        return paired(*worlds.pair(design, column), looks=times, by_width=by_width)

    @cached_property
    def account(self) -> Account:
        """How the designs differ in the base case: every measure, judged together."""
        self.know([measure.key for measure in MEASURES])
        return Account(AtPoint(self, self.base))

    def judged(self, measure: str) -> dict[tuple[str, str], Difference]:
        """By name of a point and design, how the design differs from the baseline there: the verdicts of all
        sampled points under all designs together are right in 95 of 100 experiments. The base case, unless
        it is one of them, is judged with all its measures, as in `account`."""
        if measure not in self._judged:
            points = [point for point in self.points if point.sampled]
            where = [(point, design) for point in points for design in self.others]
            asked = [Asked(AtPoint(self, point), design, BY_KEY[measure]) for point, design in where]
            found = {
                (point.name, design): one for (point, design), one in zip(where, judged(asked), strict=True)
            }
            if not self.base.sampled:
                for design in self.others:
                    found[self.base.name, design] = self.account.difference(design, measure)
            self._judged[measure] = found
        return self._judged[measure]

    def verdicts(self, measure: str, design: str) -> dict[str, Verdict | None]:
        """By name of a sampled point, what a design's difference comes to there: see `judged`."""
        found = self.judged(measure)
        return {point.name: found[point.name, design].verdict for point in self.sampled}

    def at(self, values: dict[str, Any]) -> FoundPoint:
        """The point with these values of the factors. Raises UnfinishedError if the sweep has not got there,
        OrgsimError if it never will."""
        asked = identity(values)
        found = self._by_values.get(asked)
        if found is None and asked in self.waiting:
            raise UnfinishedError(
                "{folder}: the sweep is not complete; run `orgsim sweep` again", folder=self.store.folder
            )
        if found is None:
            told = ", ".join(f"{name} = {shown(value)}" for name, value in values.items())
            raise OrgsimError(
                "{folder}: {told} is no point of this sweep", folder=self.store.folder, told=told
            )
        return found

    @cached_property
    def _by_values(self) -> dict[str, FoundPoint]:
        return {identity(point.values): point for point in self.sampled}

    def checked(self, measure: str | None, design: str | None = None) -> tuple[str, str]:
        """The measure and the design asked for, or the experiment's first ones. Raises OrgsimError."""
        key = measure or self.experiment.measures[0]
        if key not in BY_KEY:
            raise OrgsimError(
                "--measure {measure} is no measure{hint}", measure=key, hint=nearest(key, BY_KEY)
            )
        if not self.others:
            raise OrgsimError(
                "{folder}: has one design only; a comparison needs two", folder=self.store.folder
            )
        chosen = design or self.others[0]
        if chosen not in self.others:
            raise OrgsimError(
                "--design {design} is not compared here{hint}",
                design=chosen,
                hint=nearest(chosen, self.others),
            )
        return key, chosen


@dataclass(frozen=True)
class AtPoint:
    """The worlds of one point, for the account of how designs differ."""

    findings: Findings  #: that are read
    point: FoundPoint  #: at which designs are compared

    @property
    def designs(self) -> tuple[str, ...]:
        """Keys; the first is the baseline."""
        return self.findings.designs

    @property
    def matters(self) -> Mapping[str, float]:
        """By measure, the smallest differences that the scenario itself declares."""
        return self.findings.scenario.matters

    def pair(self, design: str, measure: str) -> Pair:
        """The answers of the baseline and of a design, for the seeds that both have answered."""
        baseline = self.findings.baseline
        found = self.findings.values(self.point, measure, (baseline, design))
        return Pair(found[baseline], found[design])

    def looks(self, measure: str) -> Looks:
        """How often the sweep looked at a measure to see whether there were seeds enough."""
        rules = self.findings.experiment.replications
        if measure not in rules.judged or not self.point.sampled:
            return Looks(1, False)
        return Looks(looks_at(rules, measure), measure in rules.half_width)


def read(store: Store) -> Findings:
    """The findings of a store, without points that no run has answered yet under every design. Raises
    OrgsimError where there are none."""
    notes = store.notes
    if "experiment" not in notes or not store.parts("runs") or not store.parts("points"):
        raise OrgsimError("{folder}: there are no results; run `orgsim sweep` first", folder=store.folder)
    tables = dict(notes["experiment"])
    if tables["scenario"].endswith(".toml"):
        tables["scenario"] = str(store.folder / tables["scenario"])
    experiment = load_experiment(tables)
    answered = {
        name
        for (name,) in store.query(
            "SELECT point FROM runs WHERE status = 'ok' AND point IN (SELECT point FROM points) "
            f"GROUP BY point HAVING count(DISTINCT design) >= {len(notes['designs'])}"
        )
    }
    known = [
        FoundPoint(name, base, sampled, samples[0], tuple(samples))
        for name, base, sampled, text in store.query(
            "SELECT point, base, sampled, samples FROM points ORDER BY place"
        )
        if (samples := json.loads(text))
    ]
    points, waiting = [], set()
    for point in known:
        if point.name in answered:
            points.append(point)
        else:
            waiting |= {identity(values) for values in point.samples}
    if not any(point.base for point in points):
        raise UnfinishedError(
            "{folder}: the base case has no answer yet; run `orgsim sweep` to go on", folder=store.folder
        )
    ((runs, failed),) = store.query(
        "SELECT count(*) FILTER (status = 'ok'), count(*) FILTER (status <> 'ok') FROM runs "
        "WHERE point IN (SELECT point FROM points)"
    )
    progress = Progress("tally" in notes, runs, failed, notes["least"], len(points), len(known))
    return Findings(store, experiment, tuple(notes["designs"]), tuple(points), progress, frozenset(waiting))
