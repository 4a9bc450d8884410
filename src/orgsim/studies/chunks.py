"""A chunk of a sweep: some seeds of one point under all designs, run by whichever worker is free."""

import time
from dataclasses import dataclass

from orgsim.errors import OrgsimError
from orgsim.scenario import Scenario
from orgsim.simulation.runner import run_settings
from orgsim.studies.store import run_values


@dataclass(frozen=True)
class Chunk:
    """Seeds of one point, to be run under all designs."""

    point: str
    settings: Scenario
    designs: tuple[str, ...]
    seeds: tuple[int, ...]
    weekly: bool
    fail_fast: bool = False


@dataclass(frozen=True)
class Answer:
    """One run of a chunk: measures, cost and lead time by line; the course week by week, if it is kept."""

    design: str
    seed: int
    status: str
    reason: str
    seconds: float
    values: dict[str, float]
    weekly: dict[str, list[float]]


def run_chunk(chunk: Chunk) -> list[Answer]:
    """Every run of a chunk; a run that fails is an answer with its reason."""
    answers = []
    for seed in chunk.seeds:
        for design in chunk.designs:
            started = time.perf_counter()
            status, reason = "ok", ""
            values: dict[str, float] = {}
            weekly: dict[str, list[float]] = {}
            try:
                result = run_settings(chunk.settings, design, seed)
                values = run_values(result)
                if chunk.weekly:
                    weekly = {name: series.tolist() for name, series in result.weekly.items()}
            except Exception as error:
                status, reason = "failed", f"{type(error).__name__}: {error}"
                if chunk.fail_fast:
                    where = f"point {chunk.point}, design {design}, seed {seed}"
                    raise OrgsimError(
                        "a run failed ({where}): {reason}", where=where, reason=reason
                    ) from None
            spent = time.perf_counter() - started
            answers.append(Answer(design, seed, status, reason, spent, values, weekly))
    return answers
