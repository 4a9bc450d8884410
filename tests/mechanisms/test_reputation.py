"""Reputation: leaving × exp(−r·exemplarity)."""

import math

import pytest

from mechanisms.equations import law, legal, scenario, share
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.reputation import reputation_factor

WEIGHT = "market.reputation"


@law(legal(WEIGHT), share)
def test_log_leaving_falls_in_proportion_to_exemplarity(weight, exemplarity):
    found = reputation_factor(scenario({WEIGHT: weight}), exemplarity)
    assert math.log(found) == pytest.approx(-weight * exemplarity, abs=1e-12)
    assert reputation_factor(scenario({WEIGHT: weight}), 0.0) == 1.0
    assert reputation_factor(scenario(NEUTRAL["reputation"]), exemplarity) == 1.0
