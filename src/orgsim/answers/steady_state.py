"""Where a steady state begins: the truncation that MSER-5 proposes (White 1997; White et al. 2000)."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.errors import ScenarioError
from orgsim.organisation import stages
from orgsim.scenario import load
from orgsim.simulation.result import RunResult
from orgsim.simulation.runner import Progress, by_design, run_settings, seeds_from

_BATCH = 5
#: weekly series that settle at their own pace
SERIES = ("open_cases", "backlog_hours", "satisfaction", "customers", "knowledge", "morale", "result")


def mser5(series: Sequence[float] | np.ndarray) -> int | None:
    """How much of the beginning of a series to leave out: the batches of 5 whose removal makes the
    standard error of the mean of the rest smallest. None if that is more than half: the series has not
    settled, or is too short (fewer than 4 batches)."""
    data = np.asarray(series, float)
    count = len(data) // _BATCH
    if count < 4 or not np.isfinite(data).all():
        return None
    batches = data[: count * _BATCH].reshape(count, _BATCH).mean(axis=1)
    errors = [float(np.var(batches[cut:])) / (count - cut) for cut in range(count - 2)]
    best = int(np.argmin(errors))
    return None if best > count // 2 else best * _BATCH


@dataclass(frozen=True)
class WarmUp:
    """The weeks to leave out, by design and series; None where a series does not settle."""

    weeks: dict[str, dict[str, int | None]]  #: by design, then by series
    now: int  #: weeks of the scenario's own warm-up
    horizon: int  #: weeks

    @property
    def proposed(self) -> int | None:
        """Enough for every series of every design, or None."""
        found = [weeks for series in self.weeks.values() for weeks in series.values()]
        known = [weeks for weeks in found if weeks is not None]
        return max(known) if len(known) == len(found) else None

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"kind": "warm_up", "proposed": self.proposed} | vars(self)


def warm_up(
    scenario: Any, replications: int = 5, seed: int = 1, overrides: Sequence[str] = (),
    workers: int | None = None, progress: Progress | None = None,
) -> WarmUp:  # fmt: skip
    """MSER-5 on weekly series, each averaged over replications.

    Raises ScenarioError if the horizon is too short for an answer."""
    settings = load(scenario, overrides)
    if settings.horizon.weeks < 4 * _BATCH:
        raise ScenarioError(
            "horizon.weeks = {weeks} is too short to see a steady state; it takes {least} or more",
            weeks=settings.horizon.weeks,
            least=4 * _BATCH,
        )
    for design in settings.designs:
        stages(settings, design)

    def work(design: str, number: int, stop: threading.Event) -> RunResult:
        return run_settings(settings, design, number, stop)

    found = by_design(work, list(settings.designs), seeds_from(seed, replications), workers, progress)
    weeks = {
        design: {name: mser5(np.mean([result.weekly[name] for result in results], axis=0)) for name in SERIES}
        for design, results in found.items()
    }
    return WarmUp(weeks, settings.horizon.warmup_weeks, settings.horizon.weeks)
