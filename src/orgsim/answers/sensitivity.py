"""What matters: screening after Morris, Sobol indices, and the tornado of one factor at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.answers.data import estimate_data
from orgsim.answers.findings import FoundPoint
from orgsim.answers.outcome import Outcome
from orgsim.errors import OrgsimError
from orgsim.statistics.intervals import Estimate
from orgsim.studies.factors import rank
from orgsim.studies.sampling import morris_walks, power_of_two

_RESAMPLES = 2000
#: a factor of many values: its lower and upper end are fifths of the points
_END = 0.2


@dataclass(frozen=True)
class ElementaryEffects:
    """Of one factor, per unit of its share: mean, mean size with its 95 % interval, spread (Morris 1991,
    Campolongo et al. 2007)."""

    mean: float  #: in the measure's unit; effects of either sign cancel
    size: Estimate  #: mean of absolute effects
    spread: float  #: standard deviation: interaction, or a curve


def morris_screening(outcome: Outcome) -> dict[str, ElementaryEffects]:
    """Elementary effects of every factor; the intervals resample trajectories.

    Raises OrgsimError unless the sampling is "morris" and the sweep is complete."""
    experiment = outcome.findings.experiment
    _needs(outcome, "morris")
    names = list(experiment.factors)
    points = [outcome.findings.at(values) for values in experiment.sampled()]
    found = outcome.means(points).reshape(experiment.samples, len(names) + 1)
    walks = morris_walks(len(names), experiment.samples, experiment.sampling_seed)
    effects = np.empty((experiment.samples, len(names)))
    for row, (walk, order) in enumerate(walks):
        for step, factor in enumerate(order):
            moved = walk[step + 1, factor] - walk[step, factor]
            effects[row, factor] = (found[row, step + 1] - found[row, step]) / moved
    sizes = _resampled(np.abs(effects), lambda rows: rows.mean(axis=1))
    spreads = effects.std(axis=0, ddof=1)
    return {
        name: ElementaryEffects(float(effects[:, i].mean()), sizes[i], float(spreads[i]))
        for i, name in enumerate(names)
    }


@dataclass(frozen=True)
class SobolIndices:
    """The share of the variance that a factor explains alone, and with all its interactions."""

    first: Estimate  #: alone, 0 to 1
    total: Estimate  #: with all its interactions, 0 to 1


def sobol_indices(outcome: Outcome) -> dict[str, SobolIndices]:
    """First-order indices (Saltelli et al. 2010) and total indices (Jansen 1999), intervals by resampling
    base samples. Raises OrgsimError unless the sampling is "saltelli" and the sweep is complete."""
    experiment = outcome.findings.experiment
    _needs(outcome, "saltelli")
    names = list(experiment.factors)
    points = [outcome.findings.at(values) for values in experiment.sampled()]
    count = power_of_two(experiment.samples)
    found = outcome.means(points).reshape(len(names) + 2, count)
    a, b, mixed = found[0], found[1], found[2:]
    if np.ptp(found[:2]) == 0:
        raise OrgsimError("the measure is the same at every point: nothing to explain")
    first = _resampled(np.stack([a, b, *mixed], axis=1), _first_order)
    total = _resampled(np.stack([a, b, *mixed], axis=1), _total_order)
    return {name: SobolIndices(first[i], total[i]) for i, name in enumerate(names)}


def _first_order(rows: np.ndarray) -> np.ndarray:
    a, b, mixed = rows[..., 0], rows[..., 1], rows[..., 2:]
    return (b[..., None] * (mixed - a[..., None])).mean(axis=1) / _variance(a, b)


def _total_order(rows: np.ndarray) -> np.ndarray:
    a, b, mixed = rows[..., 0], rows[..., 1], rows[..., 2:]
    return 0.5 * ((a[..., None] - mixed) ** 2).mean(axis=1) / _variance(a, b)


def _variance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.concatenate([a, b], axis=1).var(axis=1)[:, None]


def _resampled(rows: np.ndarray, statistic: Callable[[np.ndarray], np.ndarray]) -> list[Estimate]:
    """A statistic by column with 95 % percentile intervals from resampling rows. `statistic` takes
    (resamples, rows, columns) and gives (resamples, columns)."""
    centred = rows - rows.mean() if statistic is _first_order else rows
    picks = np.random.default_rng(1).integers(0, len(rows), (_RESAMPLES, len(rows)))
    values = statistic(centred[None])[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        again = np.concatenate([statistic(centred[part]) for part in np.array_split(picks, 20)])
    # of few base samples, some resamples hold one and the same again and again: they tell nothing
    told = again[np.isfinite(again).all(axis=1)]
    low, high = np.percentile(told, [2.5, 97.5], axis=0)
    return [Estimate(float(v), float(lo), float(hi)) for v, lo, hi in zip(values, low, high, strict=True)]


def _needs(outcome: Outcome, sampling: str) -> None:
    experiment = outcome.findings.experiment
    if experiment.sampling != sampling:
        raise OrgsimError(
            "these results are of sampling = '{found}'; this needs sampling = '{needed}'",
            found=experiment.sampling,
            needed=sampling,
        )


@dataclass(frozen=True)
class Swing:
    """The outcome with a factor at its low and at its high end, whatever the others are."""

    low_value: Any  #: of the factor
    high_value: Any  #: of the factor
    low: Estimate  #: the outcome at the low end
    high: Estimate  #: the outcome at the high end
    moved: Estimate  #: from the low to the high end, seed by seed

    @property
    def is_sure(self) -> bool:
        """Whether it can be told from chance."""
        return self.moved.low > 0 or self.moved.high < 0

    @property
    def size(self) -> float:
        """How far the outcome moves."""
        return abs(self.high.mean - self.low.mean)


def tornado(outcome: Outcome) -> dict[str, Swing]:
    """The swing of every factor, the widest first. One at a time: the factor at its ends, the others in
    the middle. Else: the mean over the points at either end of the factor (its lowest and highest value, or
    fifth of the points)."""
    experiment = outcome.findings.experiment
    swings = {}
    for name in experiment.factors:
        points = list(outcome.findings.sampled)
        if experiment.sampling == "one-at-a-time":
            centre = experiment.sampled()[0]
            points = [
                point
                for point in points
                if all(point.values[key] == centre[key] for key in centre if key != name)
            ]
        if (ends := _ends(points, name)) is not None:
            low, high = ends
            swings[name] = Swing(
                low[0].values[name], high[-1].values[name], outcome.estimate(low), outcome.estimate(high),
                outcome.moved(low, high),
            )  # fmt: skip
    return dict(sorted(swings.items(), key=lambda item: -item[1].size))


def _ends(points: list[FoundPoint], name: str) -> tuple[list[FoundPoint], list[FoundPoint]] | None:
    if not points:
        return None
    ranked = sorted(points, key=lambda point: rank(point.values[name]))
    values = [point.values[name] for point in ranked]
    if values[0] == values[-1]:
        return None
    count = max(1, round(_END * len(ranked)))
    lowest = [point for point in ranked if point.values[name] == values[0]]
    highest = [point for point in ranked if point.values[name] == values[-1]]
    return (lowest if len(lowest) >= count else ranked[:count]), (
        highest if len(highest) >= count else ranked[-count:]
    )


def sensitivity_data(outcome: Outcome) -> dict[str, Any]:
    """What the sampling of the sweep allows to say about its factors, as plain data, the largest first."""
    experiment = outcome.findings.experiment
    head = {
        "kind": "sensitivity", "measure": outcome.measure, "design": outcome.design,
        "baseline": outcome.baseline,
    }  # fmt: skip
    if experiment.sampling == "morris":
        effects = sorted(morris_screening(outcome).items(), key=lambda item: -item[1].size.mean)
        rows = {
            name: {"size": estimate_data(e.size), "mean": e.mean, "spread": e.spread} for name, e in effects
        }
        return head | {"method": "morris", "factors": rows}
    if experiment.sampling == "saltelli":
        indices = sorted(sobol_indices(outcome).items(), key=lambda item: -item[1].total.mean)
        shares = {
            name: {"first": estimate_data(i.first), "total": estimate_data(i.total)} for name, i in indices
        }
        return head | {"method": "sobol", "factors": shares}
    swings = {
        name: {"low_value": s.low_value, "low": estimate_data(s.low), "high_value": s.high_value,
               "high": estimate_data(s.high), "moved": estimate_data(s.moved)}
        for name, s in tornado(outcome).items()
    }  # fmt: skip
    return head | {"method": "tornado", "factors": swings}
