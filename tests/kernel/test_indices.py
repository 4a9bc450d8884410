"""Indices of this package's compiled functions count from the front, and nobody else's do."""

import os
import subprocess
import sys

import numba
import numpy as np
import pytest

from orgsim.kernel import compiled as kernel
from orgsim.kernel.indices import count_from_the_front

SOURCE = "def at(values, place):\n    return values[place]\n"
RUNS = """
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation
for name in ("default", "six-designs", "french-hospitality-2020", "k-recovery", "cost-cuts"):
    settings = load(name)
    for design in settings.designs:
        run = Simulation(settings, design, 1)
        run.run(stop=lambda: run.week >= settings.horizon.warmup_weeks + 6)
"""

compiled_only = pytest.mark.skipif(
    os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="plain Python has Python's meaning"
)


def _made(module, **options):
    space = {"__name__": module}
    exec(SOURCE, space)
    return numba.njit(space["at"], **options)


@compiled_only
def test_others_count_from_the_end_as_ever():
    count_from_the_front()
    assert _made("rules_of_mine")(np.arange(5.0), -1) == 4.0
    assert kernel._compile(_made("rules_of_mine").py_func, True, keep=False)(np.arange(5.0), -2) == 3.0


@compiled_only
def test_a_negative_index_of_ours_is_seen_where_bounds_are_checked():
    ours = _made("orgsim.engine.trial", boundscheck=True)
    assert ours(np.arange(5.0), 4) == 4.0
    with pytest.raises(IndexError):
        ours(np.arange(5.0), -1)


def test_no_run_has_an_index_outside_its_array(tmp_path):
    """Nor a negative one: the same check sees both."""
    environment = os.environ | {"NUMBA_BOUNDSCHECK": "1", "ORGSIM_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", RUNS], env=environment, check=True)
