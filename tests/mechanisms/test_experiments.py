"""Experiments: an idea halves with every staleness, in working hours; a success wins a part of what is
missing."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import experiments

STALE, GAIN = "offer.staleness_weeks", "offer.gain"
freshness, improvement = plain(experiments.freshness), plain(experiments.improvement)


@law(legal(STALE), st.integers(0, 8))
def test_an_idea_halves_with_every_staleness(weeks, times):
    assert freshness(rules("offer", {STALE: weeks}), times * weeks * 40) == pytest.approx(1 / 2**times)


@law(legal(STALE), st.floats(0, 5000), st.floats(0, 5000))
def test_one_wait_after_another_takes_the_product_of_both(weeks, first, second):
    offer = rules("offer", {STALE: weeks})
    assert freshness(offer, first + second) == pytest.approx(
        freshness(offer, first) * freshness(offer, second)
    )


@law(share, share, share)
def test_a_success_wins_a_part_of_what_is_missing(gain, fit, fresh):
    offer = rules("offer", {GAIN: gain})
    after = fit + improvement(offer, fit, fresh)
    assert 1 - after == pytest.approx((1 - fit) * (1 - gain * fresh))
    assert improvement(silent("offer", "experiments"), fit, fresh) == 0.0
