"""The front: who is dominated, that it is found, the same again, and within the budget."""

from types import SimpleNamespace

import numpy as np
import pytest

from orgsim.answers import optimum
from orgsim.answers.optimum import non_dominated, optimise
from orgsim.errors import ScenarioError
from orgsim.studies.design import load_experiment

EXPERIMENT = {
    "title": "Levers",
    "designs": ["silos", "teams"],
    "factors": {
        "effort": {"field": "people.resistance", "role": "lever", "low": 0.0, "high": 1.0},
        "world": {"field": "people.variety", "values": [0.1]},
    },
}


@pytest.fixture
def formula(monkeypatch):
    """Satisfaction costs money, with diminishing returns; teams need less of it."""

    def run_settings(settings, design, seed, stop=None):
        effort = settings.people.resistance
        cost = 100 + 50 * effort - (10 if design == "teams" else 0) + 0.01 * (seed % 3)
        satisfaction, retention = 50 + 30 * effort**0.5, 90.0 - 0.01 * (seed % 2)
        return SimpleNamespace(
            measures={"total_cost": cost, "satisfaction": satisfaction, "retention": retention}
        )

    monkeypatch.setattr(optimum, "run_settings", run_settings)


def test_dominance_by_hand():
    costs = np.array([[1, 5], [2, 4], [2, 5], [3, 3], [1, 5]])
    assert non_dominated(costs) == [True, True, False, True, True]


def test_the_front_is_found_again_and_again(formula):
    found = optimise(load_experiment(EXPERIMENT), trials=64)
    front = [candidate for candidate in found.candidates if candidate.on_front]
    assert {candidate.design for candidate in front} == {"teams"}
    assert len(front) > 5
    costs = [candidate.reached["total_cost"].mean for candidate in front]
    satisfied = [candidate.reached["satisfaction"].mean for candidate in front]
    assert costs == sorted(costs)
    assert satisfied == sorted(satisfied)
    assert any(c.origin == "as it stands" and c.design == "silos" for c in found.candidates)
    again = optimise(load_experiment(EXPERIMENT), trials=64, workers=1)
    assert again.to_dict() == found.to_dict()


def test_the_budget_binds(formula):
    found = optimise(load_experiment(EXPERIMENT), trials=64, budget=110.0)
    assert all(c.reached["total_cost"].mean <= 110 for c in found.candidates if c.on_front)
    assert any(c.on_front for c in found.candidates)


def test_the_search_and_the_judgement_use_other_seeds(formula):
    found = optimise(load_experiment(EXPERIMENT), trials=4, search_seeds=3, again_seeds=5, seed=7)
    assert found.seeds == (10, 11, 12, 13, 14)


def test_what_cannot_be_searched():
    no_levers = {"title": "t", "factors": {"a": {"field": "people.variety", "values": [0.1]}}}
    with pytest.raises(ScenarioError, match="there is nothing to choose"):
        optimise(load_experiment(no_levers))
    with pytest.raises(ScenarioError, match="must be above 0"):
        optimise(load_experiment(EXPERIMENT), budget=-1)
