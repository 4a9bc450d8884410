"""Sponsorship: full sponsorship saves its share of the ramp, half of it half."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, scenario, share
from orgsim.mechanisms.sponsorship import sponsored_ramp

SAVED = "effects.sponsor_speed"


@law(legal(SAVED), st.floats(0, 200), share)
def test_sponsorship_saves_its_share_of_the_ramp(saved, weeks, sponsorship):
    settings = scenario({SAVED: saved})
    assert weeks - sponsored_ramp(settings, weeks, sponsorship) == pytest.approx(
        weeks * saved * sponsorship, abs=1e-9
    )
    assert sponsored_ramp(settings, weeks, 0.0) == weeks
