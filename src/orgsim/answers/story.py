"""The story of one case, in several designs: who worked on it, where it waited, who decided.

The same case comes to every organisation at the same time, with the same needs and the same hours of work
(see `randomness`); what differs is its way.
"""

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.engine.operations.day import run_until
from orgsim.engine.operations.state import (
    DORMANT,
    FREE,
    IN_ARBITRATION,
    IN_QUEUE,
    IN_TRANSIT,
    IN_WORK,
    NONE,
    REPAIR,
    REWORK,
    TRIAGE,
    Core,
)
from orgsim.errors import ScenarioError
from orgsim.organisation import stages
from orgsim.scenario import HOURS_PER_DAY, Scenario, load
from orgsim.scenario.loading import nearest
from orgsim.simulation.schedule import Simulation

_WAYS = {
    IN_QUEUE: "waits",
    IN_TRANSIT: "is handed over",
    IN_ARBITRATION: "awaits a decision",
    DORMANT: "rests",
}
_JOBS = {REWORK: "is done again", REPAIR: "is completed", TRIAGE: "is sent back"}


#: what happens, unit, function, person, level of decision
Scene = tuple[str, str, str, int | None, int | None]
_NOWHERE: Scene = ("", "", "", None, None)


@dataclass(frozen=True)
class Episode:
    """A stretch of a case's way, in working hours since it was opened."""

    start: float  #: working hours since the case was opened
    end: float  #: likewise
    what: str  #: waits, is worked on, is handed over …
    unit: str  #: its name
    function: str  #: its key
    person: int | None  #: row of the member who works on it
    level: int | None  #: of whom a decision is awaited: 0 the head of the group, higher above

    @property
    def hours(self) -> float:
        """How long it took."""
        return self.end - self.start


@dataclass(frozen=True)
class Story:
    """A case's way through one organisation."""

    design: str  #: its key
    case_type: str  #: its key
    week: int  #: in which it came
    episodes: tuple[Episode, ...]  #: in the order of time
    outcome: str  #: done, given up, still open

    @property
    def hours(self) -> float:
        """From opening to close."""
        return self.episodes[-1].end if self.episodes else 0.0

    def total(self, what: str) -> float:
        """Hours of one kind of episode."""
        return math.fsum(episode.hours for episode in self.episodes if episode.what == what)

    @property
    def persons(self) -> int:
        """People who have had it in hand."""
        return len({episode.person for episode in self.episodes if episode.person is not None})

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "design": self.design, "case_type": self.case_type, "week": self.week, "outcome": self.outcome,
            "hours": self.hours, "persons": self.persons,
            "episodes": [vars(episode) | {"hours": episode.hours} for episode in self.episodes],
        }  # fmt: skip


class Watched(Simulation):
    """A simulation that is looked at after every event: `watch(core)`. The same bits as without."""

    watch: Callable[[Core], None] | None = None

    def cases_are_worked_on(self, days: int = 1) -> None:
        """As always, but event by event while somebody looks."""
        until = float((self.day + days) * HOURS_PER_DAY)
        while self.watch is not None and (time := next_event(self.core)) <= until:
            self.core = run_until(self.core, time)
            self.watch(self.core)
        super().cases_are_worked_on(days)


def next_event(core: Core) -> float:
    """When something happens next; infinity if nothing is planned."""
    clock = core.clock[0]
    times = [float("inf")]
    if clock["next_arrival"] < clock["arrivals"]:
        times.append(float(core.arrivals[clock["next_arrival"]]["time"]))
    if clock["agenda_size"]:
        times.append(float(core.agenda[0]["time"]))
    return min(times)


def tell(
    scenario: Any, designs: Sequence[str] | None = None, week: int = 0, number: int = 1,
    case_type: str | None = None, seed: int = 1, overrides: Sequence[str] = (), patience_weeks: int = 26,
) -> list[Story]:  # fmt: skip
    """The `number`-th case (of a type) that comes to all these designs in a week, and its way in each.

    Raises ScenarioError if there is no such case; it is followed for `patience_weeks` at the most."""
    settings = load(scenario, overrides)
    chosen = list(designs or settings.designs)
    for design in chosen:
        stages(settings, design)
    if case_type is not None and case_type not in settings.case_types:
        raise ScenarioError(
            "--type {case_type} is no kind of case{hint}",
            case_type=case_type,
            hint=nearest(case_type, settings.case_types),
        )
    if not 0 <= week < settings.horizon.weeks:
        raise ScenarioError(
            "--week {week} must be 0 to {last}, the scenario's weeks",
            week=week,
            last=settings.horizon.weeks - 1,
        )
    runs = {design: _until(settings, design, seed, week) for design in chosen}
    key, kind = _common_case(runs, settings, week, number, case_type)
    return [_follow(run, settings, design, key, kind, week, patience_weeks) for design, run in runs.items()]


