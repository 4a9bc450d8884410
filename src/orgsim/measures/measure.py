"""How a measure is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from orgsim.measures.account import Account

Direction = Literal["lower", "higher", ""]


@dataclass(frozen=True)
class Margin:
    """The smallest difference that matters: an amount in the measure's unit, or a share of what the baseline
    has of a measure.

    The catalogue's are argued, not measured: who has reasons for others sets them in the scenario."""

    amount: float  #: in the measure's unit; a share where there is an `of`
    of: str = ""  #: key of the measure that it is a share of

    def within(self, baseline: float) -> float:
        """The smallest difference in the measure's unit, `baseline` being the baseline's mean of `of`; nan
        where that is not known."""
        return abs(self.amount * baseline) if self.of else self.amount


@dataclass(frozen=True)
class Quantity:
    """What designs are compared by."""

    key: str  #: stable name
    label: str  #: for people
    unit: str  #: of its values
    better: Direction  #: which direction is; neither of some
    digits: int  #: shown after the decimal sign
    meaning: str  #: its definition in words
    matters: Margin  #: the smallest difference that does

    def smallest(self, own: Mapping[str, float], mean_of: Callable[[str], float]) -> float:
        """The smallest difference that matters, in this unit: the scenario's `own` one, or the declared one,
        given the baseline's mean of any quantity."""
        if self.key in own:
            return own[self.key]
        return self.matters.within(mean_of(self.matters.of) if self.matters.of else 0.0)


@dataclass(frozen=True)
class Measure(Quantity):
    """One number about a run."""

    formula: Callable[[Account], float]  #: its definition in numbers
    source: str = ""  #: who has defined it so; nobody but this model if empty
    detail: bool = False  #: left out of a summary; it is in `--all-measures`, `--json` and in Python
