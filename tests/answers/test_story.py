"""The story of a case: nothing changes by being watched, episodes fill its way, and are the ledger's."""

from itertools import pairwise

import numpy as np
import pytest

from orgsim.answers import story
from orgsim.answers.story import Watched, tell
from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

SHORT = ["horizon.weeks=12"]


def test_watching_changes_no_bit():
    settings = load("default", ["horizon.weeks=4"])
    seen = []
    watched = Watched(settings, "silos", 3)
    watched.watch = lambda core: seen.append(float(core.clock[0]["now"]))
    watched.run()
    plain = Simulation(settings, "silos", 3)
    plain.run()
    np.testing.assert_equal(watched.result().measures, plain.result().measures)
    assert len(seen) > 1000
    assert seen == sorted(seen)


@pytest.mark.parametrize("number", [1, 5, 9])
def test_episodes_follow_each_other_without_a_gap(number):
    for found in tell("default", week=2, number=number, overrides=SHORT):
        assert found.outcome == "done"
        assert found.episodes[0].start == 0
        for one, other in pairwise(found.episodes):
            assert other.start == one.end
            assert one.hours > 0
        assert sum(episode.hours for episode in found.episodes) == pytest.approx(found.hours)


def test_the_same_case_in_both_designs_and_again():
    first = tell("default", week=2, case_type="contract", overrides=SHORT)
    assert [one.case_type for one in first] == ["contract", "contract"]
    assert tell("default", week=2, case_type="contract", overrides=SHORT) == first
    other = tell("default", week=2, case_type="contract", overrides=SHORT, seed=2)
    assert other != first


@pytest.mark.parametrize("number", range(1, 13))
def test_a_story_agrees_with_the_books_on_the_case(number):
    """Cycle time, handoffs and bounces as the core has recorded them when the case closed."""
    settings = load("default", SHORT)
    runs = {"silos": story._until(settings, "silos", 1, 3)}
    key, _ = story._common_case(runs, settings, 3, number, "contract")
    run = runs["silos"]
    teller = story._Teller(run, settings, key)
    record = []

    def look(core):
        teller.look(core)
        if teller.over and not record:
            closed = core.closed[: core.clock[0]["closed"]]
            record.append(closed[closed["key"] == np.uint64(key)][-1].copy())

    run.watch = look
    while not teller.over:
        run.step()
    hands = [episode.person for episode in teller.episodes if episode.person is not None]
    assert teller.episodes[-1].end == pytest.approx(record[0]["cycle"])
    assert record[0]["handoffs"] == sum(a != b for a, b in pairwise(hands))
    bounced = sum(episode.what == "is completed" for episode in teller.episodes)
    assert record[0]["bounces"] == bounced


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"case_type": "contrat"}, "did you mean contract"),
        ({"week": 99}, "must be 0 to 11"),
        ({"number": 100_000}, "cases that come to all designs"),
        ({"number": 0}, "cases that come to all designs"),
    ],
)
def test_cases_that_are_not_there(changes, message):
    with pytest.raises(ScenarioError, match=message):
        tell("default", overrides=SHORT, **changes)
