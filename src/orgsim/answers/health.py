"""The health of the calm: whether a scenario is a company from which one can conclude anything.

A short run of every design without crises, levers and rules of management says who is loaded, and with what,
whether customers stay, and whether the results are those of a company that works. A company that drowns in
calm answers no question about a crisis: where it does, no sentence about designs is told, and why is.
"""

import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from orgsim.answers.data import clean, origin
from orgsim.answers.designs import checked_designs
from orgsim.answers.remarks import PARTS, Load, Remark, implausible, loaded, unbalanced
from orgsim.engine.accounts.sums import column_sums
from orgsim.engine.operations.state import BOUNCE, COORDINATION, FAILURE, IDLE, NONE, REWORKING
from orgsim.messages import Message, Said, joined
from orgsim.scenario import HOURS_PER_WEEK, Scenario, load
from orgsim.scenario.crisis import Crisis
from orgsim.scenario.reach import functions_at_work
from orgsim.simulation.runner import Progress, by_design, seeds_from
from orgsim.simulation.schedule import Simulation
from orgsim.world import environment

#: the load to which a remedy leads
_SOUND = 0.85
#: weeks of a run that are looked at, after as many to fill up as the second number says
WEEKS, WARM_UP = 26, 13
#: a small function with long activities is loaded by chance in one world: several say more
WORLDS = 4


@dataclass(frozen=True)
class Calm:
    """One design in calm."""

    design: str  #: its key
    loads: tuple[Load, ...]  #: functions, units, managers
    measures: dict[str, float]  #: means of the runs
    customers: tuple[float, float, float, float]  #: at the start, won, lost, at the end
    remarks: tuple[Remark, ...]  #: what is wrong, or unusual


@dataclass(frozen=True)
class Health:
    """The calm of a scenario under each of its designs."""

    scenario: Scenario  #: as it stands, crises and all
    seeds: tuple[int, ...]  #: one for each world
    weeks: int  #: looked at in each
    calm: tuple[Calm, ...]  #: by design

    @property
    def reasons(self) -> tuple[tuple[str, Remark], ...]:
        """Why nothing can be concluded, with the design; empty where the calm is sound."""
        return tuple((calm.design, each) for calm in self.calm for each in calm.remarks if each.unhealthy)

    @property
    def fullest(self) -> tuple[str, Load]:
        """Who has the least time left of all whom work comes to, and under which design."""
        busy = functions_at_work(self.scenario)
        loads = [
            (calm.design, load)
            for calm in self.calm
            for load in calm.loads
            if load.kind == "managers" or load.key in busy
        ]
        return max(loads, key=lambda each: each[1].total)

    def against(self, *designs: str) -> list[tuple[str, Remark]]:
        """Why nothing can be concluded about these designs."""
        return [(design, each) for design, each in self.reasons if design in designs]

    @property
    def sound(self) -> bool:
        """Whether something can be concluded."""
        return not self.reasons

    def label(self, design: str) -> str:
        """A design's name for people."""
        return self.scenario.designs[design].label or design

    def told(self) -> dict[str, Any]:
        """What is wrong or unusual, as plain data, for an answer that stands on it."""
        return {
            "sound": self.sound,
            "remarks": [
                {"design": calm.design, **remark} for calm in self.calm for remark in _remark_data(calm)
            ],
        }

    def to_dict(self) -> dict[str, Any]:
        """Plain data with stable keys (see docs/json.md)."""
        return {
            "kind": "health", "scenario": self.scenario.title, "seeds": list(self.seeds), "weeks": self.weeks,
            "sound": self.sound,
            "designs": {calm.design: _calm_data(calm, self.label(calm.design)) for calm in self.calm},
            "provenance": origin(self.scenario),
        }  # fmt: skip


def _calm_data(calm: Calm, label: str) -> dict[str, Any]:
    start, won, lost, end = calm.customers
    return {
        "label": label,
        "loads": [
            vars(load) | {"name": str(load.name), "total": load.total, "needed": load.needed or None}
            for load in calm.loads
        ],
        "customers": {"start": start, "won": won, "lost": lost, "end": end},
        "measures": {key: clean(value) for key, value in calm.measures.items()},
        "remarks": _remark_data(calm),
    }


