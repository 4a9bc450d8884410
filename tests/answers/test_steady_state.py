"""MSER-5 against its definition, and against what pymser 1.0.22 says about the same series."""

import numpy as np
import pytest

from orgsim.answers.steady_state import mser5, warm_up
from orgsim.errors import ScenarioError


def series(length, transient, seed):
    rng = np.random.default_rng(seed)
    return 10 * np.exp(-np.arange(length) / transient) + rng.normal(size=length)


@pytest.mark.parametrize(
    ("transient", "seed", "expected"), [(1e-9, 1, 5), (5, 2, 15), (15, 3, 50), (30, 4, 75)]
)
def test_the_truncation_that_pymser_finds(transient, seed, expected):
    """The expected values are those of pymser.equilibrate(series, batch_size=5)."""
    assert mser5(series(400, transient, seed)) == expected


def test_a_series_that_does_not_settle():
    assert mser5(np.arange(200.0)) is None
    assert mser5([1.0] * 10) is None
    assert mser5([float("nan")] * 100) is None
    assert mser5(np.ones(100)) == 0


def test_a_horizon_that_is_too_short():
    with pytest.raises(ScenarioError, match="too short to see a steady state"):
        warm_up("default", overrides=["horizon.weeks=10"])


def test_every_series_of_every_design_has_an_answer():
    found = warm_up("default", 2, overrides=["horizon.weeks=30"])
    assert set(found.weeks) == {"silos", "teams"}
    for settled in found.weeks.values():
        assert all(weeks is None or 0 <= weeks <= 15 for weeks in settled.values())
