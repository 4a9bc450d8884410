"""The health of the calm: whether a scenario is a company from which one can conclude anything.

A short run of every design without crises, levers and rules of management says who is loaded, and with what,
whether customers stay, and whether the results are those of a company that works. A company that drowns in
calm answers no question about a crisis: where it does, no sentence about designs is told, and why is.
"""

import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.answers.data import clean, origin
from orgsim.answers.designs import checked_designs
from orgsim.engine.accounts.sums import column_sums
from orgsim.engine.operations.state import BOUNCE, COORDINATION, FAILURE, IDLE, NONE, REWORKING
from orgsim.measures import BY_KEY
from orgsim.messages import Message, Said, joined
from orgsim.scenario import HOURS_PER_WEEK, Scenario, load
from orgsim.scenario.crisis import Crisis
from orgsim.scenario.reach import functions_at_work
from orgsim.simulation.runner import side_by_side
from orgsim.simulation.schedule import Simulation
from orgsim.working_time import WEEKS_PER_YEAR

#: weeks of the run that are looked at, after as many to fill up as the second number says
WEEKS, WARM_UP = 26, 13
#: per cent of time from which nobody has any left: queues grow until something else gives (Hopp & Spearman
#: 2008: waiting grows with u ÷ (1 − u))
FULL = 95.0
#: the load to which a remedy leads
_SOUND = 0.85
#: share of customers that may be lost in a calm year, on balance
_MOST_LOST = 0.10

#: measures of which a working company in calm is known to be inside, with the ends; None where there is none
PLAUSIBLE = {
    "service_level": (50.0, None),
    "abandonment": (None, 10.0),
    "arbitration_latency": (None, 24.0),
    "coordination_share": (None, 30.0),
}
_FIELDS = {
    "service_level": "company.functions.*.staff, case_types.*.promise",
    "abandonment": "company.functions.*.staff, case_types.*.patience",
    "arbitration_latency": "frictions.arbitration.exception_rate, company.managers.attention",
    "coordination_share": "frictions.coordination.pair_hours, frictions.coordination.interface_hours",
}


@dataclass(frozen=True)
class Load:
    """What fills the time of some people in calm, in per cent of it."""

    kind: str  #: "function", "unit" or "managers"
    name: Said  #: of the function or unit; whom the managers lead
    key: str  #: of the function; else empty
    persons: float  #: now; managers in time
    work: float  #: on cases, getting into them included
    again: float  #: rework, bounces, repeat contacts
    coordination: float  #: keeping each other informed, and what else is not for cases
    decisions: float  #: exceptions (managers)
    needed: int = 0  #: people who would do the same at 85 % load (functions)

    @property
    def total(self) -> float:
        """All of it."""
        return self.work + self.again + self.coordination + self.decisions


@dataclass(frozen=True)
class Remark:
    """Something about the calm that a reader has to know."""

    unhealthy: bool  #: no conclusion holds; else it is unusual
    what: Message  #: in plain words
    remedy: Message  #: and the field to change


@dataclass(frozen=True)
class Calm:
    """One design in calm."""

    design: str  #: its key
    loads: tuple[Load, ...]  #: functions, units, managers
    measures: dict[str, float]  #: of the run
    customers: tuple[float, float, float, float]  #: at the start, won, lost, at the end
    remarks: tuple[Remark, ...]  #: what is wrong, or unusual


@dataclass(frozen=True)
class Health:
    """The calm of a scenario under each of its designs."""

    scenario: Scenario  #: as it stands, crises and all
    seed: int  #: of the world
    weeks: int  #: looked at
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
                {"design": calm.design, **remark}
                for calm in self.calm
                for remark in _calm_data(calm, "")["remarks"]
            ],
        }

    def to_dict(self) -> dict[str, Any]:
        """Plain data with stable keys (see docs/json.md)."""
        return {
            "kind": "health", "scenario": self.scenario.title, "seed": self.seed, "weeks": self.weeks,
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
        "remarks": [
            {"unhealthy": each.unhealthy, "what": str(each.what), "remedy": str(each.remedy)}
            for each in calm.remarks
        ],
    }


def check(
    scenario: str | Path | dict[str, Any] | Scenario,
    designs: Sequence[str] | None = None,
    overrides: Iterable[str] = (),
    seed: int = 0,
    workers: int | None = None,
) -> Health:
    """The health of a scenario's calm: 26 weeks without crises, levers and rules, after 13 to fill up (never
    more than the scenario's own), of every design or of `designs`.

    Raises ScenarioError or DesignError for what cannot be run."""
    settings = load(scenario, overrides)
    chosen = checked_designs(settings, designs, least=1)
    quiet = in_calm(settings)
    found = side_by_side(lambda design, stop: _calm(quiet, design, seed, stop), chosen, workers)
    return Health(settings, seed, quiet.horizon.weeks, tuple(found))


@lru_cache(maxsize=16)
def _known(resolved: str, designs: tuple[str, ...], seed: int) -> Health:
    return check(Scenario.model_validate_json(resolved), designs, seed=seed)


