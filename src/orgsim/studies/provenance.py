"""Where results come from: versions, machine, time."""

import importlib.metadata
import os
import platform
from datetime import UTC, datetime
from typing import Any

import orgsim
from orgsim.studies.engine import engine

#: packages that have a say in the numbers, or in how they are kept
_PACKAGES = ("mesa", "numba", "numpy", "scipy", "pydantic", "duckdb")


def provenance() -> dict[str, Any]:
    """Versions of the program and of what computes with it, the kind of machine, the time (UTC)."""
    return versions() | {"when": datetime.now(UTC).isoformat(timespec="seconds")}


def versions() -> dict[str, Any]:
    """The same without the time: what decides about the bits."""
    return {
        "orgsim": orgsim.__version__,
        "engine": engine(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count() or 1,
    }
