"""An experiment as one file: factors, how their space is sampled, designs, replications, precision."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import PrivateAttr, ValidationError, model_validator

from orgsim.errors import OrgsimError, RuleError, ScenarioError
from orgsim.fields import REQUIRED, Table, quantity, text
from orgsim.gate import full_path, read_toml
from orgsim.kernel.randomness import LARGEST_SEED
from orgsim.measures import BY_KEY
from orgsim.scenario import Scenario, load
from orgsim.scenario.catalogue import bundled_experiment
from orgsim.scenario.layers import Layer
from orgsim.scenario.loading import (
    explain,
    locate,
    merge,
    nearest,
    override_layers,
    override_text,
    parse_override,
    resolve,
)
from orgsim.studies import sampling
from orgsim.studies.factors import TAKEN, Factor, Value

#: more points than this are no experiment but a slip of the pen
MOST_POINTS = 1_000_000
#: what an experiment may hold
_MOST = {"factors": 200, "points": MOST_POINTS, "designs": 100, "overrides": 1000, "measures": 100}
_LONGEST_NAME = 60
#: seeds without which no half-width stops a point: how skewed fewer are, nobody can tell
FEWEST_FOR_WIDTH = 10
#: a chain of `extends`
_DEEPEST = 20
_QUOTES = " \"'"


def _known_measures(where: str, names: Iterable[str]) -> None:
    for name in names:
        if name not in BY_KEY:
            raise RuleError(
                "{where}: '{name}' is no measure{hint}", where=where, name=name, hint=nearest(name, BY_KEY)
            )


class Replications(Table):
    """How many seeds a point gets: at least `min`, then more until the answer is precise, at most `max`."""

    min: int = quantity(4, "seeds", "of every point", 2, 100_000)
    max: int = quantity(20, "seeds", "of a point at the most", 2, 100_000)
    half_width: dict[str, float] = text(
        {},
        "by measure: half-width of the paired difference (95 %) that is precise enough, with 10 seeds or "
        "more; `min` seeds if empty",
    )
    decide: tuple[str, ...] = text(
        (),
        "measures of which the better design must be known: seeds go to the points where it is not yet",
    )
    base: int = quantity(20, "seeds", "of the base case, in which no factor is varied", 2, 100_000)
    first_seed: int = quantity(1, "", "seed of the first replication", 0, LARGEST_SEED)

    @model_validator(mode="after")
    def _in_order(self) -> "Replications":
        if "max" in self.model_fields_set and self.max < self.min:
            raise RuleError(
                "replications.max = {max} must be at least min = {min}", max=self.max, min=self.min
            )
        _known_measures("replications.half_width", self.half_width)
        _known_measures("replications.decide", self.decide)
        if self.half_width and "max" in self.model_fields_set and self.max < FEWEST_FOR_WIDTH:
            raise RuleError(
                "replications.max = {max} must be at least {least} with half_width: how skewed fewer seeds "
                "are, nobody can tell",
                max=self.max, least=FEWEST_FOR_WIDTH,
            )  # fmt: skip
        for name, width in self.half_width.items():
            if width <= 0:
                raise RuleError(
                    "replications.half_width.{name} = {width} must be above 0", name=name, width=width
                )
        return self

    @property
    def judged(self) -> tuple[str, ...]:
        """The measures that decide how many seeds a point gets."""
        return tuple(dict.fromkeys([*self.half_width, *self.decide]))

    @property
    def least(self) -> int:
        """The seeds that a point gets at the least."""
        return max(self.min, FEWEST_FOR_WIDTH) if self.half_width else self.min

    @property
    def most(self) -> int:
        """The seeds that a point may get."""
        return max(self.least, self.max) if self.judged else self.min


class Experiment(Table):
    """A sweep over a scenario."""

    title: str = text(REQUIRED, "one line")
    description: str = text("", "the question")
    scenario: str = text("default", "bundled name, or path beside this file")
    overrides: tuple[str, ...] = text((), "field=value, for every point")
    designs: tuple[str, ...] = text((), "organisation designs, the baseline first; all if empty")
    sampling: Literal["grid", "list", "lhs", "sobol", "one-at-a-time", "morris", "saltelli"] = text(
        "grid", "how the space of the factors is sampled"
    )
    samples: int = quantity(
        64, "", "lhs and sobol: worlds; morris: trajectories; saltelli: base samples", 2, 1_000_000
    )
    sampling_seed: int = quantity(1, "", "of lhs, sobol, morris and saltelli", 0, LARGEST_SEED)
    points: tuple[dict[str, Value], ...] = text((), "list: the points, values by factor")
    factors: dict[str, Factor] = text({}, "what varies, by name; if nothing does, the base case is compared")
    replications: Replications = text(Replications(), "seeds and precision")
    measures: tuple[str, ...] = text(
        ("result", "satisfaction", "retention"), "what the answer is about, the first one above all"
    )
    satisficing: dict[str, float] = text(
        {}, "by measure: the value that is good enough (at least, or at most where lower is better)"
    )
    weekly: bool = text(False, "keep the weekly series of every run, not of the base case alone")

    #: its file, for messages
    _where: str = PrivateAttr("experiment")

    @model_validator(mode="before")
    @classmethod
    def _is_no_slip(cls, given: Any) -> Any:
        """What is far too large is said before it is looked through."""
        for name, most in _MOST.items() if isinstance(given, Mapping) else ():
            found = given.get(name)
            if isinstance(found, (Mapping, list, tuple)) and len(found) > most:
                raise RuleError(
                    "{name}: {count:,} are too many; an experiment takes {most:,}",
                    name=name,
                    count=len(found),
                    most=most,
                )
        return given

    @model_validator(mode="after")
    def _makes_sense(self) -> "Experiment":
        fields = [factor.field for factor in self.factors.values()]
        for field in fields:
            if fields.count(field) > 1:
                raise RuleError("factors: '{field}' is varied twice; keep one factor", field=field)
        self._check_names()
        if not self.measures:
            raise RuleError("measures: at least one is needed")
        _known_measures("measures", self.measures)
        _known_measures("satisficing", self.satisficing)
        for name in self.satisficing:
            if not BY_KEY[name].better:
                raise RuleError(
                    "satisficing.{name}: of this measure neither more nor less is better", name=name
                )
        self._check_points()
        return self

    def _check_names(self) -> None:
        """The names of factors become columns of the results, whose case does not count."""
        known: set[str] = set()
        for name in self.factors:
            if name.lower() in TAKEN:
                raise RuleError(
                    "factors: '{name}' is the name of a column of the results; choose another", name=name
                )
            if not name.strip() or len(name) > _LONGEST_NAME or '"' in name or not name.isprintable():
                raise RuleError(
                    "factors: the name {name!r} must have 1 to {most} characters that can be "
                    "printed, without quotation marks",
                    name=name[:_LONGEST_NAME],
                    most=_LONGEST_NAME,
                )
            if name.lower() in known:
                raise RuleError(
                    "factors: '{name}' is there twice, but for the case; choose another name", name=name
                )
            known.add(name.lower())

    def _check_points(self) -> None:
        if (self.sampling == "list") != bool(self.points):
            raise RuleError("`points` and sampling = 'list' belong together")
        for number, point in enumerate(self.points, 1):
            for name in point:
                if name not in self.factors:
                    raise RuleError(
                        "points {number}: '{name}' is no factor{hint}",
                        number=number,
                        name=name,
                        hint=nearest(name, self.factors),
                    )
            if missing := [name for name in self.factors if name not in point]:
                raise RuleError("points {number}: {name} is missing", number=number, name=missing[0])

    def count(self) -> int:
        """How many points it has, without making them; none if nothing varies."""
        if not self.factors:
            return 0
        return len(self.points) or sampling.count(self.sampling, self.factors, self.samples)

    def sampled(self) -> list[dict[str, Value]]:
        """The points, values by factor, in a fixed order; none if nothing varies.

        Raises ScenarioError where there are far too many."""
        if not self.factors:
            return []
        if self.count() > MOST_POINTS:
            raise ScenarioError(
                "{count:,} points are too many; a sweep takes {most:,}: take fewer levels, or "
                "fill the space instead of crossing everything (sampling = 'sobol')",
                count=self.count(),
                most=MOST_POINTS,
            )
        match self.sampling:
            case "list":
                return [{name: point[name] for name in self.factors} for point in self.points]
            case "grid":
                return sampling.grid(self.factors)
            case "one-at-a-time":
                return sampling.one_at_a_time(self.factors)
            case "morris":
                return sampling.morris(self.factors, self.samples, self.sampling_seed)
            case "saltelli":
                return sampling.saltelli(self.factors, self.samples, self.sampling_seed)
            case _:
                return sampling.space_filling(self.sampling, self.factors, self.samples, self.sampling_seed)

    def at(self, values: Mapping[str, Value]) -> Scenario:
        """The scenario of a point; of the base case if no factor has a value.

        Raises ScenarioError where a factor's field or value does not fit."""
        varied = [
            Layer(f"factors.{name}", parse_override(override_text(self.factors[name].field, value)))
            for name, value in values.items()
        ]
        with self.named():
            path, tables = self._resolved
            return load(tables, (), path, [*override_layers(self.overrides, "overrides"), *varied])

    @contextmanager
    def named(self) -> Iterator[None]:
        """Whatever does not fit is said with the experiment's file before it."""
        try:
            yield
        except OrgsimError as error:
            raise ScenarioError("{where}: {error}", where=self._where, error=error) from None

    @cached_property
    def _resolved(self) -> tuple[str, dict[str, Any]]:
        """The scenario's file and its tables, read once for all points."""
        path = locate(self.scenario)
        return str(path), resolve(path)


