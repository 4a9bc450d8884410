"""The keyed draws have the distributions that they claim, and the bits that they are defined to have."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

import reference

PROGRAM = """
import json
import numpy as np
from orgsim.kernel import randomness as r
with np.errstate(over="ignore"):
    words = [r.derive(np.uint64(7), i) for i in range(4000)]
    out = {
        "words": [int(w) for w in words[:50]],
        "uniform": [r.uniform(w) for w in words],
        "exponential": [r.exponential(w) for w in words],
        "normal": [r.normal(w) for w in words],
        "lognormal": [r.lognormal(w, 4.0, r.log_spread(1.0)) for w in words],
        "gamma": [r.gamma(w, 2.0, 2.0) for w in words],
        "smooth gamma": [r.gamma(w, 2.0, 0.5) for w in words],
        "constant": r.duration(words[0], r.CONSTANT, 3.0, 1.0),
    }
print(json.dumps(out))
"""


@pytest.fixture(scope="module")
def drawn():
    """Draws made by plain Python: the compiled functions are the same, see test_reproducibility.py."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    program = [sys.executable, "-c", PROGRAM]
    answer = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_mixing_is_splitmix64(drawn):
    assert drawn["words"] == [reference.derive(7, i) for i in range(50)]


@pytest.mark.parametrize(
    ("name", "distribution"),
    [
        ("uniform", stats.uniform()),
        ("exponential", stats.expon()),
        ("normal", stats.norm()),
        ("lognormal", stats.lognorm(np.sqrt(np.log(2)), scale=4 / np.sqrt(2))),
        ("gamma", stats.gamma(0.25, scale=8.0)),
        ("smooth gamma", stats.gamma(4.0, scale=0.5)),
    ],
)
def test_draws_follow_their_distribution(drawn, name, distribution):
    assert stats.kstest(drawn[name], distribution.cdf).pvalue > 0.001


def test_normal_is_the_exact_inverse(drawn):
    exact = stats.norm.ppf(drawn["uniform"])
    assert np.abs(np.array(drawn["normal"]) - exact).max() < 1e-13


def test_a_constant_is_its_mean(drawn):
    assert drawn["constant"] == 3.0