def follow(
    settings: Scenario, designs: Sequence[str], key: int, week: int, seed: int, patience_weeks: int = 26
) -> list[Story | None]:
    """The way of one case, known by its key and the week in which it came, in each of the designs; None
    where no such case comes in that week (its customer has left, say, or had no need to come back)."""
    stories: list[Story | None] = []
    for design in designs:
        run = _until(settings, design, seed, week)
        told = _follow(run, settings, design, key, "", week, patience_weeks)
        stories.append(told if told.case_type else None)
    return stories


def _until(settings: Scenario, design: str, seed: int, week: int) -> Watched:
    """A run that has reached a week, whose cases are about to come."""
    run = Watched(settings, design, seed)
    while run.week < week:
        run.step()
    return run


def _common_case(
    runs: dict[str, Watched], settings: Scenario, week: int, number: int, case_type: str | None
) -> tuple[int, str]:
    """Key and type of a case that comes to all of them."""
    names = list(settings.case_types)
    found: list[dict[int, int]] = []
    for run in runs.values():
        probe = copy.deepcopy(run)
        probe.demand_arrives()
        count = int(probe.core.clock["arrivals"][0])
        arrivals = probe.core.arrivals[:count]
        found.append({int(a["key"]): int(a["type"]) for a in arrivals})
    common = [
        key
        for key, kind in found[0].items()
        if all(key in other for other in found[1:]) and case_type in (None, names[kind])
    ]
    if not 1 <= number <= len(common):
        raise ScenarioError(
            "--number {number}: in week {week} there are {count} cases that come to all designs"
            if case_type is None
            else "--number {number}: in week {week} there are {count} cases of type '{case_type}' that come "
            "to all designs",
            number=number,
            week=week,
            count=len(common),
            case_type=case_type,
        )
    return common[number - 1], names[found[0][common[number - 1]]]


def _follow(
    run: Watched, settings: Scenario, design: str, key: int, kind: str, week: int, patience_weeks: int
) -> Story:
    teller = _Teller(run, settings, key)
    run.watch = teller.look
    last = min(settings.horizon.weeks + settings.horizon.warmup_weeks, week + patience_weeks)
    while not teller.over and run.week < last and not run.finished:
        if run.week > week and teller.slot < 0:
            break
        run.step()
    return Story(design, kind or teller.kind, week, tuple(teller.episodes), teller.outcome)


class _Teller:
    """Looks at one case after every event and writes down what has changed."""

    def __init__(self, run: Watched, settings: Scenario, key: int):
        self.run, self.key = run, np.uint64(key)
        self.functions = list(settings.company.functions)
        self.kinds, self.kind = list(settings.case_types), ""
        self.episodes: list[Episode] = []
        self.slot, self.opened, self.over, self.outcome = -1, 0.0, False, "still open"
        self._since, self._scene = 0.0, _NOWHERE

    def look(self, core: Core) -> None:
        """Note a change of scene."""
        now = float(core.clock[0]["now"])
        if self.slot < 0:
            here = np.flatnonzero((core.cases["key"] == self.key) & (core.cases["state"] != FREE))
            if not len(here):
                return
            self.slot, self.opened, self._since = int(here[0]), now, now
            self.kind = self.kinds[int(core.cases[self.slot]["type"])]
        case = core.cases[self.slot]
        gone = case["state"] == FREE or case["key"] != self.key
        scene = _NOWHERE if gone else self._scene_of(core, case)
        if scene == self._scene and not gone:
            return
        if self._scene[0] and now > self._since:
            start, end = self._since - self.opened, now - self.opened
            self.episodes.append(Episode(start, end, *self._scene))
        self._since, self._scene, self.over = now, scene, bool(gone)
        if gone:
            closed = core.closed[: core.clock[0]["closed"]]
            row = closed[closed["key"] == self.key]
            self.outcome = "given up" if len(row) and row[-1]["abandoned"] else "done"

    def _scene_of(self, core: Core, case: Any) -> Scene:
        state = int(case["state"])
        pool = core.pools[core.routes[case["step"], case["segment"]]]
        unit = self.run.structure.units[int(pool["unit"])].name
        function = self.functions[int(pool["function"])]
        if state == IN_WORK:
            return _JOBS.get(int(case["mode"]), "is worked on"), unit, function, int(case["member"]), None
        level = self._level(core, case) if state == IN_ARBITRATION else None
        return _WAYS.get(state, "rests"), unit, function, None, level

    def _level(self, core: Core, case: Any) -> int:
        """How far above the head of the group a decision is taken."""
        node, height = int(core.groups["head"][core.members["group"][case["member"]]]), 0
        while node not in (NONE, int(case["target"])):
            node, height = int(core.nodes["parent"][node]), height + 1
        return height
