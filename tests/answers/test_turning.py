"""Break-even: roots with intervals."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgsim.answers.turning import _spaced, break_even, turning_points, turning_verdict
from orgsim.answers.wording import turning_sentence
from orgsim.errors import ScenarioError
from orgsim.language.language import Language
from orgsim.statistics.intervals import Estimate


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


def test_teams_have_no_edge_where_handing_over_takes_no_time():
    found = break_even(
        "default", ("silos", "teams"), "frictions.handoff.transfer_hours", 0.0, 2.0, "cycle_time", steps=3,
        replications=8, overrides=["horizon.weeks=26", "people.second_skills=0"],
    )  # fmt: skip
    assert found.differences[-1].high < 0 < found.differences[0].low
    assert len(found.turns) == 1
    assert 0 < found.turns[0].value < 2
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


@pytest.mark.parametrize(
    ("means", "half", "verdict", "turns"),
    [
        ([-2, -1, 1, 2], 0.5, "turns", 1),
        ([2, 1, -1, -2], 0.5, "turns", 1),
        ([-2, 0.1, -0.1, 0.1, 2], 0.5, "turns", 1),  # chance around 0 is one turn, not three
        ([2, 0.1, -0.1, 0.1, 2], 0.5, "may turn", 0),  # the same design on both sides
        ([1, 2, 3], 0.5, "more", 0),
        ([-1, -2], 0.5, "less", 0),
        ([-0.1, 0.1, -0.1], 0.5, "cannot tell", 0),
        ([0.1, 0.2], 0.5, "cannot tell", 0),
        ([-0.1, 2], 0.5, "may turn", 1),
        ([0.1, 2], 0.5, "may turn", 0),
        ([0.0, 0.0], 0.0, "cannot tell", 0),
        ([-1.0, 1.0], 0.0, "turns", 1),  # no chance at all
        ([float("nan"), -1.0, 1.0], 0.2, "turns", 1),
        ([float("nan"), float("nan")], 0.2, "cannot tell", 0),
    ],
)
def test_what_a_curve_allows_to_say(means, half, verdict, turns):
    values = list(range(len(means)))
    curve = band(means, half)
    assert turning_verdict(values, curve) == verdict
    found = turning_points(values, curve)
    assert len(found) == turns
    assert any(turn.is_sure for turn in found) == (verdict == "turns")
    sentence = turning_sentence(Language(), values, curve, "Teams")
    words = {
        "turns": "It turns at", "may turn": "tell|told|holds 0", "more": "has more all along",
        "less": "has less all along", "cannot tell": "Nobody can tell whether it turns",
    }  # fmt: skip
    assert re.search(words[verdict], sentence)
    assert ("It turns at" in sentence) == (verdict == "turns")
    turned = turning_sentence(Language(), values, band([-mean for mean in means], half), "Teams")
    assert (turned == sentence) == (verdict not in ("more", "less"))


@example([(6e-309, 0.0), (-1e-308, 0.0)])
@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0, 2)), min_size=2, max_size=8))
def test_a_turn_is_sure_only_between_values_that_are(points):
    curve = [Estimate(mean, mean - half, mean + half) for mean, half in points]
    values = list(range(len(curve)))
    signs = {(-1 if d.high < 0 else 1) for d in curve if d.low > 0 or d.high < 0}
    verdict = turning_verdict(values, curve)
    assert (verdict == "turns") == (signs == {-1, 1})
    assert (verdict == "cannot tell") == (not signs)
    for turn in turning_points(values, curve):
        assert 0 <= turn.value <= len(curve) - 1
        assert not turn.low > turn.value
        assert not turn.high < turn.value


def test_a_field_of_whole_numbers_gets_whole_values():
    assert _spaced("company.managers.span_of_control", 5, 20, 9) == [5, 7, 9, 11, 12, 14, 16, 18, 20]
    assert _spaced("company.managers.span_of_control", 5, 7, 9) == [5, 6, 7]
    assert _spaced("frictions.handoff.bounce", 0.0, 1.0, 3) == [0.0, 0.5, 1.0]
