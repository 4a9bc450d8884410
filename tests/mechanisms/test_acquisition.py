"""Acquisition: c·exp(−s·lateness), with lateness in promises; within the promise it is c."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share
from orgsim.mechanisms import acquisition

CONVERSION, SLOWNESS = "market.conversion", "market.conversion_slowness"
conversion_chance = plain(acquisition.conversion_chance)


@law(share, legal(SLOWNESS), st.floats(0.1, 500), st.floats(0, 20))
def test_each_promise_of_delay_takes_the_same_part(conversion, slowness, promise, late):
    market = rules("market", {CONVERSION: conversion, SLOWNESS: slowness})
    chance = conversion_chance(market, promise + late * promise, promise)
    assert chance == pytest.approx(conversion / math.e ** (slowness * late))
    later = conversion_chance(market, promise + (late + 1) * promise, promise)
    assert later == pytest.approx(chance * math.exp(-slowness))


@law(share, legal(SLOWNESS), share)
def test_nothing_is_lost_or_won_within_the_promise(conversion, slowness, part):
    market = rules("market", {CONVERSION: conversion, SLOWNESS: slowness})
    assert conversion_chance(market, 24.0 * part, 24.0) == conversion
