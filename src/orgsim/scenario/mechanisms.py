"""Mechanism switches: every mechanism can be turned off alone, by one field of a scenario.

The switches are those that the mechanisms declare (see `mechanisms/`). One that is off replaces the
parameters of its mechanism by the values at which it does nothing; the scenario as written stays as it is.
"""

from typing import Any

from orgsim.fields import Table
from orgsim.mechanisms.catalogue import NEUTRAL, with_switches


@with_switches
class Mechanisms(Table):
    """Which mechanisms are on."""


def _put(table: dict[str, Any], path: list[str], value: Any) -> None:
    name, rest = path[0], path[1:]
    if name.endswith("[]"):
        for inner in table.get(name.removesuffix("[]"), ()):
            _put(inner, rest, value)
        return
    for key in list(table) if name == "*" else [name]:
        if rest:
            _put(table.setdefault(key, {}), rest, value)
        else:
            table[key] = value


def neutralised(tables: dict[str, Any], mechanisms: Mechanisms) -> dict[str, Any]:
    """`tables` (which are changed) with the parameters of every mechanism that is off at the values
    at which it does nothing."""
    for name, values in NEUTRAL.items():
        if not getattr(mechanisms, name):
            for path, value in values.items():
                _put(tables, path.split("."), value)
    return tables
