"""Informed customers: the slope of leaving × (1 + i·(share − ½)), never turned round."""

import pytest

from mechanisms.equations import law, legal, scenario, share
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.informed_customers import slope_factor
from orgsim.scenario import load

SLOPE = "market.informed_slope"
SEGMENT = load("default").segments["small"]


def factor(fields, informed):
    return slope_factor(scenario(fields), SEGMENT.model_copy(update={"informed": informed}))


@law(legal(SLOPE), share)
def test_the_more_are_informed_the_steeper(weight, informed):
    free = 1 - weight / 2 + weight * informed
    assert factor({SLOPE: weight}, informed) == pytest.approx(free if free > 0 else 0.0)


@law(legal(SLOPE), share)
def test_the_half_of_today_is_neutral_and_any_share_where_it_is_off(weight, informed):
    assert factor({SLOPE: weight}, 0.5) == 1.0
    assert factor(NEUTRAL["informed_customers"], informed) == 1.0
