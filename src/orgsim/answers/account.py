"""The one account of how designs differ, over worlds in memory or in a store: estimate, interval, correction,
verdict. Whatever shows a difference reads it here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np

from orgsim.answers.data import clean, estimate_data
from orgsim.measures import BY_KEY, MEASURES, Quantity
from orgsim.statistics.intervals import Estimate, PairedDifference, holm, paired
from orgsim.statistics.verdicts import Verdict, verdict

#: what an answer is about where nobody asks for anything else
HEADLINE = ("result", "total_cost", "satisfaction", "retention")


class Pair(NamedTuple):
    """The answers of two designs in the same worlds."""

    baseline: np.ndarray  #: [world] in the measure's unit
    other: np.ndarray  #: likewise


class Looks(NamedTuple):
    """How often a measure was looked at, when one could have stopped adding worlds."""

    times: int  #: 1 if the number of worlds was fixed
    by_width: bool  #: one stopped when the interval was narrow enough


class Worlds(Protocol):
    """Designs in the same worlds, wherever their answers are."""

    @property
    def designs(self) -> tuple[str, ...]:
        """Keys; the first is the baseline."""

    @property
    def matters(self) -> Mapping[str, float]:
        """By measure, the smallest differences that the scenario itself declares."""

    def pair(self, design: str, measure: str) -> Pair:
        """The answers of the baseline and of a design in the worlds that both have lived through."""

    def looks(self, measure: str) -> Looks:
        """How often a measure was looked at."""


@dataclass(frozen=True)
class Difference:
    """How a design differs from the baseline on a measure."""

    measure: str  #: its key
    design: str  #: its key
    worlds: int  #: that were paired
    baseline: float  #: its mean in them
    other: float  #: the design's mean in them
    pair: PairedDifference  #: other − baseline
    smallest: float  #: difference that matters, in the measure's unit
    p_holm: float  #: p-value corrected for all that is judged together; nan where nothing is better
    verdict: Verdict | None  #: None where neither less nor more is better

    @property
    def difference(self) -> Estimate:
        """Other − baseline, with its interval, in the measure's unit."""
        return self.pair.difference

    @property
    def variance_reduction(self) -> float:
        """By pairing, a factor; nan where it cannot be computed."""
        return self.pair.variance_reduction

    @property
    def p_value(self) -> float:
        """Of no difference, by itself; nan where it cannot be computed."""
        return self.pair.p_value

    def to_dict(self) -> dict[str, Any]:
        """Plain data; None where there is no number, or nothing is better."""
        return estimate_data(self.difference) | {
            "variance_reduction": clean(self.variance_reduction), "p_holm": clean(self.p_holm),
            "smallest": clean(self.smallest), "verdict": self.verdict,
        }  # fmt: skip


class Account:
    """Every measure of every design against the baseline, in the same worlds.

    All measures with a direction under all designs are one family (Holm 1979), whichever of them somebody
    shows: a terminal, a page, a report and a script say the same."""

    def __init__(self, worlds: Worlds):
        self.worlds = worlds

    def difference(self, design: str, measure: str) -> Difference:
        """A design minus the baseline. KeyError for a name that is no other design or no measure."""
        if BY_KEY[measure].better:
            return self._family[design, measure]
        return judged([Asked(self.worlds, design, BY_KEY[measure])])[0]

    @cached_property
    def _family(self) -> dict[tuple[str, str], Difference]:
        designs = self.worlds.designs[1:]
        asked = [Asked(self.worlds, design, one) for design in designs for one in MEASURES if one.better]
        return {(found.design, found.measure): found for found in judged(asked)}


class Asked(NamedTuple):
    """One difference that is asked for."""

    worlds: Worlds  #: in which designs are compared
    design: str  #: key of the one that is compared with the baseline
    quantity: Quantity  #: by which

    def answered(self) -> PairedDifference:
        """The difference by itself."""
        base, other = self.worlds.pair(self.design, self.quantity.key)
        times, by_width = self.worlds.looks(self.quantity.key)
        return paired(base, other, looks=times, by_width=by_width)

    def smallest(self) -> float:
        """The smallest difference that matters: the scenario's own, or that declared at what the baseline
        has."""
        return self.quantity.smallest(
            self.worlds.matters, lambda of: _mean(self.worlds.pair(self.design, of).baseline)
        )


def judged(asked: Iterable[Asked]) -> list[Difference]:
    """The differences that are asked for together, all verdicts right in 95 of 100 experiments (Holm over
    those quantities of which less or more is better)."""
    found = [(one, one.answered()) for one in asked]
    adjusted = holm([pair.p_value if one.quantity.better else float("nan") for one, pair in found])
    return [_judged(one, pair, p) for (one, pair), p in zip(found, adjusted, strict=True)]


def _judged(asked: Asked, pair: PairedDifference, p: float) -> Difference:
    base, other = asked.worlds.pair(asked.design, asked.quantity.key)
    better, smallest = asked.quantity.better, asked.smallest()
    return Difference(
        asked.quantity.key, asked.design, len(base), _mean(base), _mean(other), pair, smallest, p,
        verdict(pair.difference, p, better == "higher", smallest) if better else None,
    )  # fmt: skip


def _mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
