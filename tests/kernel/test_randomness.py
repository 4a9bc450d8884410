"""The keyed draws have the distributions that they claim, and the bits that they are defined to have."""

import json
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

import reference
from orgsim.kernel import randomness
from orgsim.kernel.compiled import compiled_entry

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


@compiled_entry
def draw_all(words, drawn):
    for row in range(words.shape[0]):
        drawn[row] = randomness.uniform(words[row])


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


@given(st.integers(0, 2**64 - 1))
@example(0)
@example(2**64 - 1)
@example(2**63)
def test_a_uniform_is_the_middle_of_its_part_for_every_word(word):
    """Exactly: never 0, never 1, and nothing is rounded."""
    drawn = getattr(randomness.uniform, "py_func", randomness.uniform)(np.uint64(word))
    numerator, denominator = drawn.as_integer_ratio()
    assert numerator * (2**53 // denominator) == 2 * (word >> 12) + 1
    assert 2.0**-53 <= drawn <= math.nextafter(1.0, 0.0)
    assert drawn == reference.uniform(word)


def test_compiled_the_extremes_are_inside_too():
    words = np.array([0, 1, 2**12, 2**63, 2**64 - 2, 2**64 - 1], np.uint64)
    drawn = np.zeros(len(words))
    draw_all(words, drawn)
    assert drawn.tolist() == [reference.uniform(int(word)) for word in words]
    assert 0.0 < drawn.min() < drawn.max() < 1.0
