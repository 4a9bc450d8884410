"""Changes of the default company that must change nothing, or all in proportion: exact relations of runs."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from orgsim.scenario import Scenario, load
from orgsim.simulation.result import RunResult
from orgsim.simulation.schedule import Simulation
from orgsim.verification.whole import largest_difference

_WEEKS = "horizon.weeks=13"
_DESIGNS = ("silos", "teams")
#: tables in which functions, kinds of case, processes and segments have their names
_NAMING = ("processes", "case_types", "segments", "streams", "designs")
#: lines of the money ledger that do not follow from pay
_NOT_PAY = ("overhead", "compensation", "transition", "dual_running", "programme", "hiring", "severance")
_NOBODY_COMES = (
    "company.functions.archive={staff=0}",
    "processes.archiving={}",
    'case_types.archived={process="archiving", complexity_cv=0, '
    'route=[{function="archive", hours=1}, {function="service", hours=2}]}',
)


def metamorphic_values(seed: int) -> list[tuple[str, str, float, float]]:
    """Name, quantity, exact and simulated value of every relation, in both designs of the default company."""
    usual = _runs(load("default", [_WEEKS]), seed)
    renamed = _runs(load(_renamed(load("default", [_WEEKS]).model_dump())), seed)
    longer = _runs(load("default", ["horizon.weeks=26"]), seed)
    apart = _runs(load("default", [_WEEKS, *_NOBODY_COMES]), seed)
    richer = _runs(load("default", [_WEEKS, *_paid_twice(load("default"))]), seed)
    pairs = {
        "Everything renamed": (usual, renamed),
        "A process to which no case comes": (usual, apart),
    }
    values = [
        (name, "largest difference of a measure", 0.0, max(map(largest_difference, *pair)))
        for name, pair in pairs.items()
    ]  # fmt: skip
    return [
        *values,
        ("A longer horizon", "largest difference of a week before", 0.0,
         max(map(_difference_of_weeks, usual, longer))),
        ("Everybody paid twice as much", "costs that follow from pay, ×", 2.0,
         math.fsum(map(_pay, richer)) / math.fsum(map(_pay, usual))),
    ]  # fmt: skip


def _runs(settings: Scenario, seed: int) -> list[RunResult]:
    found = []
    for design in _DESIGNS:
        simulation = Simulation(settings, design, seed)
        simulation.run()
        found.append(simulation.result())
    return found


def _difference_of_weeks(one: RunResult, longer: RunResult) -> float:
    """The largest difference of any weekly series, over the weeks that both have."""
    return max(
        float(np.nanmax(np.abs(values - longer.weekly[name][: len(values)]), initial=0.0))
        for name, values in one.weekly.items()
    )


def _pay(result: RunResult) -> float:
    return math.fsum(cost for line, cost in result.costs.items() if line not in _NOT_PAY)


def _paid_twice(base: Scenario) -> list[str]:
    functions = base.company.functions.items()
    return [
        f"company.managers.pay={2 * base.company.managers.pay!r}",
        *(f"company.functions.{key}.pay={2 * one.pay!r}" for key, one in functions),
    ]


def _renamed(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables of a scenario in which all that has a name of its own has another."""
    functions = tables["company"]["functions"]
    names = {*functions, *tables["case_types"], *tables["processes"], *tables["segments"]}

    def other(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {other(key): other(value) for key, value in part.items()}
        if isinstance(part, list | tuple):
            return [other(value) for value in part]
        return f"{part}_too" if isinstance(part, str) and part in names else part

    new = tables | {table: other(tables[table]) for table in _NAMING}
    return new | {"company": tables["company"] | {"functions": other(functions)}}
