"""Resistance: a fixed part of it however few move, the rest by how many; the top's example calms it."""

import pytest

from mechanisms.equations import law, scenario, share
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.resistance import morale_lost

LOSS, FIXED, CALM = "people.resistance", "people.resistance_fixed", "effects.sponsor_calm"


@law(share, share, share, share, share)
def test_the_loss_is_its_fixed_and_its_moving_part_less_what_the_top_calms(
    loss, fixed, calm, moved, sponsorship
):
    found = morale_lost(scenario({LOSS: loss, FIXED: fixed, CALM: calm}), moved, sponsorship)
    whole = loss * fixed + loss * moved - loss * fixed * moved
    assert found == pytest.approx(whole - whole * calm * sponsorship)


@pytest.mark.parametrize(("fixed", "found"), [(0.0, 0.05), (0.5, 0.125), (1.0, 0.2)])
def test_who_moves_among_few_loses_more_the_more_of_it_is_fixed(fixed, found):
    assert morale_lost(scenario({LOSS: 0.2, FIXED: fixed}), 0.25, 0.0) == pytest.approx(found)


@law(share, share)
def test_all_of_it_is_lost_where_all_move_without_an_example(loss, fixed):
    assert morale_lost(scenario({LOSS: loss, FIXED: fixed}), 1.0, 0.0) == pytest.approx(loss)
    assert morale_lost(scenario(NEUTRAL["resistance"]), 1.0, 0.0) == 0.0
