"""Background worlds: shared by sessions, the same numbers as any run, and stopped when nobody wants them."""

import time

import numpy as np

from orgsim.dashboard import fans
from orgsim.scenario import load
from orgsim.simulation.runner import run_settings

TINY = load("default", ["horizon.weeks=3"])


def until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_fan_holds_thirty_other_worlds():
    known = fans.Fans()
    fan = known.of(TINY, "silos", 1)
    until(lambda: fan.done == fans.WORLDS)
    first = run_settings(TINY, "silos", fans._FIRST_SEED)
    assert np.array_equal(fan.worlds[0][0], first.weekly["cost"])
    bands = fan.bands()
    assert set(bands) == set(fans.SERIES)
    for band in bands.values():
        assert all(a <= b <= c <= d for a, b, c, d in zip(*band.values(), strict=True))


def test_sessions_share_a_fan_and_it_stops_when_all_are_gone():
    known = fans.Fans()
    long = load("default", ["horizon.weeks=200"])
    one, other = known.of(long, "silos", 1), known.of(long, "silos", 2)
    assert one is other
    known.forget(1)
    assert not one.stop.is_set()
    known.forget(2)
    assert one.stop.is_set()
    again = known.of(long, "silos", 3)
    assert not again.stop.is_set()
    known.forget(3)
