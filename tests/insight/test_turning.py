"""Break-even: roots with intervals."""

import math

import pytest

from orgsim.errors import ScenarioError
from orgsim.experiments.statistics import Estimate
from orgsim.insight.turning import break_even, turning_points


def band(means, half):
    return [Estimate(mean, mean - half, mean + half) for mean in means]


def test_a_straight_line_turns_where_it_crosses():
    (turn,) = turning_points([0, 1, 2, 3, 4], band([-2, -1, 0.5, 1.5, 2.5], 0.5))
    assert turn.value == pytest.approx(1 + 1 / 1.5)
    assert turn.low == pytest.approx(1 + 0.5 / 1.5)
    assert turn.high == pytest.approx(2.0)


def test_no_crossing_no_turn_and_an_open_side():
    assert turning_points([0, 1], band([1, 2], 0.1)) == ()
    (turn,) = turning_points([0, 1], band([-0.1, 5], 0.5))
    assert math.isnan(turn.low)
    assert turn.high > turn.value
    assert len(turning_points([0, 1, 2, 3], band([1, -1, 1, -1], 0.1))) == 3


def test_teams_lose_their_edge_with_dear_coordination():
    found = break_even(
        "default", ("silos", "teams"), "frictions.coordination.pair_hours", 0.0, 0.3, "cycle_time", steps=3,
        replications=3, overrides=["horizon.weeks=12"],
    )  # fmt: skip
    assert found.differences[0].high < 0 < found.differences[-1].low
    assert len(found.turns) == 1
    assert 0 < found.turns[0].value < 0.3
    assert found.to_dict()["turns"][0]["value"] == found.turns[0].value


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": 2.0, "high": 1.0}, "the range is empty"),
        ({"field": "crisis.depht"}, "no known field; did you mean depth"),
        ({"measure": "resul"}, "is no measure; did you mean"),
        ({"high": 5.0}, "must be less than or equal to 1"),
    ],
)
def test_what_does_not_exist_is_refused(change, message):
    given = {"field": "crisis.depth", "low": 0.0, "high": 0.5} | change
    with pytest.raises(ScenarioError, match=message):
        break_even("default", ("silos", "teams"), overrides=["crisis.shape=v"], **given)
