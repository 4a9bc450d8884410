"""Competition: an attack counts as far as the crisis is, and as the segment looks at prices."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, scenario, share
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.competition import attack_factor

COUNTS = "market.competition"


@law(legal(COUNTS), st.floats(0, 5), st.floats(0, 10), share)
def test_the_excess_of_leavers_is_in_proportion_to_each_cause(counts, sensitivity, attack, severity):
    segment = Record(price_sensitivity=sensitivity)
    excess = attack_factor(scenario({COUNTS: counts}), segment, attack, severity) - 1
    assert excess == pytest.approx((attack - 1) * severity * counts * sensitivity, abs=1e-12)


@law(st.floats(0, 5), st.floats(0, 10), share)
def test_no_attack_and_no_crisis_change_nothing(sensitivity, attack, severity):
    segment, usual = Record(price_sensitivity=sensitivity), scenario({})
    assert attack_factor(usual, segment, 1.0, severity) == 1.0
    assert attack_factor(usual, segment, attack, 0.0) == 1.0
    assert attack_factor(scenario(NEUTRAL["competition"]), segment, attack, severity) == 1.0
