"""The mechanisms that there are, found as the files of this room, and every list that follows from them.

The order is that of the files' names, and within a file that of its declaration.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from pydantic import create_model
from pydantic.fields import FieldInfo

import orgsim.mechanisms
from orgsim.fields import Table, text
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import RULES, STATE, Given, Means, Mechanism, StaffMean, Switch, value_of

_T = TypeVar("_T", bound=Table)
_NO_MECHANISMS = ("catalogue", "declaration")


def _found() -> dict[str, Mechanism]:
    names = sorted(module.name for module in pkgutil.iter_modules(orgsim.mechanisms.__path__))
    return {
        name: import_module(f"orgsim.mechanisms.{name}").MECHANISM
        for name in names
        if name not in _NO_MECHANISMS
    }


#: by the name of the file
MECHANISMS: dict[str, Mechanism] = _found()


def _once(kind: str, pairs: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise AssertionError(f"two mechanisms declare the {kind} '{name}'")
        found[name] = value
    return found


def _gathered(kind: str, tables: Callable[[Mechanism], Mapping[str, Any]]) -> dict[str, Any]:
    return _once(kind, (pair for mechanism in MECHANISMS.values() for pair in tables(mechanism).items()))


def _by_record(records: tuple[str, ...], what: str) -> dict[str, dict[str, Any]]:
    for name, mechanism in MECHANISMS.items():
        if unknown := set(getattr(mechanism, what)) - set(records):
            raise AssertionError(f"mechanisms/{name}.py: there is no record {unknown} for {what}")

    def of(record: str) -> dict[str, Any]:
        return _gathered(f"{what} of {record}", lambda mechanism: getattr(mechanism, what).get(record, {}))

    return {record: of(record) for record in records}


SWITCHES: dict[str, Switch] = _once(
    "switch", ((switch.name, switch) for mechanism in MECHANISMS.values() for switch in mechanism.switches)
)
#: what each switch's parameters become when it is off
NEUTRAL: dict[str, Mapping[str, Any]] = {name: switch.neutral for name, switch in SWITCHES.items()}
#: the groups of switches that `why` counts together by default
FAMILIES: dict[str, tuple[str, ...]] = {
    family: tuple(name for name, switch in SWITCHES.items() if switch.family == family)
    for family in dict.fromkeys(switch.family for switch in SWITCHES.values())
    if family
}
#: by record and name: the path of a field, or a value with its meaning
RULES_OF: dict[str, dict[str, str | Given]] = _by_record(RULES, "rules")
STATE_OF: dict[str, dict[str, Given]] = _by_record(STATE, "state")
PRACTISED: dict[str, Callable[[Any, Means], float]] = _gathered("practised rule", lambda m: m.practised)
POOLS: dict[str, Given] = _gathered("state of pools", lambda mechanism: mechanism.pools)
TREATMENT: tuple[str, ...] = tuple(
    dict.fromkeys(name for mechanism in MECHANISMS.values() for name in mechanism.treatment)
)
MEANS: tuple[StaffMean, ...] = tuple(mean for mechanism in MECHANISMS.values() for mean in mechanism.means)


def write_rules(record: str, rules: np.ndarray, scenario: Any) -> None:
    """Write the rules of a record as they are at the start of a run of a scenario."""
    for name, value in RULES_OF[record].items():
        rules[name] = value_of(scenario, value)


def write_state(record: str, rows: np.ndarray, scenario: Any) -> None:
    """Write what mechanisms keep in `rows` of a record as it is at the start of a run of a scenario."""
    for name, value in STATE_OF[record].items():
        rows[name] = value_of(scenario, value)


def composed(path: str) -> Callable[[type[_T]], type[_T]]:
    """A class decorator: the table of a scenario at `path`, with the fields of the mechanisms that have
    some in it."""
    fields = _gathered(f"field of {path}", lambda m: m.fields[path].model_fields if path in m.fields else {})
    return lambda table: _with_fields(table, fields)


def with_switches(table: type[_T]) -> type[_T]:
    """A class decorator: a table with a field for every switch, on by default."""
    fields = {name: text(True, switch.meaning) for name, switch in SWITCHES.items()}
    return _with_fields(table, fields, bool)


def _with_fields(table: type[_T], fields: Mapping[str, FieldInfo], kind: type | None = None) -> type[_T]:
    """The table with further fields, all of one kind or each of its own."""
    definitions: dict[str, Any] = {name: (kind or field.annotation, field) for name, field in fields.items()}
    made: type[_T] = create_model(
        table.__name__, __base__=table, __module__=table.__module__, __doc__=table.__doc__, **definitions
    )
    return made


class Composed(Table):
    """A table whose fields are the mechanisms' own: what a type checker cannot list."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


@compiled
def _nothing(rules, treatment, unit, member, person):
    pass


def _then(first: Callable[..., None], rest: Callable[..., None]) -> Callable[..., None]:
    def both(rules, treatment, unit, member, person):
        first(rules, treatment, unit, member, person)
        rest(rules, treatment, unit, member, person)

    return compiled(both, keep=False)


def _in_turn() -> Callable[..., None]:
    whole: Callable[..., None] = _nothing
    for mechanism in reversed(MECHANISMS.values()):
        if mechanism.week is not None:
            whole = _then(mechanism.week, whole)
    return whole


#: compiled: what a week does to a person, by all mechanisms that have a say, in the order of their files
EVERY_WEEK = _in_turn()
