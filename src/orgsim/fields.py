"""How a parameter is declared: default, unit, bounds, meaning and source in one place."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

#: the source of a value that is not measured anywhere: kept out of conclusions that its range upsets
ASSUMED = "assumption"

REQUIRED: Any = ...


class Table(BaseModel):
    """A table of a scenario file: immutable, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


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
