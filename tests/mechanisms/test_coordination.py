"""Coordination: pair hours for every colleague of the group, and interface hours for the share of the ways
that leave it, in hours of a week of 40, up to a ceiling."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, scenario
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.coordination import share_of_time

ROOM = "frictions.coordination"
PAIR, INTERFACE, CEILING = (f"{ROOM}.{name}" for name in ("pair_hours", "interface_hours", "ceiling"))
colleagues = st.lists(st.integers(0, 60), min_size=1, max_size=5)
reaches = st.floats(0, 1.5)


def of_pools(fields, colleagues, reach):
    rule = scenario(fields).frictions.coordination
    return share_of_time(rule, np.array(colleagues, float), np.array(reach, float))


@law(legal(PAIR), colleagues)
def test_every_colleague_of_the_group_takes_the_hours_of_a_pair(pair, others):
    found = of_pools({PAIR: pair, CEILING: math.inf}, others, [0.0] * len(others))
    assert found * 40 == pytest.approx([each * pair for each in others])


@law(legal(INTERFACE), st.lists(reaches, min_size=1, max_size=5))
def test_what_leaves_the_group_takes_the_hours_of_the_interface(interface, reach):
    found = of_pools({INTERFACE: interface, CEILING: math.inf}, [0] * len(reach), reach)
    assert found * 40 == pytest.approx([each * interface for each in reach])


@law(legal(PAIR), legal(INTERFACE), st.integers(0, 60), reaches)
def test_group_and_interfaces_add_up(pair, interface, others, reach):
    fields = {PAIR: pair, INTERFACE: interface, CEILING: math.inf}
    whole, inside, outside = of_pools(fields, [others, others, 0], [reach, 0.0, reach])
    assert whole == pytest.approx(inside + outside)


def test_by_default_ten_together_with_half_of_their_ways_elsewhere():
    """(9 · 0.08 h + ½ · 3.2 h) ÷ 40 h = 5.8 %"""
    assert of_pools({}, [9], [0.5]) == pytest.approx([0.058])


@law(legal(PAIR), legal(INTERFACE), legal(CEILING), st.integers(0, 60), reaches)
def test_nobody_spends_more_than_the_ceiling(pair, interface, ceiling, others, reach):
    fields = {PAIR: pair, INTERFACE: interface}
    (free,) = of_pools(fields | {CEILING: math.inf}, [others], [reach])
    assert of_pools(fields | {CEILING: ceiling}, [others], [reach]).tolist() == [min(ceiling, free)]


def test_whoever_is_alone_or_does_nothing_for_it_spends_no_time():
    assert of_pools({PAIR: 5.0, INTERFACE: 20.0}, [0], [0.0]) == 0
    assert of_pools(NEUTRAL["coordination"], [60], [1.5]) == 0
