"""Sweeps that reports are made of: one of every sampling, small and real."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from orgsim.answers.attribution import attribute
from orgsim.answers.findings import read
from orgsim.studies.design import load_experiment
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep
from small_sweeps import BASE, SAMPLINGS


@pytest.fixture(scope="session")
def swept(tmp_path_factory):
    """Findings by sampling; the grid has an attribution too."""
    found = {}
    for name, changes in SAMPLINGS.items():
        store = Store(tmp_path_factory.mktemp(name), create=True)
        with ThreadPoolExecutor(2) as threads:  # starting processes would take longer than the runs
            sweep(load_experiment(BASE | changes), store, 2, executor=threads)
        if name == "grid":
            groups = {"handoffs": ["transfer_delay"], "decisions": ["exceptions"]}
            why = attribute(read(store).scenario, ["silos", "teams"], "total_cost", 2, groups=groups)
            store.note(why=why.to_dict())
        found[name] = read(store)
    return found
