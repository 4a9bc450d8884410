"""What pydantic finds wrong, as messages that name file, field, value and remedy."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticKnownError

from orgsim.errors import RuleError, short
from orgsim.messages import Joined, Message, joined
from orgsim.scenario.hints import nearest
from orgsim.scenario.layers import Layer
from orgsim.scenario.schema import Scenario

_MOST_PROBLEMS = 10


def explain(
    error: ValidationError, where: str, model: type[BaseModel] = Scenario, upper: Sequence[Layer] = ()
) -> Joined:
    """A validation error as messages, one a line: the first ten, and how many more there are. What a layer
    `upper` of the file has brought is said to be of that layer."""
    problems = error.errors(include_url=False, include_context=True)
    told = [
        (_brought_by(problem["loc"], upper) or where, _explained(problem, model))
        for problem in problems[:_MOST_PROBLEMS]
    ]
    if len(problems) > _MOST_PROBLEMS:
        told.append((where, Message("and {count:,} more", count=len(problems) - _MOST_PROBLEMS)))
    return joined((Message("{where}: {problem}", where=place, problem=one) for place, one in told), "\n")


def _brought_by(location: tuple[Any, ...], layers: Sequence[Layer]) -> str:
    """The name of the last layer that says something of a place; empty where none does."""
    for layer in reversed(layers):
        found: Any = layer.tables
        for part in location:
            if not isinstance(found, Mapping):
                break
            found = found.get(part)
        if location and found is not None:
            return layer.name
    return ""


def _explained(problem: Mapping[str, Any], model: type[BaseModel]) -> Any:
    place = problem["loc"]
    location = tuple(part + 1 if isinstance(part, int) else short(part, 40) for part in place)
    field = (
        ".".join(str(part) for part in location)
        .replace(".route.", ".route ")
        .replace(".follows.", ".follows ")
    )
    context = problem.get("ctx", {})
    match problem["type"]:
        case "extra_forbidden":
            hint = nearest(str(place[-1]), _fields_at(place, model))
            return Message("{field} is no known field{hint}", field=field, hint=hint)
        case "missing":
            return Message("{field} is missing; add it", field=field)
        case "value_error":
            error = context["error"]
            rule = error.message if isinstance(error, RuleError) else str(error)
            return Message("{field}: {problem}", field=field, problem=rule) if field else rule
        case "int_from_float" | "int_parsing" | "int_type":
            return Message("{field} = {value} must be a whole number", field=field, value=_value(problem))
        case "too_long":
            return Message(
                "{field} has {count:,} entries; at most {most:,} can be computed",
                field=field, count=len(problem["input"]), most=context["max_length"],
            )  # fmt: skip
        case "literal_error":
            return Message(
                "{field} = {value} must be {choices}",
                field=field, value=_value(problem), choices=_choices(place, model, context["expected"]),
            )  # fmt: skip
        case kind:
            values = {name: _bound(value) for name, value in context.items()}
            return Message(
                _template(kind, context),
                **{"field": field, "value": _value(problem), **values},
            )  # fmt: skip


def _template(kind: Any, context: dict[str, Any]) -> str:
    """Pydantic's own template for a kind of problem, as the end of a sentence."""
    rule = PydanticKnownError(kind, context).message_template
    return "{field} = {value} " + rule.replace("Input should be", "must be")


def _value(problem: Mapping[str, Any]) -> str:
    return short(json.dumps(problem.get("input"), default=str, ensure_ascii=False))


def _bound(value: Any) -> Any:
    """A bound as pydantic shows it: a whole number without decimals."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _choices(place: tuple[Any, ...], model: type[BaseModel], expected: str) -> Any:
    """'a', 'b' or 'c': what a field takes, or what pydantic says where the field is not found."""
    *first, last = [repr(choice) for choice in _literals(_annotation_at(place, model))] or [expected]
    return Message("{names} or {last}", names=joined(first), last=last) if first else last


def _literals(annotation: Any) -> Iterator[Any]:
    """The values that an annotation allows, however deep they stand in it."""
    for inner in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield inner
        else:
            yield from _literals(inner)


def _annotation_at(place: tuple[Any, ...], root: type[BaseModel]) -> Any:
    """What the schema declares under a path; None where it knows nothing."""
    here: Any = root
    for part in place:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(part))
            here = None if field is None else field.annotation
        else:
            inner = next((a for a in reversed(get_args(here)) if isinstance(a, type)), None)
            here = inner if inner is not None else here
    return here


def _fields_at(place: tuple[Any, ...], root: type[BaseModel]) -> list[str]:
    """The field names of the table that holds the last part of a path."""
    table = _annotation_at(place[:-1], root)
    return list(table.model_fields) if isinstance(table, type) and issubclass(table, BaseModel) else []
