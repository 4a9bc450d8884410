"""That numba does not import SciPy's linear algebra to load the core, and still has it for who needs it."""

import subprocess
import sys

LOADS = """
import sys
import orgsim
orgsim.run("default", overrides=["horizon.weeks=1"])
assert "scipy.linalg" not in sys.modules, "loading the core has imported scipy.linalg"
"""
MULTIPLIES = """
import numba, numpy as np
import orgsim.kernel.compiled

@numba.njit
def product(a, b):
    return a @ b

a = np.arange(6.0).reshape(2, 3)
assert (product(a, a.T) == a @ a.T).all()
"""


def holds(script):
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr


def test_the_core_loads_without_linear_algebra():
    holds(LOADS)


def test_a_rule_of_ones_own_can_multiply_matrices():
    holds(MULTIPLIES)
