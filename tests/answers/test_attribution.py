"""Shapley values obey their axioms; shares sum to the difference that they explain."""

from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.answers import attribution
from orgsim.answers.attribution import attribute, shapley
from orgsim.errors import ScenarioError
from orgsim.mechanisms.catalogue import FAMILIES
from orgsim.scenario.mechanisms import Mechanisms

PLAYERS = ("a", "b", "c")
COALITIONS = [frozenset(c) for size in range(4) for c in combinations(PLAYERS, size)]
games = st.lists(st.floats(-100, 100), min_size=8, max_size=8).map(
    lambda v: dict(zip(COALITIONS, v, strict=True))
)


@given(games)
def test_the_values_sum_to_what_everybody_adds(game):
    values = shapley(PLAYERS, game)
    assert sum(values.values()) == pytest.approx(game[frozenset("abc")] - game[frozenset()], abs=1e-9)


@given(games)
def test_who_adds_nothing_gets_nothing_and_equals_get_the_same(game):
    idle = {c: game[c - {"c"}] for c in COALITIONS}
    assert shapley(PLAYERS, idle)["c"] == pytest.approx(0, abs=1e-9)
    even = {c: float(len(c)) ** 2 for c in COALITIONS}
    values = list(shapley(PLAYERS, even).values())
    assert values == pytest.approx([3.0, 3.0, 3.0])


def test_a_known_game():
    """The glove game: two left gloves and one right one."""
    worth = {c: float(("c" in c) and (("a" in c) or ("b" in c))) for c in COALITIONS}
    assert shapley(PLAYERS, worth) == pytest.approx({"a": 1 / 6, "b": 1 / 6, "c": 2 / 3})


def test_shares_of_two_designs_sum_to_their_difference():
    groups = {"transfers": ["transfer_delay"], "bounces": ["bounces"]}
    found = attribute(
        "default", ("silos", "teams"), "cycle_time", 2, groups=groups, overrides=["horizon.weeks=6"]
    )
    shares = sum(value.mean for value in found.shares.values())
    assert shares + found.rest.mean == pytest.approx(found.total.mean)
    assert found.shares["transfers"].mean < -1  # teams hand nothing over a border
    assert found.to_dict()["shares"]["transfers"]["mean"] == found.shares["transfers"].mean


def test_families_name_mechanisms_once():
    members = [name for family in FAMILIES.values() for name in family]
    assert len(members) == len(set(members))
    assert set(members) <= set(Mechanisms.model_fields)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"x": ["bounce"]}, "'bounce' is no mechanism; did you mean bounces"),
        ({"x": ["bounces"], "y": ["bounces"]}, "is in two groups"),
        ({str(i): ["bounces"] for i in range(11)}, "1 to 10 groups"),
    ],
)
def test_groups_that_make_no_sense_are_refused(groups, message):
    with pytest.raises(ScenarioError, match=message):
        attribute("default", ("silos", "teams"), groups=groups)


def test_sampled_orders_agree_with_all_orders(monkeypatch):
    """In a game with an interaction, whose exact values are known, and under noise by seed."""

    def settings_of(settings, families, on):
        return on

    def run(on, design, seed, stop=None):
        gain = 5.0 * ("a" in on) + 2.0 * ("b" in on) + 4.0 * ({"b", "c"} <= set(on))
        return SimpleNamespace(measures={"result": (gain if design == "teams" else 0.0) + seed})

    monkeypatch.setattr(attribution, "_switched", settings_of)
    monkeypatch.setattr(attribution, "run_settings", run)
    groups = {"a": ["bounces"], "b": ["exceptions"], "c": ["defects"]}
    pair = ["silos", "teams"]
    exact = attribution.attribute("default", pair, groups=groups, replications=2)
    sampled = attribution.attribute("default", pair, groups=groups, orders=200)
    assert exact.orders is None
    assert sampled.orders == 200
    for name, value in (("a", 5.0), ("b", 4.0), ("c", 2.0)):
        assert exact.shares[name].mean == pytest.approx(value)
        assert sampled.shares[name].mean == pytest.approx(value, abs=0.3)
    assert sum(s.mean for s in sampled.shares.values()) == pytest.approx(
        sampled.total.mean - sampled.rest.mean
    )


def test_every_mechanism_alone_needs_a_sample():
    everyone = attribution.every_mechanism()
    with pytest.raises(ScenarioError, match="with --orders"):
        attribution.attribute("default", ["silos", "teams"], groups=everyone)
    with pytest.raises(ScenarioError, match="must be even"):
        attribution.attribute("default", ["silos", "teams"], groups=everyone, orders=7)
