"""Results as plain data with stable keys, for `--json` (documented in docs/json.md)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from orgsim.measures import MEASURES
from orgsim.scenario import Scenario
from orgsim.simulation.result import RunResult
from orgsim.statistics.intervals import Estimate
from orgsim.studies.keys import digest_of, files_of
from orgsim.studies.provenance import versions

if TYPE_CHECKING:
    import pandas as pd

    from orgsim.answers.compare import Comparison
    from orgsim.answers.same_service import SameService


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


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """A comparison with the same people."""
    return {
        "kind": "comparison",
        "scenario": comparison.scenario.title,
        "seeds": list(comparison.seeds),
        "baseline": comparison.baseline,
        "designs": {
            design: {
                "label": comparison.label(design),
                "measures": {
                    measure.key: estimate_data(comparison.estimate(design, measure.key))
                    for measure in MEASURES
                },
            }
            for design in comparison.designs
        },
        "differences": {
            design: {
                "measures": {
                    measure.key: _difference(comparison, design, measure.key) for measure in MEASURES
                },
                "cost_waterfall": _waterfall(comparison.cost_waterfall(design)),
                "lead_time_waterfall": _waterfall(comparison.lead_time_waterfall(design)),
                "break_even": _break_even(comparison, design),
                "sentence": comparison.sentence(design),
            }
            for design in comparison.others
        },
        "notes": [str(note) for note in comparison.notes],
        "provenance": origin(comparison.scenario),
    }


def _break_even(comparison: Comparison, design: str) -> dict[str, Any]:
    found = comparison.break_even(design)
    final = estimate_data(found.final.difference) | {"verdict": found.final.verdict}
    return {"reached": found.reached, "week": estimate_data(found.week), "final": final}


def _difference(comparison: Comparison, design: str, measure: str) -> dict[str, Any]:
    found = comparison.difference(design, measure)
    return estimate_data(found.difference) | {
        "variance_reduction": clean(found.variance_reduction),
        "verdict": found.verdict,
        "p_holm": clean(comparison.adjusted(measure)[design]),
    }


def _waterfall(terms: list) -> list[dict[str, Any]]:
    return [
        {"line": term.line, "baseline": term.baseline, "other": term.other}
        | {"difference": estimate_data(term.difference)}
        for term in terms
    ]


def same_service_data(answer: SameService) -> dict[str, Any]:
    """Stable keys; None where there is no number."""
    return {
        "kind": "same_service",
        "scenario": answer.scenario.title,
        "target": str(answer.target),
        "seeds": list(answer.seeds),
        "baseline": answer.baseline,
        "designs": {
            design: {
                "label": answer.scenario.designs[design].label or design,
                "reached": answer.reached(design),
                "staff": estimate_data(answer.estimate(design, "staff")),
                "cost": estimate_data(answer.estimate(design, "cost")),
                "functions": {
                    name: estimate_data(answer.function_estimate(design, name))
                    for name in answer.scenario.company.functions
                },
                "by_seed": [[clean(s.staff), clean(s.cost)] for s in answer.found[design]],
            }
            for design in answer.designs
        },
        "differences": {
            design: {
                what: estimate_data(answer.difference(design, what).difference)
                | {"verdict": answer.difference(design, what).verdict}
                for what in ("staff", "cost")
            }
            for design in answer.designs[1:]
        },
        "sentence": answer.sentence(),
        "provenance": origin(answer.scenario),
    }


#: what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(frame: pd.DataFrame) -> str:
    """A table as CSV. A text that a spreadsheet would take for a formula has an apostrophe before it."""
    texts = frame.select_dtypes(exclude="number").columns
    plain = frame.assign(**{str(name): frame[name].map(_as_text) for name in texts})
    return str(plain.rename(columns=_as_text).to_csv(index=False))


def _as_text(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
