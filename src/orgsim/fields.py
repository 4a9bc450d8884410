"""How a parameter is declared: default, unit, bounds, meaning and source in one place."""

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticKnownError

#: the source of a value that is not measured anywhere: kept out of conclusions that its range upsets
ASSUMED = "assumption"

REQUIRED: Any = ...


class Table(BaseModel):
    """A table of a scenario file: immutable, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_no_truth_value(cls, value: Any, info: ValidationInfo) -> Any:
        """true and false are no numbers, whatever Python takes them for."""
        number = _number_in(cls, str(info.field_name))
        if number is not None and _holds_a_truth_value(value):
            raise PydanticKnownError("int_type" if number is int else "float_type")
        return value


@cache
def _number_in(table: type[BaseModel], name: str) -> type | None:
    """The kind of number that a field holds, itself or in a list or by key; None where it takes truth values
    or holds no numbers."""
    kinds = set(_kinds(table.model_fields[name].annotation))
    if bool in kinds:
        return None
    return float if float in kinds else int if int in kinds else None


def _kinds(annotation: Any) -> list[Any]:
    inner = get_args(annotation)
    return [kind for each in inner for kind in _kinds(each)] if inner else [annotation]


def _holds_a_truth_value(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_a_truth_value, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_a_truth_value, value))
    return value is True or value is False


def quantity(
    default: Any,
    unit: str,
    meaning: str,
    low: float | None = None,
    high: float | None = None,
    source: str = ASSUMED,
    plausible: tuple[float, float] | None = None,
) -> Any:
    """A number with its unit, bounds (inclusive, what can be computed), meaning and source, and the
    range in which it plausibly lies."""
    bounds: dict[str, Any] = {}
    if low is not None:
        bounds["ge"] = low
    if high is not None:
        bounds["le"] = high
    extra: dict[str, Any] = {"unit": unit, "source": source}
    if plausible is not None:
        extra["plausible"] = list(plausible)
    return Field(default, description=meaning, json_schema_extra=extra, **bounds)


def text(default: Any, meaning: str, most: int | None = None) -> Any:
    """A name, a choice or a list of names; of a list or of tables by key `most` can be computed."""
    return Field(default, description=meaning, max_length=most)
