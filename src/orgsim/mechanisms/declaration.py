"""How a mechanism is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

import numpy as np

from orgsim.fields import Table

#: a practice of the week by its name, as its mean over staff
Means = Callable[[str], float]
#: the records that rules and state are added to, by what they say something about
RULES = ("operations", "people", "market", "offer")
STATE = ("member", "person", "pool", "unit")


@dataclass(frozen=True)
class Given:
    """A value of a record with what it means: a number, the path of a field of the scenario, or a function
    of the scenario."""

    value: float | str | Callable[..., Any]
    unit: str
    meaning: str


@dataclass(frozen=True)
class Switch:
    """A field of `mechanisms` that turns something off."""

    name: str
    meaning: str
    #: what its parameters become when it is off, by path; `*` is every name of a table
    neutral: Mapping[str, Any]
    #: the group that `why` counts it to by default; without one it is counted by name only
    family: str = ""


@dataclass(frozen=True)
class StaffMean:
    """Something about people that is recorded: week by week its mean over staff, and as a measure the mean
    of that over weeks, × `scale`."""

    key: str
    label: str
    unit: str
    better: Literal["lower", "higher", ""]
    digits: int
    meaning: str
    #: the smallest difference that matters, in its unit
    matters: float
    #: which field of which record
    record: Literal["member", "person"]
    name: str
    scale: float = 1.0


@dataclass(frozen=True)
class Mechanism:
    """All that the rest of orgsim knows about a mechanism, besides its equations."""

    switches: tuple[Switch, ...] = ()
    #: its fields of a scenario, by the path of the table in which they stand
    fields: Mapping[str, type[Table]] = field(default_factory=dict)
    #: what compiled code reads, by record (see RULES) and name, as it is at the start of a run; the path of
    #: a field means what the field does
    rules: Mapping[str, Mapping[str, str | Given]] = field(default_factory=dict)
    #: what compiled code keeps about people, pools and units, by record (see STATE) and name, with what it
    #: is at the start of a run; whoever is hired later begins at 0, or where `people/turnover.py` says
    state: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    #: rules of operations that follow the company's practices, from the scenario and the practices' means
    practised: Mapping[str, Callable[[Any, Means], float]] = field(default_factory=dict)
    #: state of pools that follows the practices of their function: functions of the scenario and of
    #: the practices by name, arrays by function
    pools: Mapping[str, Given] = field(default_factory=dict)
    #: practices that people of a function are treated with, as compiled code reads them
    treatment: tuple[str, ...] = ()
    #: compiled: what a week does to a person, (rules, treatment, unit, member, person)
    week: Callable[..., None] | None = None
    #: what is recorded of it
    means: tuple[StaffMean, ...] = ()


def value_of(scenario: Any, value: str | Given) -> float:
    """What a value is in a scenario."""
    plain = value.value if isinstance(value, Given) else value
    if callable(plain):
        return float(plain(scenario))
    if isinstance(plain, str):
        return float(reduce(getattr, plain.split("."), scenario))
    return plain


def at(path: str, *names: str, **renamed: str) -> dict[str, str | Given]:
    """Values that are fields of the table at `path`: rules of the same name, or of another one."""
    fields = dict(zip(names, names, strict=True)) | renamed
    return {name: f"{path}.{field_name}" for name, field_name in fields.items()}


def mean_of(practice: str) -> Callable[[Any, Means], float]:
    """A rule that is a practice of the whole company."""
    return lambda scenario, means: means(practice)


def practised(given: Given, scenario: Any, practices: Mapping[str, np.ndarray]) -> np.ndarray:
    """State of pools by function, as it follows the practices of a week."""
    assert callable(given.value)
    by_function: np.ndarray = given.value(scenario, practices)
    return by_function


def usual(scenario: Any, practice: str) -> float:
    """A practice as it is where nobody sets it."""
    default: float = type(scenario.practices).model_fields[practice].default
    return default


def reference(practice: str) -> Given:
    """A rule that is a practice as it is where nobody sets it."""
    return Given(lambda s: usual(s, practice), "0–1", f"{practice.replace('_', ' ')} where nobody sets it")
