"""Before and after a sweep: what it would take, what it found, and one run of it again."""

import math
import time
from pathlib import Path
from typing import Any

from orgsim.accounts import BY_KEY
from orgsim.errors import OrgsimError
from orgsim.experiments.design import Experiment
from orgsim.experiments.runner import run_settings, worker_count
from orgsim.experiments.statistics import paired
from orgsim.experiments.store import Store, engine, run_key
from orgsim.experiments.sweep import Point, points_of
from orgsim.scenario.loading import nearest

_BYTES_PER_RUN = 900
_BYTES_PER_WEEK = 120


def plan(experiment: Experiment, folder: Path) -> dict[str, Any]:
    """Points, runs, estimated time and size of a sweep; one run of the first point is timed."""
    points = points_of(experiment)
    rules = experiment.replications
    most = max(rules.min, rules.max) if rules.half_width else rules.min
    designs = len(points[0].designs)
    there = 0
    if (folder / "store.json").exists():
        known, of_engine = set(Store(folder).keys()), engine()
        there = sum(
            run_key(point.hash, design, seed, of_engine) in known
            for point in points
            for design in point.designs
            for seed in range(rules.first_seed, rules.first_seed + most)
        )
    seconds = _seconds_of_a_run(points)
    workers = worker_count(None)
    low, high = (len(points) * designs * count for count in (rules.min, most))
    size = _BYTES_PER_RUN + (_BYTES_PER_WEEK * points[0].settings.horizon.weeks if experiment.weekly else 0)
    return {
        "factors": {name: f"{factor.field}, {factor.role}" for name, factor in experiment.factors.items()},
        "kind": "plan", "title": experiment.title, "points": len(points), "designs": designs,
        "min": rules.min, "max": most, "runs_min": low, "runs_max": high, "there": there,
        "seconds_per_run": seconds, "workers": workers,
        "seconds_min": max(0, low - there) * seconds / workers,
        "seconds_max": max(0, high - there) * seconds / workers, "megabytes": high * size / 1e6,
    }  # fmt: skip


def warm_up(point: Point) -> None:
    """Compile the core with a run of one week, before workers would, each for itself."""
    horizon = point.settings.horizon.model_copy(update={"weeks": 1, "warmup_weeks": 0})
    plain = point.settings.model_copy(update={"horizon": horizon, "levers": {}, "rules": {}})
    run_settings(plain, point.designs[0], 1)


def _seconds_of_a_run(points: list[Point]) -> float:
    run_settings(points[0].settings, points[0].designs[-1], 1)
    started = time.perf_counter()
    run_settings(points[0].settings, points[0].designs[0], 1)
    return time.perf_counter() - started


def rows_of(store: Store, sql: str) -> tuple[list[str], list[tuple]]:
    """Columns and rows of a query. Raises OrgsimError for a bad one."""
    import duckdb

    try:
        cursor = store.connection().execute(sql)
    except duckdb.Error as error:
        raise OrgsimError(f"--sql: {str(error).splitlines()[0]}") from None
    return [column[0] for column in cursor.description or ()], cursor.fetchall()


def differences(store: Store, measure: str) -> tuple[list[str], list[tuple]]:
    """For every point and design: factors, mean of the baseline (the design that was run first),
    difference with the half-width of its 95 % interval, seeds, verdict."""
    if measure not in BY_KEY:
        raise OrgsimError(f"--measure {measure} is no measure{nearest(measure, BY_KEY)}")
    names, points = rows_of(store, "SELECT * FROM points")
    factors = names[1:]
    found = store.query(
        f"SELECT point, design, seed, \"{measure}\" FROM runs WHERE status = 'ok' ORDER BY seed"
    )
    runs: dict[tuple[str, str], dict[int, float]] = {}
    designs: list[str] = []
    for point, design, seed, value in found:
        runs.setdefault((point, design), {})[seed] = value
        if design not in designs:
            designs.append(design)
    order = store.designs or designs
    base = order[0]
    rows: list[tuple] = []
    for point, *values in points:
        for design in order[1:]:
            one, other = runs.get((point, base), {}), runs.get((point, design), {})
            seeds = sorted(set(one) & set(other))
            if not seeds:
                continue
            pair = paired([one[s] for s in seeds], [other[s] for s in seeds])
            mean = sum(one[s] for s in seeds) / len(seeds)
            value = pair.difference
            rows.append((*values, design, mean, value.mean, value.half_width, len(seeds), pair.verdict))
    return [*factors, "design", base, "difference", "±", "seeds", "verdict"], rows


def replay(experiment: Experiment, store: Store, key: str) -> list[tuple[str, float, float]]:
    """Run one run of a sweep again; the measures that differ, with what they were and are.

    Raises OrgsimError if the experiment has no such run, or the program has changed since."""
    rules, of_engine = experiment.replications, engine()
    for point in points_of(experiment):
        for design in point.designs:
            for seed in range(rules.first_seed, rules.first_seed + max(rules.min, rules.max)):
                if run_key(point.hash, design, seed, of_engine) == key:
                    names = ", ".join(f'"{name}"' for name in BY_KEY)
                    stored = store.query(f"SELECT {names} FROM runs WHERE key = '{key}' AND status = 'ok'")
                    if not stored:
                        raise OrgsimError(f"{key}: belongs to this experiment, but is not in the store")
                    now = run_settings(point.settings, design, seed).measures
                    return [
                        (name, before, now[name])
                        for name, before in zip(BY_KEY, stored[0], strict=True)
                        if not (before == now[name] or (math.isnan(before) and math.isnan(now[name])))
                    ]
    raise OrgsimError(
        f"{key}: is no run of this experiment with this version of the program; the keys are in the column "
        "`key` of the table runs"
    )
