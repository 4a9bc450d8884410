"""`orgsim verify`: the core against exact results, through ordinary scenario files."""

import threading
from dataclasses import dataclass
from typing import Any

from orgsim.messages import Said
from orgsim.scenario import Scenario, load
from orgsim.simulation.result import RunResult
from orgsim.simulation.runner import Progress, run_settings, side_by_side
from orgsim.statistics.intervals import Estimate, estimate
from orgsim.verification.metamorphic import metamorphic_values
from orgsim.verification.row import Row
from orgsim.verification.rows import exact_rows
from orgsim.verification.whole import whole_values

CONFIDENCE = 0.999
#: what sums of floating-point numbers may be off by
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Checked:
    """One row as simulated."""

    case: Said  #: what is computed, as the tables show it
    quantity: str  #: that is compared
    exact: float  #: in the quantity's own unit; times are in units of mean work
    simulated: Estimate  #: with its 99.9 % interval
    command: str  #: that runs one replication of it
    replications: int  #: that were run
    precision: float = 1e-9  #: widest half-interval, as a share of the exact value

    @property
    def name(self) -> str:
        """The case in English, the same in all data."""
        return str(self.case)

    @property
    def precise(self) -> bool:
        """Whether the interval is as narrow as the row asks for."""
        return self.simulated.half_width <= max(self.precision * abs(self.exact), 2 * _ROUNDING)

    @property
    def holds(self) -> bool:
        """Whether the exact value lies in a narrow interval."""
        rounding = _ROUNDING * max(1.0, abs(self.exact))  # what is the same in every world has no interval
        inside = self.simulated.low - rounding <= self.exact <= self.simulated.high + rounding
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
    """Simulate every exact result (queueing theory; sources in `orgsim.verification.oracles`) and the checks
    on the whole, with 99.9 % intervals over replications. The same answer on any number of `workers`."""
    rows = exact_rows()
    groups: dict[tuple[str, str, tuple[str, ...]], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.scenario, row.design, row.overrides), []).append(row)
    settings = {key: load(f"verification/{key[0]}", key[2]) for key in groups}
    tasks = [(key, seed + number) for number in range(replications) for key in groups]
    tasks.sort(key=lambda task: -settings[task[0]].horizon.weeks)

    def work(task: tuple[Any, ...], stop: threading.Event) -> RunResult:
        return run_settings(settings[task[0]], task[0][1], task[1], stop)

    answers = side_by_side(work, tasks, workers, progress)
    found: dict[tuple[Any, ...], list[RunResult]] = {key: [] for key in groups}
    for (key, _), answer in zip(tasks, answers, strict=True):
        found[key].append(answer)
    checked = [_check(row, found[row.scenario, row.design, row.overrides], replications) for row in rows]
    whole = whole_checks(load("verification/symmetric-null"), seed)
    return [*checked, *whole, *metamorphic_checks(seed)]


def _check(row: Row, results: list[RunResult], replications: int) -> Checked:
    values = [row.read(result) for result in results]
    return Checked(
        row.case, row.quantity, row.exact(), estimate(values, CONFIDENCE), row.command, replications,
        row.precision,
    )  # fmt: skip


def whole_checks(settings: Scenario, seed: int) -> list[Checked]:
    """The symmetric null, conservation and Little's law: exact up to rounding, in one run."""
    command = f"orgsim compare verification/symmetric-null --seed {seed}"
    return [
        Checked(name, quantity, exact, Estimate(value, value - _ROUNDING, value + _ROUNDING), command, 1)
        for name, quantity, exact, value in whole_values(settings, seed)
    ]


def metamorphic_checks(seed: int) -> list[Checked]:
    """Changes of the default company that must change nothing, or all in proportion, in one run of each."""
    command = f"orgsim compare default --seed {seed} --set horizon.weeks=13"
    return [
        Checked(name, quantity, exact, Estimate(value, value - _ROUNDING, value + _ROUNDING), command, 1)
        for name, quantity, exact, value in metamorphic_values(seed)
    ]
