"""What the fit supports: linear in its distance from that of the start, within what there can be."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import offer_effects

SATISFACTION, CONVERSION = "offer.satisfaction", "offer.conversion"
supported_satisfaction = plain(offer_effects.supported_satisfaction)
conversion_factor = plain(offer_effects.conversion_factor)
gaps = st.floats(-1, 1)


@law(legal(SATISFACTION), share, gaps)
def test_satisfaction_is_supported_in_proportion_within_0_and_1(weight, baseline, gap):
    offer = rules("offer", {SATISFACTION: weight})
    free = baseline + weight * gap
    assert supported_satisfaction(offer, baseline, gap) == pytest.approx(np.clip(free, 0, 1))
    assert supported_satisfaction(offer, baseline, 0.0) == baseline


@law(legal(CONVERSION), gaps)
def test_prospects_are_won_in_proportion_and_none_below_zero(weight, gap):
    offer = rules("offer", {CONVERSION: weight})
    free = 1 + weight * gap
    assert conversion_factor(offer, gap) == pytest.approx(free if free > 0 else 0.0)
    assert conversion_factor(offer, 0.0) == 1.0


@law(share, gaps)
def test_switched_off_no_fit_changes_anything(baseline, gap):
    off = silent("offer", "offer_effects")
    assert supported_satisfaction(off, baseline, gap) == baseline
    assert conversion_factor(off, gap) == 1.0


def test_the_ends_are_reached():
    offer = rules("offer", {SATISFACTION: 2.0, CONVERSION: 5.0})
    assert [supported_satisfaction(offer, 0.5, gap) for gap in (-0.5, 0.5)] == [0.0, 1.0]
    assert conversion_factor(offer, -0.5) == 0.0
