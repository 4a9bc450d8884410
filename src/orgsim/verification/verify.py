"""`orgsim verify`: the core against exact results, through ordinary scenario files."""

import math
import threading
from dataclasses import dataclass

import numpy as np

from orgsim.experiments.runner import Progress, run_settings, side_by_side
from orgsim.experiments.statistics import Estimate, estimate
from orgsim.result import RunResult
from orgsim.scenario import Scenario, load
from orgsim.verification.rows import Row, exact_rows

CONFIDENCE = 0.999
#: what sums of floating-point numbers may be off by
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Checked:
    """One row as simulated."""

    name: str
    quantity: str
    exact: float
    simulated: Estimate
    command: str
    replications: int
    precision: float = 1e-9

    @property
    def precise(self) -> bool:
        """Whether the interval is as narrow as the row asks for."""
        return self.simulated.half_width <= max(self.precision * abs(self.exact), 2 * _ROUNDING)

    @property
    def holds(self) -> bool:
        """Whether the exact value lies in a narrow interval."""
        inside = self.simulated.low <= self.exact <= self.simulated.high
        return self.precise and inside

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "name": self.name, "quantity": self.quantity, "exact": self.exact,
            "simulated": self.simulated.mean, "low": self.simulated.low,
            "high": self.simulated.high, "holds": self.holds, "command": self.command,
        }  # fmt: skip


def verify(
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[Checked]:
    """Simulate every exact result and the checks on the whole; 99.9 % intervals over replications."""
    rows = exact_rows()
    groups: dict[tuple[str, str, tuple[str, ...]], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.scenario, row.design, row.overrides), []).append(row)
    settings = {key: load(f"verification/{key[0]}", key[2]) for key in groups}
    tasks = [(key, seed + number) for number in range(replications) for key in groups]
    tasks.sort(key=lambda task: -settings[task[0]].horizon.weeks)

    def work(task: tuple, stop: threading.Event) -> RunResult:
        return run_settings(settings[task[0]], task[0][1], task[1], stop)

    answers = side_by_side(work, tasks, workers, progress)
    found: dict[tuple, list[RunResult]] = {key: [] for key in groups}
    for (key, _), answer in zip(tasks, answers, strict=True):
        found[key].append(answer)
    checked = [_check(row, found[row.scenario, row.design, row.overrides], replications) for row in rows]
    return [*checked, *whole_checks(load("verification/symmetric-null"), seed)]


def _check(row: Row, results: list[RunResult], replications: int) -> Checked:
    values = [row.read(result) for result in results]
    return Checked(
        row.name, row.quantity, row.exact(), estimate(values, CONFIDENCE), row.command, replications,
        row.precision,
    )  # fmt: skip


def whole_checks(settings: Scenario, seed: int) -> list[Checked]:
    """The symmetric null, conservation and Little's law, on one run with every friction on."""
    from orgsim.simulation import Simulation

    simulations = [Simulation(settings, design, seed) for design in settings.designs]
    for simulation in simulations:
        while not simulation.finished:
            simulation.step()
    one, other = (simulation.result() for simulation in simulations)
    command = f"orgsim compare verification/symmetric-null --seed {seed}"
    apart = max(
        abs(one.measures[key] - other.measures[key])
        for key in one.measures
        if not (math.isnan(one.measures[key]) and math.isnan(other.measures[key]))
    )
    first = simulations[0]
    core = first.core
    opened = int(core.tallies["opened"].sum())
    ended = int((core.tallies["closed"] + core.tallies["abandoned"]).sum())
    hours = core.members["status"] == 0
    worked = float(core.paid.sum())
    due = float(_paid_hours(first, int(hours.sum())))
    open_time = float(core.lead.sum() + _time_of_open_cases(core))
    area = float(core.clock["area"][0])
    exactly = [
        ("Symmetric null", "largest difference of a measure", 0.0, apart),
        ("Conservation of cases", "opened − ended − open", 0.0,
         float(opened - ended - core.clock["open_cases"][0])),
        ("Conservation of customers", "begun + won − lost − active", 0.0, _missing_customers(first)),
        ("Conservation of staff hours", "booked ÷ paid", 1.0, worked / due),
        ("Conservation of euros", "sum of lines ÷ total", 1.0,
         sum(one.costs.values()) / one.measures["total_cost"]),
        ("Little's law", "lead time booked ÷ ∫ open cases dt", 1.0, open_time / area),
    ]  # fmt: skip
    return [
        Checked(name, quantity, exact, Estimate(value, value - _ROUNDING, value + _ROUNDING), command, 1)
        for name, quantity, exact, value in exactly
    ]


def _paid_hours(simulation, permanent: int) -> float:
    weeks = simulation.week
    overtime = simulation.result().measures["overtime"]
    temporary = simulation.result().measures["temporary"]
    return permanent * weeks * 40.0 + overtime + temporary


def _missing_customers(simulation) -> float:
    begun = sum(segment.customers for segment in simulation.settings.segments.values())
    won, lost = sum(simulation.weekly["won"]), sum(simulation.weekly["lost"])
    return float(begun + won - lost - simulation.market.active)


def _time_of_open_cases(core) -> float:
    """Lead time of open cases that is not booked yet: since their last change of state."""
    from orgsim.operations.state import DORMANT, FREE

    state = core.cases["state"]
    open_ = (state != FREE) & (state != DORMANT)
    since = np.maximum(core.cases["since"][open_], 0.0)
    return float((core.clock["now"][0] - since).sum())
