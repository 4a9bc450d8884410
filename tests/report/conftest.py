"""Sweeps that reports are made of: one of every sampling, small and real."""

import pytest

from orgsim.experiments.design import load_experiment
from orgsim.experiments.findings import read
from orgsim.experiments.store import Store
from orgsim.experiments.sweep import sweep
from orgsim.insight.attribution import attribute

BASE = {
    "title": "A test",
    "scenario": "default",
    "overrides": ["horizon.weeks=6"],
    "designs": ["silos", "teams"],
    "factors": {
        "transfer": {"field": "frictions.handoff.transfer_hours", "low": 0.0, "high": 8.0, "levels": 3},
        "pair": {"field": "frictions.coordination.pair_hours", "low": 0.0, "high": 0.4, "levels": 3},
    },
    "replications": {"min": 2, "max": 4, "base": 6, "decide": ["total_cost"]},
    "measures": ["total_cost", "satisfaction", "retention"],
    "satisficing": {"satisfaction": 50},
}
SAMPLINGS = {
    "grid": {},
    "lhs": {"sampling": "lhs", "samples": 24},
    "morris": {"sampling": "morris", "samples": 4},
    "saltelli": {"sampling": "saltelli", "samples": 8},
    "one-at-a-time": {"sampling": "one-at-a-time"},
}


@pytest.fixture(scope="session")
def swept(tmp_path_factory):
    """Findings by sampling; the grid has an attribution too."""
    found = {}
    for name, changes in SAMPLINGS.items():
        store = Store(tmp_path_factory.mktemp(name), create=True)
        sweep(load_experiment(BASE | changes), store, 2)
        if name == "grid":
            groups = {"handoffs": ["transfer_delay"], "decisions": ["exceptions"]}
            why = attribute(read(store).scenario, ["silos", "teams"], "total_cost", 2, groups=groups)
            store.note(why=why.to_dict())
        found[name] = read(store)
    return found
