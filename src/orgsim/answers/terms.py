"""Parts of an answer: a line of a ledger, and when what it cost at first is made good."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.answers.account import Difference
from orgsim.answers.data import estimate_data
from orgsim.statistics.intervals import Estimate


@dataclass(frozen=True)
class WaterfallTerm:
    """One line of a ledger: what each design spends on it, and the difference."""

    line: str  #: of the ledger
    baseline: float  #: mean over worlds, € or hours per case
    other: float  #: likewise
    difference: Estimate  #: other − baseline, paired

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return vars(self) | {"difference": estimate_data(self.difference)}


@dataclass(frozen=True)
class BreakEven:
    """When a design has made good what it cost at first, against the baseline."""

    worlds: int  #: in which it is reached
    of: int  #: all of them
    week: Estimate  #: in those in which it is reached
    final: Difference  #: of the results at the end of the run

    @property
    def reached(self) -> float:
        """The share of the worlds in which it is reached."""
        return self.worlds / self.of


def break_even_week(gains: np.ndarray) -> int | None:
    """The first week from which the running sum stays above 0; None if it ends below."""
    course = np.cumsum(gains)
    if not len(course) or course[-1] <= 0:
        return None
    behind = np.flatnonzero(course <= 0)
    return int(behind[-1]) + 1 if len(behind) else 0