def _remark_data(calm: Calm) -> list[dict[str, Any]]:
    return [
        {"unhealthy": each.unhealthy, "what": str(each.what), "remedy": str(each.remedy)}
        for each in calm.remarks
    ]


def check(
    scenario: str | Path | dict[str, Any] | Scenario,
    designs: Sequence[str] | None = None,
    overrides: Iterable[str] = (),
    seed: int = 0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Health:
    """The health of a scenario's calm: 26 weeks without crises, levers and rules, after 13 to fill up (never
    more than the scenario's own), of every design or of `designs`, in four worlds from the one of `seed` on;
    loads, customers and measures are their means. `progress` is called with (done, total).

    Raises ScenarioError or DesignError for what cannot be run."""
    settings = load(scenario, overrides)
    environment(settings.effective())  # what does not fit in what happens later is said now
    chosen = checked_designs(settings, designs, least=1)
    quiet = in_calm(settings)
    seeds = seeds_from(seed, WORLDS)

    def live(design: str, number: int, stop: threading.Event) -> _Lived:
        return _lived(quiet, design, number, stop)

    found = by_design(live, chosen, seeds, workers, progress)
    calm = tuple(_calm(quiet, design, found[design]) for design in chosen)
    return Health(settings, seeds, quiet.horizon.weeks, calm)


@lru_cache(maxsize=16)
def _known(resolved: str, designs: tuple[str, ...]) -> Health:
    return check(Scenario.model_validate_json(resolved), designs)


def known_health(scenario: Scenario, designs: tuple[str, ...]) -> Health:
    """The same, found once for a scenario: pages and reports ask again and again."""
    return _known(scenario.model_dump_json(exclude_unset=True), designs)


def in_calm(settings: Scenario) -> Scenario:
    """The company as it is without crises, levers and rules of management, for as long as is looked at."""
    horizon = settings.horizon.model_copy(
        update={
            "weeks": min(WEEKS, settings.horizon.weeks),
            "warmup_weeks": min(WARM_UP, settings.horizon.weeks),
        }
    )
    calm = {"horizon": horizon, "crisis": Crisis(), "crises": {}, "levers": {}, "rules": {}}
    return settings.model_copy(update=calm)


class _Lived(NamedTuple):
    """One world of calm."""

    loads: tuple[Load, ...]
    measures: dict[str, float]
    customers: tuple[float, float, float, float]


def _calm(settings: Scenario, design: str, worlds: Sequence[_Lived]) -> Calm:
    """What worlds come to in the mean, and what is to be said about it."""
    loads = tuple(map(_mean_load, zip(*(world.loads for world in worlds), strict=True)))
    measures = {key: _mean([world.measures[key] for world in worlds]) for key in worlds[0].measures}
    start, won, lost, end = (_mean(each) for each in zip(*(w.customers for w in worlds), strict=True))
    moved = start, won, lost, end
    remarks = (*loaded(loads, settings), *unbalanced(moved, settings), *implausible(measures))
    return Calm(design, loads, measures, moved, remarks)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _mean_load(loads: Sequence[Load]) -> Load:
    means: dict[str, Any] = {name: _mean([getattr(load, name) for load in loads]) for name in PARTS}
    needed = math.ceil(_mean([load.needed for load in loads]))
    return replace(loads[0], **means, needed=needed, least=min(load.total for load in loads))


def _lived(settings: Scenario, design: str, seed: int, stop: threading.Event) -> _Lived:
    simulation = Simulation(settings, design, seed)
    simulation.run(lambda: stop.is_set() or simulation.week >= settings.horizon.warmup_weeks)
    before, customers = _backlog(simulation), simulation.market.active
    simulation.run(stop.is_set)
    if not simulation.finished:
        raise KeyboardInterrupt
    growth = _backlog(simulation) - before
    measures = simulation.result().measures
    sums = simulation.course.sums
    moved = (float(customers), sums["won"], sums["lost"], float(simulation.market.active))
    loads = (*_functions(simulation, growth), *_units(simulation), *_managers(simulation))
    return _Lived(loads, measures, moved)


def _backlog(simulation: Simulation) -> np.ndarray:
    """Hours of work that wait, by function."""
    pools = simulation.core.pools
    return np.bincount(
        pools["function"], weights=simulation.backlogs, minlength=len(simulation.settings.company.functions)
    )


def _filled(simulation: Simulation, mine: np.ndarray) -> tuple[dict[str, Any], float]:
    """What the paid time of some pools went into, in per cent of it, and their paid hours."""
    core = simulation.core
    pools = len(core.pools)
    paid = column_sums(core.paid[:pools][mine] + core.paid[pools:][mine])
    hours = math.fsum(paid)
    share = 100.0 / hours if hours else 0.0
    again = paid[BOUNCE] + paid[REWORKING] + paid[FAILURE]
    work = hours - paid[IDLE] - paid[COORDINATION] - again
    return {
        "work": float(share * work), "again": float(share * again),
        "coordination": float(share * paid[COORDINATION]), "decisions": 0.0,
    }, hours  # fmt: skip


def _functions(simulation: Simulation, growth: np.ndarray) -> list[Load]:
    """Functions, with the people who would do what came at a sound load."""
    settings, pools = simulation.settings, simulation.core.pools
    loads = []
    for row, (key, function) in enumerate(settings.company.functions.items()):
        filled, hours = _filled(simulation, pools["function"] == row)
        busy = hours * sum(filled.values()) / 100.0 + max(0.0, float(growth[row]))
        needed = function.staff * busy / hours / _SOUND if hours else 0.0
        name = Message(function.label or key)
        loads.append(Load("function", name, key, function.staff, **filled, needed=needed))
    return loads


def _units(simulation: Simulation) -> list[Load]:
    structure, pools = simulation.structure, simulation.core.pools
    return [
        Load("unit", Message(unit.name), "", int(size), **_filled(simulation, pools["unit"] == row)[0])
        for row, (unit, size) in enumerate(zip(structure.units, structure.sizes, strict=True))
        if size
    ]


def _managers(simulation: Simulation) -> list[Load]:
    """Everybody who decides, by whom they lead: the attention that decisions have taken, in per cent of what
    there is; of the heads of groups of a unit those who have the least left."""
    nodes = simulation.core.nodes
    hours = simulation.settings.horizon.weeks * HOURS_PER_WEEK
    loads: dict[str, Load] = {}
    for row in np.flatnonzero(nodes["managers"]):
        node = nodes[row]
        taken = node["hours"] / (node["attention"] * node["leadership"])
        share = float(min(100.0, 100.0 * taken / hours))  # a decision under way is booked whole
        load = Load(
            "managers", _led(simulation, int(row)), "", float(node["leadership"]), 0.0, 0.0, 0.0, share
        )
        fuller = loads.get(str(load.name))
        if fuller is None or fuller.decisions < share:
            loads[str(load.name)] = load
    return list(loads.values())


def _led(simulation: Simulation, row: int) -> Said:
    """Whom the managers of a node lead, in words."""
    nodes, units = simulation.core.nodes, simulation.structure.units
    if row < len(units):
        return Message(units[row].name)
    if (unit := int(nodes[row]["led_unit"])) != NONE:
        return Message("Fullest group in {unit}", unit=Message(units[unit].name))
    if nodes[row]["is_owner"]:
        owned = np.flatnonzero(simulation.core.owners == row)
        process = list(simulation.settings.processes.items())[int(owned[0])]
        return Message("Owner of {process}", process=Message(process[1].label or process[0]))
    if nodes[row]["parent"] == NONE:
        return Message("Top management")
    below = [units[unit].name for unit in np.flatnonzero(nodes["parent"][: len(units)] == row)]
    return Message("Superiors of {units}", units=joined(map(Message, below)))
