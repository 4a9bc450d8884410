"""The same seed gives the same bits: in any worker, in any order, compiled or not, on any processor."""

import json
import os
import subprocess
import sys

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__

import orgsim

SMALL = ("horizon.weeks=3", "segments.small.customers=1500", "crisis.preset=slump-v", "crisis.start_week=0")
PROGRAM = f"""
import json, orgsim
result = orgsim.run("default", "teams", seed=11, overrides={SMALL!r})
print(json.dumps([result.measures, result.costs, result.lead_time, list(result.weekly["satisfaction"])]))
"""


def bits(environment):
    program = [sys.executable, "-c", PROGRAM]
    answer = subprocess.run(program, env=os.environ | environment, capture_output=True, text=True, check=True)
    return answer.stdout


def test_compiled_and_plain_python_give_the_same_bits():
    compiled = bits({"NUMBA_DISABLE_JIT": "0"})
    assert compiled == bits({"NUMBA_DISABLE_JIT": "1"})
    assert json.loads(compiled)[0]["cycle_time"] > 0


@pytest.fixture(scope="module")
def plain():
    return bits({})


@pytest.mark.parametrize("kernel", ["Nehalem", "Haswell"])
def test_the_kernel_of_linear_algebra_changes_no_bit(plain, kernel):
    assert bits({"OPENBLAS_CORETYPE": kernel}) == plain


def test_the_instructions_that_a_processor_has_change_no_bit(plain):
    """NumPy without all that it would choose by the processor."""
    assert bits({"NPY_DISABLE_CPU_FEATURES": " ".join(__cpu_dispatch__)}) == plain


@pytest.fixture(scope="module")
def alone():
    return orgsim.compare("default", replications=3, overrides=SMALL, workers=1)


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers_gives_the_same_bits(alone, workers):
    together = orgsim.compare("default", replications=3, overrides=SMALL, workers=workers)
    assert json.dumps(together.to_dict()) == json.dumps(alone.to_dict())


def test_seeds_are_replications(alone):
    assert alone.results["teams"][1].measures != alone.results["teams"][2].measures
    single = orgsim.run("default", "teams", seed=2, overrides=SMALL)
    assert json.dumps(single.measures) == json.dumps(alone.results["teams"][2].measures)
