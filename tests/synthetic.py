"""A store whose answers come from a formula instead of a simulation, so that insight has exact results."""

import zlib

import numpy as np

from orgsim.answers.findings import read
from orgsim.studies.design import load_experiment
from orgsim.studies.points import points_of
from orgsim.studies.store import FACTS, RUN_COLUMNS, Store
from orgsim.studies.sweep import _Sweep

#: fields of the default scenario that take any small positive number
FIELDS = (
    "frictions.handoff.transfer_hours",
    "frictions.coordination.pair_hours",
    "people.variety_stay",
    "people.resistance",
)


def factors(count, low=0.0, high=1.0, **more):
    return {
        f"x{i + 1}": {"field": field, "low": low, "high": high} | more
        for i, field in enumerate(FIELDS[:count])
    }


def findings(folder, answer, tables):
    """A swept store: `answer(values, design, seed)` gives the measures of a run."""
    experiment = load_experiment({"title": "Synthetic", "designs": ["silos", "teams"]} | tables)
    store = Store(folder, create=True)
    points = points_of(experiment)
    runner = _Sweep(experiment, store, points, False, lambda tally: None)
    runner.recall()
    rows = []
    for point in points:
        for seed in range(1, point.least + 1):
            for design in runner.designs:
                values = dict.fromkeys(list(RUN_COLUMNS)[len(FACTS) :], 1.0)
                values |= answer(point.values, design, seed)
                key = runner.key(point, design, seed)
                rows.append([key, point.name, design, seed, runner.engine, "ok", "", 0.1, *values.values()])
    store.add("runs", RUN_COLUMNS, rows)
    store.note(tally=runner.tally.to_dict())
    return read(store)


def noise(*key):
    """The same small number for the same key."""
    return float(np.random.default_rng(zlib.crc32(repr(key).encode())).normal())
