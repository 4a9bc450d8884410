"""What a recording test writes down of an answer: numbers to nine digits, nothing of the machine."""

import hashlib
import json
import math
from typing import Any

#: where, when, how fast and by what an answer was made
_PROVENANCE = {
    "provenance",
    "environment",
    "versions",
    "workers",
    "seconds",
    "seconds_min",
    "seconds_max",
    "seconds_per_run",
    "orgsim",
    "made",
    "folder",
    "store",
    "file",
}


def steady(value: Any) -> Any:
    """A value as it is recorded: another processor may differ in the last bits of an exponential, and a
    record that every new machine breaks holds nothing."""
    if isinstance(value, dict):
        return {str(key): steady(item) for key, item in value.items() if key not in _PROVENANCE}
    if isinstance(value, (list, tuple)):
        return [steady(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.9g}") + 0.0 if math.isfinite(value) else str(value)
    return value


def digest(value: Any) -> str:
    """A short name of a value's contents."""
    text = json.dumps(steady(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
