"""Intervals and paired differences."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: the chance, over all that is tested together, of calling a difference where there is none
ERROR = 0.05
#: a skewness below which there is nothing to correct
_STRAIGHT = 1e-9


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
    return _Sample(values).estimate(confidence)


@dataclass(frozen=True)
class PairedDifference:
    """Another design minus the baseline, seed by seed."""

    difference: Estimate  #: other − baseline, in the unit of the values
    variance_reduction: float  #: by pairing, a factor; nan where it cannot be computed
    p_value: float  #: of no difference, two-sided; nan where it cannot be computed


def paired(
    baseline: Sequence[float] | np.ndarray,
    other: Sequence[float] | np.ndarray,
    confidence: float = 0.95,
    looks: int = 1,
    by_width: bool = False,
) -> PairedDifference:
    """The difference under common random numbers, with the factor by which pairing reduced its
    variance: (var a + var b) ÷ var(b − a), 1 for independent seeds (Law 2015, §11.2).

    `looks` says how often somebody looked at it and could have stopped: the p-value holds for all of them
    together (Bonferroni). Where one stopped as soon as the interval was narrow enough (`by_width`), so does
    the interval, which then is `willink`'s: the samples that stop are those whose spread looks small."""
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
    sample = _Sample(difference, skewed=by_width)
    level = 1 - (1 - confidence) / looks if by_width else confidence
    p = sample.p_value()
    return PairedDifference(sample.estimate(level), factor, p if p != p else min(1.0, looks * p))


def willink(values: Sequence[float] | np.ndarray, confidence: float = 0.95) -> Estimate:
    """The mean with Student's t interval corrected for skewness: the values between which Johnson's
    transformed t lies between its quantiles (Willink 2005, *A Confidence Interval and Test for the Mean of an
    Asymmetric Distribution*; the cubic is Hall's, 1992). Student's for fewer than three values."""
    return _Sample(values, skewed=True).estimate(confidence)


class _Sample:
    """The mean of some values against its standard error, as it is or corrected for skewness."""

    def __init__(self, values: Sequence[float] | np.ndarray, skewed: bool = False):
        self._data = np.asarray(values, float)
        count = len(self._data)
        self._mean = float(self._data.mean()) if count else float("nan")
        self._known = count > 1 and bool(np.isfinite(self._data).all())
        self._error = float(self._data.std(ddof=1)) / math.sqrt(count) if self._known else float("nan")
        self._bend = self._skewness() if skewed and count > 2 and self._error > 0 else 0.0

    def _skewness(self) -> float:
        """Willink's a: the third central moment (unbiased) ÷ (6 √n s³)."""
        count, spread = len(self._data), self._error * math.sqrt(len(self._data))
        scaled = (self._data - self._mean) / spread  # cubes of tiny numbers would be none
        third = float((scaled**3).sum()) * count / ((count - 1) * (count - 2))
        return third / (6 * math.sqrt(count))

    def estimate(self, confidence: float) -> Estimate:
        if not self._known:
            return Estimate(self._mean, float("nan"), float("nan"))
        from scipy.special import stdtrit  # a third of a second, for whoever needs it

        t = float(stdtrit(len(self._data) - 1, 0.5 + confidence / 2))
        low, high = (self._mean - self._straight(end) * self._error for end in (t, -t))
        return Estimate(self._mean, low, high)

    def p_value(self) -> float:
        """Of a mean of 0, two-sided: below 1 − confidence where the interval leaves 0 out. Values that are
        all alike are sure, or surely 0."""
        if not self._known:
            return float("nan")
        if self._error == 0:
            return 1.0 if self._mean == 0 else 0.0
        from scipy.special import stdtr

        t = self._bent(self._mean / self._error)
        return float(2 * stdtr(len(self._data) - 1, -abs(t)))

    def _bent(self, t: float) -> float:
        """The statistic that Student's distribution describes."""
        a = self._bend
        return t if abs(a) < _STRAIGHT else a + ((1 + 2 * a * t) ** 3 - 1) / (6 * a)

    def _straight(self, bent: float) -> float:
        """The inverse."""
        a = self._bend
        return bent if abs(a) < _STRAIGHT else (float(np.cbrt(1 + 6 * a * (bent - a))) - 1) / (2 * a)


def proportion(met: int, of: int, confidence: float = 0.95) -> Estimate:
    """The share of `of` independent trials that `met` of them make, 0–1, with its score interval
    (Wilson 1927), which also holds near 0 and 1. ValueError without a trial."""
    from scipy.stats import binomtest  # a second, for whoever needs it

    found = binomtest(met, of).proportion_ci(confidence, method="wilson")
    return Estimate(met / of, float(found.low), float(found.high))


def sure_counts(share: float, count: int, confidence: float = 0.95) -> tuple[int, int]:
    """What tells the chance of a success (0–1) from `share` in `count` independent trials: with fewer
    successes than the first number the chance is surely smaller, from the second on it is surely larger
    (Clopper & Pearson 1934, half of the error at each end). Where so few trials tell nothing, the first is 0,
    and the second larger than `count`."""
    from scipy.stats import binom

    error = (1 - confidence) / 2
    return int(binom.ppf(error, count, share)), int(binom.isf(error, count, share)) + 1


def enough(share: float, count: int) -> int:
    """The smallest number that is at least `share` of `count`."""
    return math.ceil(round(share * count, 9))  # .7 of 10 is 7, whatever binary fractions make of it


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
