"""Local targets: a pool's people are held to them as its function practises."""

import numpy as np

from mechanisms.equations import scenario
from orgsim.mechanisms import local_targets


def test_a_pool_has_the_practice_of_its_function():
    given = local_targets.MECHANISM.pools["local_targets"]
    assert given.value(scenario({}), {"local_targets": np.array([0.3, 1.0])}).tolist() == [0.3, 1.0]