def load_experiment(source: str | Path | Mapping[str, Any] | Experiment) -> Experiment:
    """A checked experiment from a bundled name, a file, tables, or one that is loaded already.

    Raises ScenarioError with file, field, value and remedy."""
    if isinstance(source, Experiment):
        return source
    if isinstance(source, Mapping):
        where, tables = "experiment", _extended(dict(source), "experiment", None, ())
    else:
        path = experiment_file(source)
        where, tables = str(path), _resolve(path, ())
    try:
        found = Experiment.model_validate(tables)
    except ValidationError as error:
        raise ScenarioError(explain(error, where, Experiment)) from None
    found._where = where
    return found


def experiment_file(name: str | Path, beside: Path | None = None) -> Path:
    """The file of an experiment given as a path or as the name of a bundled one."""
    text = str(name)
    if not text.endswith(".toml"):
        return bundled_experiment(text)
    path = Path(text)
    return path if path.is_absolute() or beside is None else beside / path


def _resolve(path: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    """The tables of a file on top of those that it extends; a scenario beside it becomes a full path."""
    path = full_path(path)
    if path in seen:
        raise ScenarioError("{path}: extends itself; remove one `extends`", path=path)
    if len(seen) >= _DEEPEST:
        raise ScenarioError(
            "{path}: is the end of a chain of more than {most} `extends`; shorten it",
            path=path,
            most=_DEEPEST,
        )
    tables = read_toml(path)
    named = tables.get("scenario")
    if isinstance(named, str) and named.endswith(".toml") and not Path(named).is_absolute():
        tables["scenario"] = str(path.parent / named)
    _find_files(tables, path.parent)
    return _extended(tables, str(path), path.parent, (*seen, path))


def _find_files(tables: dict[str, Any], beside: Path) -> None:
    """Files that overrides and factors name, like the scenario, lie beside the experiment's file."""
    overrides, factors = tables.get("overrides"), tables.get("factors")
    if isinstance(overrides, list):
        tables["overrides"] = [_with_file(override, beside) for override in overrides]
    for factor in factors.values() if isinstance(factors, dict) else ():
        if isinstance(factor, dict) and _names_a_file(factor.get("field")):
            values = factor.get("values")
            if isinstance(values, list):
                factor["values"] = [str(beside / v) if isinstance(v, str) else v for v in values]


def _with_file(override: Any, beside: Path) -> Any:
    field, _, value = str(override).partition("=")
    return f"{field}={beside / value.strip(_QUOTES)}" if _names_a_file(field) else override


def _names_a_file(field: Any) -> bool:
    parts = str(field).split(".")
    return parts[0].strip() in ("crisis", "crises") and parts[-1].strip() == "file"


def _extended(
    tables: dict[str, Any], where: str, beside: Path | None, seen: tuple[Path, ...]
) -> dict[str, Any]:
    parent = tables.pop("extends", None)
    if parent is None:
        return tables
    if not isinstance(parent, str):
        raise ScenarioError(
            "{where}: extends = {parent!r} must be the name or path of an experiment",
            where=where,
            parent=parent,
        )
    return merge(_resolve(experiment_file(parent, beside), seen), tables)
