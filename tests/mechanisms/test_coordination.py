"""Coordination: the hours of a unit are those of its pairs, twice each, and of its interfaces."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, scenario
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.coordination import share_of_time

ROOM = "frictions.coordination"
PAIR, INTERFACE, CEILING = (f"{ROOM}.{name}" for name in ("pair_hours", "interface_hours", "ceiling"))
sizes = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 12)), min_size=1, max_size=5)


def of_units(fields, units):
    people, interfaces = np.array(units).T
    return share_of_time(scenario(fields).frictions.coordination, people, interfaces)


@law(legal(PAIR), legal(INTERFACE), sizes)
def test_hours_of_a_unit_are_those_of_its_pairs_and_interfaces(pair, interface, units):
    found = of_units({PAIR: pair, INTERFACE: interface, CEILING: math.inf}, units)
    whole = [found[i] * 40 * people for i, (people, _) in enumerate(units)]
    pairs = [2 * math.comb(people, 2) * pair + people * others * interface for people, others in units]
    assert whole == pytest.approx(pairs)


@law(legal(PAIR), legal(INTERFACE), legal(CEILING), sizes)
def test_nobody_spends_more_than_the_ceiling(pair, interface, ceiling, units):
    fields = {PAIR: pair, INTERFACE: interface}
    free = of_units(fields | {CEILING: math.inf}, units)
    assert of_units(fields | {CEILING: ceiling}, units).tolist() == [min(ceiling, each) for each in free]


def test_whoever_is_alone_or_does_nothing_for_it_spends_no_time():
    assert of_units({PAIR: 5.0}, [(1, 0)]) == 0
    assert of_units(NEUTRAL["coordination"], [(60, 12)]) == 0
