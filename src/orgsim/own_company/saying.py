"""What a person says about a file with `--map NAME=VALUE`, as the options of a reader."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from orgsim.errors import ScenarioError, short
from orgsim.intake.reading import TableReading
from orgsim.scenario.explaining import explain

_Reading = TypeVar("_Reading", bound=TableReading)


def said(model: type[_Reading], pairs: Iterable[str]) -> _Reading:
    """The options in `name=value` texts; `table.key=value` is an entry of a table. Raises ScenarioError for
    what is no option or no value of one."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        table, dot, key = name.strip().partition(".")
        if not sign or not table or (dot and not key):
            raise ScenarioError("--map {text}: write it as name=value", text=short(pair))
        if dot:
            inside = found.setdefault(table, {})
            found[table] = {**inside, key: value} if isinstance(inside, dict) else {key: value}
        else:
            found[table] = value
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise ScenarioError(explain(error, "--map", model)) from None
