"""Offer drift: in 52 weeks the share of a year is lost; a jump takes its share besides."""

import pytest

from mechanisms.equations import law, legal, plain, rules, share
from orgsim.mechanisms import offer_drift

DRIFT = "offer.drift"
drifted = plain(offer_drift.drifted)


@law(share, legal(DRIFT))
def test_a_year_loses_the_share_of_a_year(fit, drift):
    offer, after = rules("offer", {DRIFT: drift}), fit
    for _ in range(52):
        after = drifted(offer, after, 0.0)
    assert after == pytest.approx(fit * (1 - drift), abs=1e-9)


@law(share, legal(DRIFT), share)
def test_a_jump_takes_its_share_of_what_drift_has_left(fit, drift, jump):
    offer = rules("offer", {DRIFT: drift})
    assert drifted(offer, fit, jump) == pytest.approx(drifted(offer, fit, 0.0) * (1 - jump))
    assert drifted(offer, fit, 1.0) == 0.0


@law(share)
def test_needs_that_do_not_move_leave_the_fit(fit):
    assert drifted(rules("offer", {DRIFT: 0.0}), fit, 0.0) == fit
    assert rules("offer", {"offer.fit_at_start": fit}).fit_at_start == fit
