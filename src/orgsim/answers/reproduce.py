"""A bundled study run again, and compared with what is on record for it."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orgsim import gate
from orgsim.answers.findings import Findings
from orgsim.errors import OrgsimError
from orgsim.writing import write_json

#: relative differences below this come from the processor's arithmetic, not from the model
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Difference:
    """A mean that is not what is on record."""

    values: dict[str, Any]
    design: str
    measure: str
    recorded: float
    found: float


@dataclass(frozen=True)
class Reproduction:
    """How a study that was run again compares with its record."""

    title: str
    compared: int
    identical: int
    differences: tuple[Difference, ...]  # beyond rounding
    recorded_engine: str
    engine: str

    @property
    def verdict(self) -> str:
        """In words."""
        if self.identical == self.compared:
            return "the same to the bit"
        if not self.differences:
            return "the same up to rounding"
        return "not the same"


def record_file(experiment: Path) -> Path:
    """Where the record of a study is: beside its file."""
    return experiment.with_suffix(".record.json")


def summary(findings: Findings) -> dict[str, Any]:
    """What is kept on record: by point and design the seeds and the means of the experiment's measures."""
    points = [
        {
            "values": point.values,
            "designs": {
                design: {
                    "seeds": len(findings.by_seed(point, design, findings.experiment.measures[0])),
                    "means": {
                        measure: _plain(findings.mean(point, design, measure))
                        for measure in findings.experiment.measures
                    },
                }
                for design in findings.designs
            },
        }
        for point in findings.points
    ]
    return {"title": findings.experiment.title, "engine": findings.store.notes["engine"], "points": points}


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None


def write_record(findings: Findings, path: Path) -> None:
    """Put what was found on record."""
    write_json(summary(findings), path)


def compare_with_record(findings: Findings, path: Path) -> Reproduction:
    """Every mean against its record. Raises OrgsimError where there is none."""
    if not path.exists():
        raise OrgsimError("{path}: there is no record of this study to compare with", path=path)
    recorded = gate.json_value(gate.read_bytes(path), str(path))
    if not findings.progress.finished or findings.progress.failed:
        raise OrgsimError(
            "{folder}: not every run of the study is there ({failed} failed); see `orgsim results`",
            folder=findings.store.folder,
            failed=findings.progress.failed,
        )
    found = summary(findings)
    try:
        compared, identical, differing = _compared(found, recorded)
        before = str(recorded["engine"])
    except (LookupError, TypeError, ValueError):
        raise OrgsimError(
            "{path}: is the record of another version of this study: its points are others", path=path
        ) from None
    return Reproduction(
        findings.experiment.title, compared, identical, tuple(differing), before, found["engine"]
    )


def _compared(found: dict[str, Any], recorded: dict[str, Any]) -> tuple[int, int, list[Difference]]:
    """How many means there are, how many are the same to the bit, and what differs beyond rounding."""
    compared = identical = 0
    differing: list[Difference] = []
    nothing = float("nan")
    for now, then in zip(found["points"], recorded["points"], strict=True):
        for design, facts in then["designs"].items():
            for measure, value in facts["means"].items():
                compared += 1
                again = now["designs"][design]["means"][measure]
                if again == value:
                    identical += 1
                elif again is None or value is None or not math.isclose(again, value, rel_tol=_ROUNDING):
                    before, after = (nothing if mean is None else mean for mean in (value, again))
                    differing.append(Difference(then["values"], design, measure, before, after))
    return compared, identical, differing
