"""A row of `orgsim verify`: a scenario file, what is read off it, and the exact value."""

import math
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from orgsim.messages import Said
from orgsim.simulation.result import RunResult

#: hours of mean work in the scenarios of the exact results
UNIT = 0.002


def _sum(result: RunResult, key: str, weight: str) -> float:
    rows = result.case_types.values()
    return math.fsum(row[key] * row[weight] for row in rows) / math.fsum(row[weight] for row in rows)


def mean_wait(result: RunResult) -> float:
    """Mean wait in a queue, in units."""
    return _sum(result, "waiting", "opened") / UNIT


def chance_of_waiting(result: RunResult) -> float:
    """Share of arrivals at a queue that have to wait."""
    return _sum(result, "waits", "opened")


def abandonment(result: RunResult) -> float:
    """Share of cases that are given up."""
    return result.measures["abandonment"] / 100.0


def time_in_system(result: RunResult) -> float:
    """Mean time from opening to close, in units."""
    return result.measures["cycle_time"] / UNIT


@dataclass(frozen=True)
class Row:
    """One exact result."""

    case: Said  #: what it is a case of
    quantity: str
    scenario: str
    design: str
    read: Callable[[RunResult], float]
    exact: Callable[[], float]
    overrides: tuple[str, ...] = ()
    #: the row only counts if its half-width is below this share of the exact value
    precision: float = 0.0125

    @property
    def name(self) -> str:
        """The case in English, the same in all data."""
        return str(self.case)

    @property
    def command(self) -> str:
        """The run behind the row, for a shell."""
        settings = "".join(f" --set {shlex.quote(override)}" for override in self.overrides)
        return f"orgsim run verification/{self.scenario} --design {self.design}{settings}"
