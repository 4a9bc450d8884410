"""What measures need of arrays: a quantile of cycle times, sums that know no order."""

import math

import numpy as np

from orgsim.engine.operations.state import CYCLE_BINS, CYCLE_MIN, CYCLE_RATIO


def quantile(counts: np.ndarray, share: float) -> float:
    """A quantile of cycle times from their geometric bins, interpolated inside the bin."""
    total = counts.sum()
    if total == 0:
        return float("nan")
    cumulative = np.cumsum(counts)
    rank = share * total
    bin_ = min(int(np.searchsorted(cumulative, rank)), CYCLE_BINS - 1)
    before = cumulative[bin_ - 1] if bin_ else 0
    inside = (rank - before) / max(1, counts[bin_])
    return float(CYCLE_MIN * CYCLE_RATIO ** (bin_ + inside))


def column_sums(table: np.ndarray) -> np.ndarray:
    """The sum of every column, correctly rounded and therefore the same in whatever order and on
    whatever machine (Shewchuk 1997)."""
    return np.array([math.fsum(column) for column in table.T.tolist()])
