"""Impatience: exponential about the patience of the kind of case, by inversion of the key's uniform."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, plain
from orgsim.mechanisms import impatience

patience = plain(impatience.patience)


@law(st.floats(0, 1000), st.integers(0, 2**64 - 1))
def test_patience_is_the_quantile_of_an_exponential(mean, key):
    uniform = (key // 2**12 + 0.5) / 2**52
    assert patience(Record(patience=mean), np.uint64(key)) == pytest.approx(mean * math.log(1 / uniform))


def test_evenly_spread_keys_have_the_mean_of_the_kind():
    keys = [np.uint64((2 * i + 1) * 2**63 // 4000) for i in range(4000)]
    assert np.mean([patience(Record(patience=8.0), key) for key in keys]) == pytest.approx(8.0, rel=0.01)
