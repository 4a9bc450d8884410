"""Results as plain data with stable keys, for `--json` (documented in docs/json.md)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from orgsim.scenario import Scenario
from orgsim.simulation.result import RunResult
from orgsim.statistics.intervals import Estimate
from orgsim.studies.keys import digest_of, files_of
from orgsim.studies.provenance import versions

if TYPE_CHECKING:
    import pandas as pd


def clean(value: float) -> float | None:
    """A number for JSON: None where it is not finite."""
    return float(value) if math.isfinite(value) else None


def estimate_data(value: Estimate) -> dict[str, float | None]:
    """Mean and interval."""
    return {"mean": clean(value.mean), "low": clean(value.low), "high": clean(value.high)}


def origin(settings: Scenario) -> dict[str, Any]:
    """Where a result comes from: versions, machine, the scenario as it was resolved, and the hashes of the
    files that it reads (None for one that has gone meanwhile)."""
    read = {str(file): digest_of(file) if file.is_file() else None for file in files_of(settings)}
    return versions() | {"settings": settings.model_dump(mode="json", exclude_unset=True), "files": read}


def run_data(result: RunResult, settings: Scenario) -> dict[str, Any]:
    """One run."""
    return {
        "kind": "run",
        "scenario": settings.title,
        "design": result.design,
        "seed": result.seed,
        "measures": {key: clean(value) for key, value in result.measures.items()},
        "costs": {key: clean(value) for key, value in result.costs.items()},
        "lead_time": {key: clean(value) for key, value in result.lead_time.items()},
        "case_types": _table(result.case_types),
        "units": _table(result.units),
        "functions": _table(result.functions),
        "phases": result.phases,
        "weekly": {key: [clean(v) for v in values] for key, values in result.weekly.items()},
        "provenance": origin(settings),
    }


def _table(table: dict[str, dict[str, float]]) -> dict[str, dict[str, float | None]]:
    return {name: {key: clean(v) for key, v in row.items()} for name, row in table.items()}


#: what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(frame: pd.DataFrame) -> str:
    """A table as CSV. A text that a spreadsheet would take for a formula has an apostrophe before it."""
    texts = frame.select_dtypes(exclude="number").columns
    plain = frame.assign(**{str(name): frame[name].map(_as_text) for name in texts})
    return str(plain.rename(columns=_as_text).to_csv(index=False))


def _as_text(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
