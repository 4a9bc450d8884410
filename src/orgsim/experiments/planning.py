"""Before and after a sweep: what it would take, what it found, and one run of it again."""

import math
import time
from pathlib import Path
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.experiments.design import Experiment
from orgsim.experiments.engine import engine
from orgsim.experiments.findings import Findings
from orgsim.experiments.points import base_case, designs_of, points_of
from orgsim.experiments.runner import run_settings, worker_count
from orgsim.experiments.statistics import holm
from orgsim.experiments.store import FACTS, RUN_COLUMNS, Store, run_key, run_values
from orgsim.scenario import Scenario

_BYTES_PER_RUN = 1200
_BYTES_PER_WEEK = 120


def plan(experiment: Experiment, folder: Path) -> dict[str, Any]:
    """Points, runs, estimated time and size of a sweep; one run of the base case is timed."""
    points = points_of(experiment)
    base = base_case(experiment)
    designs = designs_of(experiment, base)
    first = experiment.replications.first_seed
    there = 0
    if (folder / "store.json").exists():
        known, of_engine = set(Store(folder).keys()), engine()
        there = sum(
            run_key(point.name, design, seed, of_engine) in known
            for point in points
            for design in designs
            for seed in range(first, first + point.most)
        )
    seconds = _seconds_of_a_run(base, designs)
    workers = worker_count(None)
    low = len(designs) * sum(point.least for point in points)
    high = len(designs) * sum(point.most for point in points)
    kept = high if experiment.weekly else len(designs) * points[0].most
    return {
        "kind": "plan", "title": experiment.title,
        "factors": {name: f"{factor.field}, {factor.role}" for name, factor in experiment.factors.items()},
        "points": sum(point.sampled for point in points), "designs": len(designs),
        "min": experiment.replications.min, "max": experiment.replications.most,
        "base": experiment.replications.base, "runs_min": low, "runs_max": high, "there": there,
        "seconds_per_run": seconds, "workers": workers,
        "seconds_min": max(0, low - there) * seconds / workers,
        "seconds_max": max(0, high - there) * seconds / workers,
        "megabytes": (high * _BYTES_PER_RUN + kept * _BYTES_PER_WEEK * base.horizon.weeks) / 1e6,
    }  # fmt: skip


def warm_up(experiment: Experiment) -> None:
    """Compile the core before workers would, each for itself."""
    base = base_case(experiment)
    compile_with(base, designs_of(experiment, base)[0])


def compile_with(settings: Scenario, design: str) -> None:
    """Compile the core with a run of one week."""
    horizon = settings.horizon.model_copy(update={"weeks": 1, "warmup_weeks": 0})
    plain = settings.model_copy(update={"horizon": horizon, "levers": {}, "rules": {}})
    run_settings(plain, design, 1)


def _seconds_of_a_run(settings: Scenario, designs: tuple[str, ...]) -> float:
    run_settings(settings, designs[-1], 1)
    started = time.perf_counter()
    run_settings(settings, designs[0], 1)
    return time.perf_counter() - started


def rows_of(store: Store, sql: str) -> tuple[list[str], list[tuple]]:
    """Columns and rows of a query. Raises OrgsimError for a bad one."""
    import duckdb

    with store.connection() as connection:
        try:
            cursor = connection.execute(sql)
        except duckdb.Error as error:
            raise OrgsimError(f"--sql: {str(error).splitlines()[0]}") from None
        return [column[0] for column in cursor.description or ()], cursor.fetchall()


def differences(findings: Findings, measure: str | None) -> tuple[list[str], list[tuple]]:
    """For every point and design: factors, mean of the baseline, difference with the half-width of its
    95 % interval, seeds, the verdict of that interval alone, the factor by which pairing reduced the
    variance, and the p-value after Holm's correction for all rows."""
    key, _ = findings.checked(measure)
    base = findings.baseline
    rows: list[tuple] = []
    for point in findings.points:
        for design in findings.others:
            found = findings.values(point, key, (base, design))
            if not len(found[base]):
                continue
            pair = findings.difference(point, design, key)
            value = pair.difference
            rows.append(
                (*point.values.values(), design, float(found[base].mean()), value.mean, value.half_width,
                 len(found[base]), pair.verdict, pair.variance_reduction, pair.p_value)
            )  # fmt: skip
    adjusted = holm([row[-1] for row in rows])
    columns = [
        *findings.experiment.factors,
        "design",
        base,
        "difference",
        "±",
        "seeds",
        "verdict",
        "pairing",
    ]
    return [*columns, "p (Holm)"], [(*row[:-1], p) for row, p in zip(rows, adjusted, strict=True)]


def replay(experiment: Experiment, store: Store, key: str) -> list[tuple[str, float, float]]:
    """Run one run of a sweep again; what differs, with what it was and is.

    Raises OrgsimError if the experiment has no such run, or the program has changed since."""
    of_engine = engine()
    base = base_case(experiment)
    first = experiment.replications.first_seed
    for point in points_of(experiment):
        for design in designs_of(experiment, base):
            for seed in range(first, first + point.most):
                if run_key(point.name, design, seed, of_engine) == key:
                    names = list(RUN_COLUMNS)[len(FACTS) :]
                    listed = ", ".join(f'"{name}"' for name in names)
                    stored = store.query(f"SELECT {listed} FROM runs WHERE key = '{key}' AND status = 'ok'")
                    if not stored:
                        raise OrgsimError(f"{key}: belongs to this experiment, but is not in the store")
                    settings = experiment.at(point.values) if point.sampled else base
                    now = run_values(run_settings(settings, design, seed))
                    return [
                        (name, before, now[name])
                        for name, before in zip(names, stored[0], strict=True)
                        if not (before == now[name] or (before is None and math.isnan(now[name])))
                    ]
    raise OrgsimError(
        f"{key}: is no run of this experiment with this version of the program; the keys are in the column "
        "`key` of the table runs"
    )
