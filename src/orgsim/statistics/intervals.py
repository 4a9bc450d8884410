"""Intervals and paired differences."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit  # scipy.stats takes a third of a second to import

#: the chance, over all that is tested together, of calling a difference where there is none
ERROR = 0.05


@dataclass(frozen=True)
class Estimate:
    """A mean over replications with its confidence interval; nan where it cannot be computed."""

    mean: float  #: in the unit of the values
    low: float  #: lower end of the interval
    high: float  #: its upper end

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def estimate(values: Sequence[float] | np.ndarray, confidence: float = 0.95) -> Estimate:
    """The mean with Student's t interval. One replication, or a nan among them, has no interval."""
    data = np.asarray(values, float)
    mean = float(data.mean()) if len(data) else float("nan")
    if len(data) < 2 or not np.isfinite(data).all():
        return Estimate(mean, float("nan"), float("nan"))
    error = float(data.std(ddof=1)) / np.sqrt(len(data))
    half = float(stdtrit(len(data) - 1, 0.5 + confidence / 2) * error)
    return Estimate(mean, mean - half, mean + half)


@dataclass(frozen=True)
class PairedDifference:
    """Another design minus the baseline, seed by seed."""

    difference: Estimate  #: other − baseline, in the unit of the values
    variance_reduction: float  #: by pairing, a factor; nan where it cannot be computed
    p_value: float  #: of no difference, two-sided paired t test; nan where it cannot be computed

    @property
    def verdict(self) -> str:
        """'higher', 'lower' or 'not distinguishable': whether the interval leaves 0 out."""
        low, high = self.difference.low, self.difference.high
        if low > 0:
            return "higher"
        if high < 0:
            return "lower"
        if self.difference.mean == low == high == 0:
            return "equal"
        return "not distinguishable"


def paired(
    baseline: Sequence[float] | np.ndarray,
    other: Sequence[float] | np.ndarray,
    confidence: float = 0.95,
) -> PairedDifference:
    """The difference under common random numbers, with the factor by which pairing reduced its
    variance: (var a + var b) ÷ var(b − a), 1 for independent seeds (Law 2015, §11.2)."""
    a, b = np.asarray(baseline, float), np.asarray(other, float)
    difference = b - a
    factor = float("nan")
    if len(a) > 1 and np.isfinite(difference).all():
        apart = float(a.var(ddof=1) + b.var(ddof=1))
        together = float(difference.var(ddof=1))
        if together > 0:
            factor = apart / together
        elif apart > 0:
            factor = float("inf")
    return PairedDifference(estimate(difference, confidence), factor, _p_value(difference))


def _p_value(difference: np.ndarray) -> float:
    """Of a mean of 0, two-sided (Student). Differences that are all alike are sure, or surely 0."""
    if len(difference) < 2 or not np.isfinite(difference).all():
        return float("nan")
    error = float(difference.std(ddof=1)) / np.sqrt(len(difference))
    mean = float(difference.mean())
    if error == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2 * stdtr(len(difference) - 1, -abs(mean) / error))


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted for having tested all of them: the chance of even one false difference among
    those below a level is at most that level (Holm 1979). A nan is no test."""
    tested = [i for i, p in enumerate(p_values) if p == p]
    adjusted = [float("nan")] * len(p_values)
    largest = 0.0
    for rank, i in enumerate(sorted(tested, key=lambda i: p_values[i])):
        largest = max(largest, min(1.0, (len(tested) - rank) * p_values[i]))
        adjusted[i] = largest
    return adjusted


def rounded_terms(terms: Sequence[float], digits: int = 2) -> list[float]:
    """Round terms so that they still sum to their rounded total (largest remainder)."""
    scale = 10.0**digits
    scaled = [term * scale for term in terms]
    whole = [float(np.floor(value)) for value in scaled]
    missing = round(round(math.fsum(scaled)) - sum(whole))
    order = sorted(range(len(terms)), key=lambda i: whole[i] - scaled[i])
    for i in order[:missing]:
        whole[i] += 1
    return [value / scale for value in whole]
