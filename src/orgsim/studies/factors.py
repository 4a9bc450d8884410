"""A factor: one field of the scenario that an experiment varies, and over what."""

from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from orgsim.errors import RuleError
from orgsim.fields import REQUIRED, Table, quantity, text

Value = float | int | bool | str
#: names that the columns of the results have
TAKEN = (
    "point", "place", "base", "sampled", "samples", "key", "design", "seed", "difference", "±", "seeds",
    "verdict", "pairing", "p (holm)", "finished",
)  # fmt: skip
_MOST_VALUES = 10_000
_LARGEST = 2**63 - 1
#: a value that is drawn has as many digits as people can read; one that is written stays as it is
_DIGITS = 12


def is_number(value: Any) -> bool:
    """Whether a value is a number, and no truth value."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def shown(value: Any) -> str:
    """A value as it is written in a file, without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def rank(value: Any) -> tuple[bool, Any]:
    """Orders the values of a factor: numbers, then texts."""
    return isinstance(value, str), value


class Factor(Table):
    """One field of the scenario that the experiment varies."""

    field: str = text(REQUIRED, "path of the field, as in --set: crisis.depth")
    role: Literal["lever", "uncertainty"] = text("uncertainty", "what one can choose, or cannot know")
    values: tuple[Value, ...] = text((), "the values, or")
    low: float | None = quantity(None, "–", "the lowest value")
    high: float | None = quantity(None, "–", "the highest value")
    levels: int = quantity(5, "values", "of a range in a grid", 2, 1000)
    whole: bool = text(False, "whole numbers only")
    distribution: Literal["uniform", "log-uniform", "triangular"] = text("uniform", "over the range")
    mode: float | None = quantity(None, "–", "likeliest value of a triangular distribution")

    @model_validator(mode="after")
    def _has_room(self) -> "Factor":
        if "=" in self.field or not all(part.strip() for part in self.field.split(".")):
            raise RuleError(
                "field = '{field}' must be the path of a field, such as crisis.depth", field=self.field
            )
        if len(self.values) > _MOST_VALUES:
            raise RuleError(
                "{field}: {count} values; a factor takes {most:,}",
                field=self.field,
                count=len(self.values),
                most=_MOST_VALUES,
            )
        for value in self.values:
            if isinstance(value, int) and abs(value) > _LARGEST:
                raise RuleError(
                    "{field}: a whole number lies between −{largest} and {largest}",
                    field=self.field,
                    largest=_LARGEST,
                )
        if self.values:
            if self.low is not None or self.high is not None:
                raise RuleError("{field}: give either `values`, or `low` and `high`", field=self.field)
            return self
        if self.low is None or self.high is None:
            raise RuleError("{field}: give `values`, or `low` and `high`", field=self.field)
        if self.low >= self.high:
            raise RuleError(
                "{field}: the range is empty: low = {low:g}, high = {high:g}",
                field=self.field,
                low=self.low,
                high=self.high,
            )
        if max(-self.low, self.high) > _LARGEST:
            raise RuleError(
                "{field}: the range must lie between −{largest:.2g} and {largest:.2g}",
                field=self.field,
                largest=_LARGEST,
            )
        if self.whole and not (self.low.is_integer() and self.high.is_integer()):
            raise RuleError(
                "{field}: low = {low:g} and high = {high:g} must be whole numbers",
                field=self.field,
                low=self.low,
                high=self.high,
            )
        if self.distribution == "log-uniform" and self.low <= 0:
            raise RuleError(
                "{field}: a log-uniform range begins above 0; low = {low:g}", field=self.field, low=self.low
            )
        if self.mode is not None and self.distribution != "triangular":
            raise RuleError("{field}: mode has an effect on a triangular distribution only", field=self.field)
        if self.mode is not None and not self.low <= self.mode <= self.high:
            raise RuleError(
                "{field}: mode = {mode:g} must lie in the range", field=self.field, mode=self.mode
            )
        return self

    def at(self, share: float) -> Value:
        """The value at a share (0 to 1) of the distribution."""
        if self.values:
            return self.values[min(len(self.values) - 1, int(share * len(self.values)))]
        found = self._between(share)
        if self.whole:
            return round(found)
        return found if found in (self.low, self.high) else float(f"{found:.{_DIGITS}g}")

    def _between(self, share: float) -> float:
        assert self.low is not None
        assert self.high is not None
        if self.distribution == "log-uniform":
            return float(self.low * (self.high / self.low) ** share)
        if self.distribution == "triangular":
            return _triangular(
                share, self.low, self.high, (self.low + self.high) / 2 if self.mode is None else self.mode
            )
        return float(self.low + share * (self.high - self.low))

    def grid(self) -> tuple[Value, ...]:
        """The values in a grid."""
        if self.values:
            return self.values
        return tuple(dict.fromkeys(self.at(share) for share in np.linspace(0, 1, self.levels)))


def _triangular(share: float, low: float, high: float, mode: float) -> float:
    cut = (mode - low) / (high - low)
    if share < cut:
        return float(low + np.sqrt(share * (high - low) * (mode - low)))
    return float(high - np.sqrt((1 - share) * (high - low) * (high - mode)))