def known_health(scenario: Scenario, designs: tuple[str, ...], seed: int) -> Health:
    """The same, found once for a scenario: pages and reports ask again and again."""
    return _known(scenario.model_dump_json(exclude_unset=True), designs, seed)


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


def _calm(settings: Scenario, design: str, seed: int, stop: threading.Event) -> Calm:
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
    remarks = (*_loaded(loads, settings), *_unbalanced(moved, settings), *_implausible(measures))
    return Calm(design, loads, measures, moved, remarks)


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
        paid = function.staff * HOURS_PER_WEEK * settings.horizon.weeks
        needed = math.ceil(function.staff * busy / paid / _SOUND) if paid else 0
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
    there is."""
    nodes = simulation.core.nodes
    hours = simulation.settings.horizon.weeks * HOURS_PER_WEEK
    loads = []
    for row in np.flatnonzero(nodes["managers"]):
        node = nodes[row]
        taken = node["hours"] / (node["attention"] * node["leadership"])
        share = min(100.0, 100.0 * taken / hours)  # a decision under way is booked whole
        whom = _led(simulation, int(row))
        loads.append(Load("managers", whom, "", float(node["leadership"]), 0.0, 0.0, 0.0, float(share)))
    return loads


def _led(simulation: Simulation, row: int) -> Said:
    """Whom the managers of a node lead, in words."""
    nodes, units = simulation.core.nodes, simulation.structure.units
    if row < len(units):
        return Message(units[row].name)
    if nodes[row]["is_owner"]:
        owned = np.flatnonzero(simulation.core.owners == row)
        process = list(simulation.settings.processes.items())[int(owned[0])]
        return Message("Owner of {process}", process=Message(process[1].label or process[0]))
    if nodes[row]["parent"] == NONE:
        return Message("Top management")
    below = [units[unit].name for unit in np.flatnonzero(nodes["parent"][: len(units)] == row)]
    return Message("Superiors of {units}", units=joined(map(Message, below)))


def _loaded(loads: Sequence[Load], settings: Scenario) -> list[Remark]:
    """Functions and managers who have no time left. A function to which no work comes is left alone."""
    busy = functions_at_work(settings)
    remarks = []
    for load_ in loads:
        if load_.total < FULL:
            continue
        if load_.kind == "function" and load_.key in busy:
            what = Message(
                "{name} is loaded to {share:.0f} % in calm ({work:.0f} % work, {again:.0f} % rework and "
                "repeat contacts, {coordination:.0f} % coordination).",
                name=load_.name, share=load_.total, work=load_.work, again=load_.again,
                coordination=load_.coordination,
            )  # fmt: skip
            remedy = Message(
                "company.functions.{key}.staff = {staff}: {needed} would do what comes at a load of 85 %; or "
                "fewer cases, or shorter activities.",
                key=load_.key, staff=load_.persons, needed=load_.needed,
            )  # fmt: skip
            remarks.append(Remark(True, what, remedy))
        if load_.kind == "managers":
            what = Message(
                "{name}: decisions take {share:.0f} % of the attention that managers have for them in calm.",
                name=load_.name, share=load_.decisions,
            )  # fmt: skip
            remedy = Message(
                "Lower frictions.arbitration.exception_rate or frictions.arbitration.decision_hours, raise "
                "company.managers.attention, or lower company.managers.span_of_control."
            )
            remarks.append(Remark(True, what, remedy))
    return remarks


def _unbalanced(customers: tuple[float, float, float, float], settings: Scenario) -> list[Remark]:
    """A base of customers that melts by itself."""
    start, won, lost, _ = customers
    years = settings.horizon.weeks / float(WEEKS_PER_YEAR)
    if start <= 0 or lost - won <= _MOST_LOST * start * years:
        return []
    what = Message(
        "Customers melt away in calm: of {start:,.0f}, {lost:,.0f} leave and {won:,.0f} join within "
        "{weeks: week|weeks}.",
        start=start, lost=lost, won=won, weeks=settings.horizon.weeks,
    )  # fmt: skip
    winning = [
        f"streams.{key}.per_week"
        for key, stream in settings.streams.items()
        if settings.case_types[stream.case_type].wins_customer
    ]
    remedy = Message(
        "Raise {fields}, or lower market.churn_per_year.",
        fields=joined([*winning, "market.conversion"]) if winning else "streams",
    )
    return [Remark(True, what, remedy)]


def _implausible(measures: dict[str, float]) -> list[Remark]:
    """Results that a company at work is not known for."""
    remarks = []
    for key, (low, high) in PLAUSIBLE.items():
        value = measures[key]
        if (low is not None and value < low) or (high is not None and value > high):
            template = (
                "{measure}: {value:.1f} {unit} in calm, below {end:g}." if low is not None and value < low
                else "{measure}: {value:.1f} {unit} in calm, above {end:g}."
            )  # fmt: skip
            remarks.append(
                Remark(
                    False,
                    Message(
                        template,
                        measure=Message(BY_KEY[key].label),
                        value=value,
                        unit=Message(BY_KEY[key].unit),
                        end=low if template.endswith("below {end:g}.") else high,
                    ),
                    Message("See {fields}.", fields=_FIELDS[key]),
                )
            )
    return remarks
