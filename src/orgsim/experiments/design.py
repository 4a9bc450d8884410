"""An experiment as one file: factors, how their space is sampled, designs, replications, precision."""

import itertools
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import ValidationError, model_validator

from orgsim.accounts import BY_KEY
from orgsim.errors import ScenarioError
from orgsim.scenario import Scenario, load
from orgsim.scenario.fields import REQUIRED, Table, quantity, text
from orgsim.scenario.loading import explain, nearest, override_text

Value = float | int | bool | str


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
        if self.values:
            if self.low is not None or self.high is not None:
                raise ValueError(f"{self.field}: give either `values`, or `low` and `high`")
            return self
        if self.low is None or self.high is None:
            raise ValueError(f"{self.field}: give `values`, or `low` and `high`")
        if self.low >= self.high:
            raise ValueError(f"{self.field}: the range is empty: low = {self.low:g}, high = {self.high:g}")
        if self.distribution == "log-uniform" and self.low <= 0:
            raise ValueError(f"{self.field}: a log-uniform range begins above 0; low = {self.low:g}")
        if self.distribution == "triangular" and not self.low <= (self.mode or self.low) <= self.high:
            raise ValueError(f"{self.field}: mode = {self.mode} must lie in the range")
        return self

    def at(self, share: float) -> Value:
        """The value at a share (0 to 1) of the distribution."""
        if self.values:
            return self.values[min(len(self.values) - 1, int(share * len(self.values)))]
        found = self._between(share)
        return round(found) if self.whole else found

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


class Replications(Table):
    """How many seeds a point gets: at least `min`, then more until the answer is precise, at most `max`."""

    min: int = quantity(4, "seeds", "of every point", 2, 100_000)
    max: int = quantity(20, "seeds", "of a point at the most", 2, 100_000)
    half_width: dict[str, float] = text(
        {},
        "by measure: half-width of the paired difference (95 %) that is precise enough; `min` seeds if empty",
    )
    first_seed: int = quantity(1, "", "seed of the first replication", 0)

    @model_validator(mode="after")
    def _in_order(self) -> "Replications":
        if "max" in self.model_fields_set and self.max < self.min:
            raise ValueError(f"replications.max = {self.max} must be at least min = {self.min}")
        for name, width in self.half_width.items():
            if name not in BY_KEY:
                raise ValueError(f"replications.half_width: '{name}' is no measure{nearest(name, BY_KEY)}")
            if width <= 0:
                raise ValueError(f"replications.half_width.{name} = {width} must be above 0")
        return self


class Experiment(Table):
    """A sweep over a scenario."""

    title: str = text(REQUIRED, "one line")
    description: str = text("", "the question")
    scenario: str = text("default", "bundled name, or path beside this file")
    overrides: tuple[str, ...] = text((), "field=value, for every point")
    designs: tuple[str, ...] = text((), "organisation designs, the baseline first; all if empty")
    sampling: Literal["grid", "list", "lhs", "sobol", "one-at-a-time"] = text(
        "grid", "how the space of the factors is sampled"
    )
    samples: int = quantity(64, "points", "of lhs and sobol (which takes the next power of 2)", 2, 1_000_000)
    sampling_seed: int = quantity(1, "", "of lhs and sobol", 0)
    points: tuple[dict[str, Value], ...] = text((), "list: the points, values by factor")
    factors: dict[str, Factor] = text(REQUIRED, "what varies, by name")
    replications: Replications = text(Replications(), "seeds and precision")
    weekly: bool = text(False, "keep the weekly series of every run too")

    @model_validator(mode="after")
    def _makes_sense(self) -> "Experiment":
        fields = [factor.field for factor in self.factors.values()]
        for field in fields:
            if fields.count(field) > 1:
                raise ValueError(f"factors: '{field}' is varied twice; keep one factor")
        if not self.factors:
            raise ValueError("factors: at least one is needed")
        if (self.sampling == "list") != bool(self.points):
            raise ValueError("`points` and sampling = 'list' belong together")
        for number, point in enumerate(self.points, 1):
            for name in point:
                if name not in self.factors:
                    raise ValueError(f"points {number}: '{name}' is no factor{nearest(name, self.factors)}")
            if missing := [name for name in self.factors if name not in point]:
                raise ValueError(f"points {number}: {missing[0]} is missing")
        return self

    def sampled(self) -> list[dict[str, Value]]:
        """The points, values by factor, in a fixed order."""
        names = list(self.factors)
        factors = list(self.factors.values())
        if self.sampling == "list":
            return [{name: point[name] for name in names} for point in self.points]
        if self.sampling == "grid":
            rows = itertools.product(*(factor.grid() for factor in factors))
            return [dict(zip(names, row, strict=True)) for row in rows]
        if self.sampling == "one-at-a-time":
            return _one_at_a_time(names, factors)
        from scipy.stats import qmc

        kind = qmc.LatinHypercube if self.sampling == "lhs" else qmc.Sobol
        generator = kind(len(factors), rng=np.random.default_rng(self.sampling_seed))
        count = self.samples if self.sampling == "lhs" else 2 ** math.ceil(math.log2(self.samples))
        shares = generator.random(count)
        return [
            {name: factor.at(float(share)) for name, factor, share in zip(names, factors, row, strict=True)}
            for row in shares
        ]


def _one_at_a_time(names: list[str], factors: list[Factor]) -> list[dict[str, Value]]:
    """The middle of every factor, then each factor at its ends alone."""
    middle = {name: factor.at(0.5) for name, factor in zip(names, factors, strict=True)}
    points = [middle]
    for name, factor in zip(names, factors, strict=True):
        ends = factor.values or (factor.at(0.0), factor.at(1.0))
        points += [middle | {name: end} for end in ends if end != middle[name]]
    return points


def load_experiment(source: str | Path | Mapping[str, Any]) -> Experiment:
    """A checked experiment from a file or tables. Raises ScenarioError with the remedy."""
    where, tables = "experiment", source
    if not isinstance(source, Mapping):
        path = Path(source)
        where = str(path)
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ScenarioError(f"{path}: cannot be read: {error}") from None
        except tomllib.TOMLDecodeError as error:
            raise ScenarioError(f"{path}: is not valid TOML: {error}") from None
        named = str(tables.get("scenario", ""))
        if named.endswith(".toml") and not Path(named).is_absolute():
            tables["scenario"] = str(path.parent / named)
    try:
        return Experiment.model_validate(tables)
    except ValidationError as error:
        raise ScenarioError(explain(error, where, Experiment)) from None


def scenario_at(experiment: Experiment, point: Mapping[str, Value]) -> Scenario:
    """The scenario of a point. Raises ScenarioError where a factor's field or value does not fit."""
    varied = [override_text(experiment.factors[name].field, value) for name, value in point.items()]
    return load(experiment.scenario, [*experiment.overrides, *varied])
