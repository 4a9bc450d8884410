"""Overselling: promises win prospects twice as much as they raise what these expect."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import overselling

OVERSELL = "market.oversell"
sold, promised = plain(overselling.sold), plain(overselling.promised)


@law(legal(OVERSELL), share, st.floats(0, 0.5))
def test_conversion_rises_by_twice_what_is_expected_besides(oversell, targets, expectation):
    market = rules("market", {OVERSELL: oversell})
    more = promised(market, expectation, targets) - expectation
    assert more == pytest.approx(min(oversell * targets, 1 - expectation))
    assert sold(market, targets) - 1 == pytest.approx(2 * oversell * targets)


@law(share)
def test_nobody_expects_more_than_the_best(targets):
    assert promised(rules("market", {OVERSELL: 1.0}), 0.9, targets) <= 1.0


@law(share, share)
def test_whoever_shares_targets_promises_what_is_kept(expectation, targets):
    market = rules("market", {OVERSELL: 0.1})
    assert sold(market, 0.0) == 1.0
    assert promised(market, expectation, 0.0) == expectation
    off = silent("market", "overselling")
    assert (sold(off, targets), promised(off, expectation, targets)) == (1.0, expectation)
