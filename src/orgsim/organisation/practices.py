"""Practices week by week: those of the design, moved by levers, adopted by people in their time."""

import math

import numpy as np

from orgsim.mechanisms.sponsorship import sponsored_ramp
from orgsim.mechanisms.team_familiarity import kept_in_a_week
from orgsim.organisation import Stage
from orgsim.scenario import Scenario
from orgsim.scenario.levers import Lever
from orgsim.scenario.practices import Practices

NAMES = tuple(Practices.model_fields)
ROW = {name: row for row, name in enumerate(NAMES)}
_NEGLIGIBLE = 1e-4


class PracticeCourse:
    """The practices [name, function] of one organisation, as they stand this week."""

    def __init__(self, scenario: Scenario, levers: dict[str, Lever], first: Stage):
        self._scenario = scenario
        self._functions = list(scenario.company.functions)
        self._heads = np.array([float(function.staff) for function in scenario.company.functions.values()])
        self._levers = {key: lever for key, lever in levers.items() if lever.kind == "practice"}
        self._base = self._of(first)
        self._ended: dict[str, int] = {}
        self.now = self._base.copy()
        self._means: dict[str, float] = {}
        self._stage: Stage | None = None
        self._aim = self._base
        self._remote = 0.0

    def _of(self, stage: Stage) -> np.ndarray:
        """What the design practises that rules in a stage; on the way, in part the one to come."""
        designs, company = self._scenario.designs, self._scenario.practices
        old = designs[stage.organised].practised(company).model_dump()
        new = designs[stage.target].practised(company).model_dump()
        values = [old[name] + stage.moved * (new[name] - old[name]) for name in NAMES]
        return np.repeat(np.array(values, float)[:, None], len(self._functions), axis=1)

    def end(self, key: str, week: int) -> None:
        """A lever is not kept up any more from this week on."""
        self._ended.setdefault(key, week)

    def advance(self, week: int, stage: Stage, remote: float) -> bool:
        """Bring `now` to this week of the measures; `remote` is the least share of remote work. True if
        anything has changed."""
        if stage is not self._stage:
            self._stage, self._aim = stage, self._of(stage)
        if self._base is self._aim and not self._levers and remote == self._remote:
            return False
        before, self._remote = self.now, remote
        self._adopt()
        values = self._base.copy()
        sponsorship = values[ROW["sponsorship"]].max()
        ordered = sorted(self._levers, key=lambda key: self._levers[key].practice != "sponsorship")
        for key in ordered:
            lever = self._levers[key]
            level = self.level(key, week, sponsorship)
            if level <= 0.0:
                continue
            assert lever.practice is not None
            assert lever.to is not None
            row = values[ROW[lever.practice]]
            for column, function in enumerate(self._functions):
                if lever.functions == "all" or function in lever.functions:
                    row[column] += level * (lever.to - row[column])
            if lever.practice == "sponsorship":
                sponsorship = row.max()
        values[ROW["remote_share"]] = np.maximum(values[ROW["remote_share"]], remote)
        self.now = values
        self._means.clear()
        return bool((values != before).any())

    def _adopt(self) -> None:
        """What the design practises is adopted in time: half of the way in the time in which half of
        what is strange becomes familiar."""
        if self._base is self._aim:
            return
        kept = kept_in_a_week(self._scenario)
        self._base = self._aim + kept * (self._base - self._aim)
        if np.abs(self._base - self._aim).max() < _NEGLIGIBLE:
            self._base = self._aim

    def level(self, key: str, week: int, sponsorship: float = 0.0) -> float:
        """How far a lever is in force, 0 to 1: a linear ramp, then, no longer kept up, decay."""
        lever = self._levers[key]
        ramp = sponsored_ramp(self._scenario, lever.ramp_weeks, sponsorship)
        end = self._ended.get(key)
        if lever.lasts_weeks is not None:
            planned = lever.start_week + lever.lasts_weeks
            end = planned if end is None else min(end, planned)
        last = week + 1 if end is None else min(week + 1, end)
        reached = min(1.0, max(0.0, (last - lever.start_week) / max(1.0, ramp)))
        faded = 0.0 if end is None else max(0, week + 1 - end)
        level = reached * 0.5 ** (faded / lever.half_life_weeks)
        return level if level > _NEGLIGIBLE else 0.0

    def mean(self, name: str) -> float:
        """Mean of a practice over the staff of the start."""
        if name not in self._means:
            row, total = self.now[ROW[name]], math.fsum(self._heads)
            weighted = math.fsum(row * self._heads) / total if total else math.fsum(row) / len(row)
            self._means[name] = weighted
        return self._means[name]
