"""The machinery of `orgsim verify --all`, and that every bundled scenario can be built."""

import re

import numpy as np
import pytest

from orgsim.organisation import stages
from orgsim.scenario import load
from orgsim.scenario.catalogue import folder
from orgsim.statistics.intervals import Estimate
from orgsim.verification.facts import Fact, Side
from orgsim.verification.validity import Found, _difference, all_facts

FILES = sorted(
    str(path.relative_to(folder()).with_suffix(""))
    for path in folder().rglob("*.toml")
    if path.parent.name not in ("parts", "crises")
)
SIDE = Side("default", "silos")


def found(low, high, expected=1, other=SIDE, between=(0, 0)):
    fact = Fact("g", "n", "q", lambda result: 0.0, SIDE, other, expected, *between)
    return Found(fact, Estimate((low + high) / 2, low, high), 10).verdict


def test_verdicts_need_the_whole_interval():
    assert found(1, 2) == "as expected"
    assert found(-2, -1) == "opposite"
    assert found(-2, -1, expected=-1) == "as expected"
    assert found(-1, 2) == "not distinguishable"
    assert found(np.nan, np.nan) == "not distinguishable"
    for other in (None, SIDE):
        assert found(1, 2, 0, other, between=(0, 5)) == "as expected"
        assert found(6, 7, 0, other, between=(0, 5)) == "outside"
        assert found(4, 7, 0, other, between=(0, 5)) == "as expected"


def test_differences_are_paired_and_may_be_of_differences():
    a, b, c, d = (Side("default", name) for name in "abcd")
    runs = {a: [5.0, 7.0], b: [1.0, 3.0], c: [2.0, 2.0], d: [1.0, 1.0]}
    one = Fact("g", "n", "q", lambda value: value, a, b, 1)
    assert _difference(one, runs).mean == 4.0
    assert _difference(one, runs).half_width == 0.0
    twice = Fact("g", "n", "q", lambda value: value, a, b, 1, against=(c, d))
    assert _difference(twice, runs).mean == 3.0


def test_every_design_has_a_region_where_it_loses():
    losers = {fact.one.design for fact in all_facts() if fact.group == "Where each design loses"}
    assert losers == set(load("six-designs").designs)


@pytest.mark.parametrize(
    "side", sorted({side for fact in all_facts() for side in fact.sides}, key=repr), ids=str
)
def test_every_run_of_the_document_can_be_built(side):
    assert stages(load(side.scenario, side.overrides), side.design)


@pytest.mark.parametrize("name", FILES)
def test_every_bundled_scenario_can_be_built(name):
    settings = load(name)
    assert settings.description
    for design in settings.designs:
        assert stages(settings, design)


def test_every_claim_has_its_scenario():
    numbers = [
        int(re.match(r"claims/h(\d+)-", name).group(1)) for name in FILES if name.startswith("claims/")
    ]
    assert numbers == list(range(1, 31))
