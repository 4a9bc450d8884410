"""Every field of a scenario as a table, generated from the schema: the one place of its facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from orgsim.fields import ASSUMED
from orgsim.scenario.layers import DIRECTIVES
from orgsim.scenario.schema import Scenario

#: the source of a value that is not the default
OWN = "set in this scenario"


@dataclass(frozen=True)
class FieldFacts:
    """One field: where it is, and all that is known about it."""

    path: str
    unit: str
    default: str
    bounds: str
    meaning: str
    source: str
    plausible: tuple[float, float] | None = None
    whole: bool = False

    @property
    def range(self) -> str:
        """The plausible range for people."""
        return "" if self.plausible is None else f"{_shown(self.plausible[0])} to {_shown(self.plausible[1])}"

    def source_of(self, value: Any) -> str:
        """Where a value of the field comes from: the default's source is that of the default alone."""
        return self.source if not self.source or _shown(value) == self.default else OWN

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """The bounds of a number; None where there is none."""
        ends = self.bounds.split(" to ")
        if len(ends) != 2:
            return None, None
        found = [None if end == "–" else float(end) for end in ends]
        return found[0], found[1]


def fields(model: type[BaseModel] = Scenario, path: str = "") -> Iterator[FieldFacts]:
    """All fields in the order of the schema; `*` stands for a name that the user chooses."""
    for name, field in model.model_fields.items():
        here = f"{path}.{name}" if path else name
        inner = _table_in(field.annotation)
        if inner is None:
            yield _facts(here, field)
        else:
            table, many = inner
            yield from fields(table, here + many)


@cache
def _by_pattern() -> dict[tuple[str, ...], FieldFacts]:
    return {tuple(facts.path.replace("[]", ".#").split(".")): facts for facts in fields()}


@cache
def facts_of(path: str) -> FieldFacts | None:
    """What the schema knows about a field of a scenario; numbers in a path are places in a list. None if
    there is no such field."""
    parts = tuple("#" if part.isdigit() else part for part in path.split("."))
    known = _by_pattern()
    if parts in known:
        return known[parts]
    for pattern, facts in known.items():
        if len(pattern) == len(parts) and all(a in ("*", b) for a, b in zip(pattern, parts, strict=True)):
            return facts
    # a table of names that the user chooses, with plain values: its facts are those of the table
    for pattern, facts in known.items():
        if len(pattern) + 1 == len(parts) and all(
            a in ("*", b) for a, b in zip(pattern, parts[:-1], strict=True)
        ):
            return facts
    return None


def _table_in(annotation: Any) -> tuple[type[BaseModel], str] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, ""
    arguments = get_args(annotation)
    for argument in arguments:
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument, ".*" if arguments[0] is str else "[]"
    return None


def _facts(path: str, field: FieldInfo) -> FieldFacts:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    default = "required" if field.default is PydanticUndefined else _shown(field.default)
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    bounds = "" if low is None and high is None else f"{_shown(low)} to {_shown(high)}"
    choices = [choice for choice in get_args(field.annotation) if isinstance(choice, str)]
    return FieldFacts(
        path,
        str(extra.get("unit", "")),
        default,
        " | ".join(choices) or bounds,
        field.description or "",
        str(extra.get("source", "")),
        _plausible(field, extra, low, high),
        field.annotation is int,
    )


def _plausible(
    field: FieldInfo, extra: dict[str, Any], low: float | None, high: float | None
) -> tuple[float, float] | None:
    """The range that the schema states, or, for an assumption without one, from half to double its
    default, within the bounds."""
    if isinstance(stated := extra.get("plausible"), list):
        return float(str(stated[0])), float(str(stated[1]))
    assumed = str(extra.get("source", "")).startswith(ASSUMED)
    default = field.default
    if not assumed or isinstance(default, bool) or not isinstance(default, (int, float)) or default == 0:
        return None
    ends = sorted((default / 2, default * 2))
    return (
        ends[0] if low is None else max(low, ends[0]),
        ends[1] if high is None else min(high, ends[1]),
    )


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if value in ((), [], {}, ""):
        return "empty"
    if isinstance(value, (tuple, list)):
        return ", ".join(str(item) for item in value)
    return str(value)


def file_schema(model: type[BaseModel] = Scenario) -> dict[str, Any]:
    """JSON Schema of a scenario *file* (or of another kind), for editors: a file may extend others, so
    that nothing is required in it."""
    schema = _without_required(model.model_json_schema())
    names = {"type": "string", "description": "a bundled one's name or a path"}
    schema["properties"]["extends"] = {
        "description": "what to start from, later ones on top",
        "anyOf": [names, {"type": "array", "items": names}],
    }
    for word, meaning in DIRECTIVES.items() if model is Scenario else ():
        paths = {"type": "array", "items": {"type": "string"}}
        schema["properties"][word] = {"description": meaning} | paths
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def _without_required(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: _without_required(value)
            for key, value in schema.items()
            if not (key == "required" and isinstance(value, list))
        }
    if isinstance(schema, list):
        return [_without_required(value) for value in schema]
    return schema
