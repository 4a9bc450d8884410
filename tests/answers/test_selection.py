"""KN: how often it is right, that it agrees with sim-tools, and that it saves seeds."""

import numpy as np
import pytest

from orgsim.answers.selection import _sequential, screen, select_best
from orgsim.errors import ScenarioError


def draws(means, seed, shared=0.0):
    """Observations by system, correlated as under common random numbers."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=4000)
    own = rng.normal(size=(len(means), 4000))
    return np.array(means)[:, None] + np.sqrt(shared) * common + np.sqrt(1 - shared) * own


def run_from(table, names):
    def run(chosen, start, count):
        return {name: list(table[names.index(name), start : start + count]) for name in chosen}

    return run


@pytest.mark.parametrize("shared", [0.0, 0.8])
def test_it_is_right_at_least_as_often_as_it_says(shared):
    names = ["a", "b", "c"]
    right, spent = 0, []
    for seed in range(200):
        table = draws([0.0, 0.0, 0.5], seed, shared)
        found, left = _sequential(run_from(table, names), names, 10, 4000, 0.95, 0.5, 1.0, None)
        right += left == ["c"]
        spent.append(sum(len(values) for values in found.values()))
    assert right / 200 >= 0.95 - 0.03
    if shared:
        assert np.mean(spent) < 120  # pairing makes the differences clear sooner


def test_it_agrees_with_sim_tools():
    from sim_tools.ovs.indifference_zone import KN

    class Model:
        def __init__(self, table):
            self.table, self.seen = table, [0] * len(table)

        def register_observer(self, observer):
            self.observer = observer

        def simulate(self, design):
            value = self.table[design, self.seen[design]]
            self.seen[design] += 1
            self.observer.feedback(self, design, value)

    for seed in range(20):
        table = draws([0.0, 0.3, 0.6, 1.0], seed)
        theirs = KN(Model(table), n_designs=4, delta=0.3, alpha=0.05, n_0=10).solve()
        names = [0, 1, 2, 3]
        _, ours = _sequential(run_from(table, names), names, 10, 4000, 0.95, 0.3, 1.0, None)
        assert ours == list(theirs)


def test_whoever_is_out_stays_out():
    table = draws([0.0, 5.0], 1)
    assert screen(table[:, :10], 10, 0.95, 0.5) == [False, True]
    table[0, 10:] += 100
    assert screen(table, 10, 0.95, 0.5) == [False, True]


def test_designs_of_a_scenario():
    found = select_best(
        "default", "total_cost", 1e5, 0.9, first=4, most=12, overrides=["horizon.weeks=4"], seed=3
    )
    assert found.best in ("silos", "teams")
    assert found.means[found.best] <= min(found.means.values()) + 1e5
    assert found.to_dict()["kind"] == "selection"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"indifference": 0}, "must be above 0"),
        ({"confidence": 0.4}, "must be above 0.5"),
        ({"measure": "utilisation"}, "is no measure of which more, or less, is better"),
        ({"first": 1}, "must be 2 or more"),
        ({"designs": ["silos"]}, "needs two designs"),
    ],
)
def test_bad_questions(changes, message):
    with pytest.raises(ScenarioError, match=message):
        select_best("default", **({"indifference": 1.0} | changes))
