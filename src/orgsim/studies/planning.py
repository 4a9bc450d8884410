"""Before and after a sweep: what it would take, what it found, and one run of it again."""

import math
import time
from pathlib import Path
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.messages import Message
from orgsim.scenario import Scenario
from orgsim.simulation.runner import run_settings, worker_count
from orgsim.studies.design import Experiment
from orgsim.studies.engine import engine
from orgsim.studies.keys import run_key
from orgsim.studies.parts import DamagedError
from orgsim.studies.points import Point, base_case, designs_of, points_of
from orgsim.studies.store import FACTS, RUN_COLUMNS, Store, run_values

_BYTES_PER_RUN = 1200
_BYTES_PER_WEEK = 120
#: so many points are made and checked one by one; of more, their number says enough
_MOST_CHECKED = 2_000


def plan(experiment: Experiment, folder: Path) -> dict[str, Any]:
    """Points, runs, estimated time and size of a sweep; one run of the base case is timed.

    Up to 2,000 points are checked one by one; of more, each factor at its ends, and `there` is not known."""
    base = base_case(experiment)
    designs = designs_of(experiment, base)
    rules = experiment.replications
    count, there = experiment.count(), None
    least, most = rules.base + count * rules.least, rules.base + count * rules.most
    if count <= _MOST_CHECKED:
        points = points_of(experiment)
        count = sum(point.sampled for point in points)
        least, most = sum(point.least for point in points), sum(point.most for point in points)
        there = _there(experiment, points, designs, folder)
    else:
        _check_ends(experiment)
    low, high = len(designs) * least, len(designs) * most
    seconds = _seconds_of_a_run(base, designs)
    workers = worker_count(None)
    kept = high if experiment.weekly else len(designs) * max(rules.base, rules.most)
    return {
        "kind": "plan", "title": experiment.title,
        "factors": {name: f"{factor.field}, {factor.role}" for name, factor in experiment.factors.items()},
        "points": count, "designs": len(designs), "min": rules.least, "max": rules.most, "base": rules.base,
        "runs_min": low, "runs_max": high, "there": there,
        "seconds_per_run": seconds, "workers": workers,
        "seconds_min": max(0, low - (there or 0)) * seconds / workers,
        "seconds_max": max(0, high - (there or 0)) * seconds / workers,
        "megabytes": (high * _BYTES_PER_RUN + kept * _BYTES_PER_WEEK * base.horizon.weeks) / 1e6,
    }  # fmt: skip


def _there(experiment: Experiment, points: list[Point], designs: tuple[str, ...], folder: Path) -> int:
    """How many of the runs that the experiment may need are in the store."""
    if not (folder / "store.json").exists():
        return 0
    known, of_engine, first = set(Store(folder).keys()), engine(), experiment.replications.first_seed
    return sum(
        run_key(point.name, design, seed, of_engine) in known
        for point in points
        for design in designs
        for seed in range(first, first + point.most)
    )


def _check_ends(experiment: Experiment) -> None:
    """Each factor at its ends, the others in the middle. Raises ScenarioError for what does not fit."""
    middle = {name: factor.at(0.5) for name, factor in experiment.factors.items()}
    for name, factor in experiment.factors.items():
        for end in (0.0, 1.0):
            experiment.at(middle | {name: factor.at(end)})


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


def rows_of(store: Store, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows of a query of one's own. Raises OrgsimError for a bad one."""
    try:
        return store.select(sql)
    except DamagedError:
        raise
    except OrgsimError as error:
        raise OrgsimError("--sql: {reason}", reason=str(error).removeprefix(f"{store.folder}: ")) from None


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
                    settings = experiment.at(point.values) if point.sampled else base
                    return _differing(store, key, settings, design, seed)
    raise OrgsimError(_why_no_run(store, key, of_engine))


def _differing(
    store: Store, key: str, settings: Scenario, design: str, seed: int
) -> list[tuple[str, float, float]]:
    """What a run gives now and did not give before."""
    names = list(RUN_COLUMNS)[len(FACTS) :]
    listed = ", ".join(f'"{name}"' for name in names)
    stored = store.query(f"SELECT status, reason, {listed} FROM runs WHERE key = '{key}'")
    if not stored:
        raise OrgsimError("{key}: belongs to this experiment, but is not in the store", key=key)
    status, reason, *values = stored[0]
    if status != "ok":
        raise OrgsimError(
            "{key}: failed in the sweep ({reason}); there is nothing to compare with", key=key, reason=reason
        )
    now = run_values(run_settings(settings, design, seed))
    before = {name: float("nan") if v is None else v for name, v in zip(names, values, strict=True)}
    return [
        (name, then, now[name])
        for name, then in before.items()
        if not (then == now[name] or (math.isnan(then) and math.isnan(now[name])))
    ]


def _why_no_run(store: Store, key: str, of_engine: str) -> Message:
    """What is wrong with a key that no run of the experiment has."""
    found = store.engine_of(key)
    if found is None:
        return Message(
            "{key}: is no run of this experiment with this version of the program; the keys are in "
            "the column `key` of the table runs",
            key=key,
        )
    if found != of_engine:
        return Message(
            "{key}: was computed by {found}; this is {engine}",
            key=key,
            found=found,
            engine=of_engine,
        )
    return Message(
        "{key}: is in the store, but no run of this experiment as it is now: the experiment, its "
        "scenario or a file that it reads has changed since",
        key=key,
    )
