"""Distance: (people ÷ n)^a of the smallest body that two people share, at most the farthest; a border by
itself counts only where nothing else does."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, scenario
from orgsim.mechanisms import distance
from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.scenario import load

FAR, EXPONENT, FARTHEST = (f"frictions.distance.{name}" for name in ("people_far", "exponent", "farthest"))
BORDERS = "frictions.distance.borders_only"
people = st.integers(1, 10_000)


def within(fields, people, across=False):
    return distance.distance_within(scenario(fields).frictions.distance, people, across)


@pytest.mark.parametrize(("body", "far"), [(1, 1 / 120), (10, 1 / 12), (24, 0.2), (60, 0.5), (120, 1.0)])
def test_by_default_it_grows_with_the_people_and_is_one_among_a_hundred_and_twenty(body, far):
    assert within({}, body) == pytest.approx(far)


def test_by_default_nobody_is_farther_than_a_half_more_than_that():
    assert within({}, 179) == pytest.approx(179 / 120)
    assert within({}, 180) == within({}, 181) == within({}, 100_000) == 1.5


@pytest.mark.parametrize(("exponent", "far"), [(0.5, 0.5), (1.0, 0.25), (1.5, 0.125), (2.0, 0.0625)])
def test_the_exponent_bends_it(exponent, far):
    assert within({FAR: 80.0, EXPONENT: exponent}, 20) == pytest.approx(far)
    assert within({FAR: 20.0, EXPONENT: exponent, FARTHEST: 100.0}, 80) == pytest.approx(1 / far)


@law(legal(FAR), legal(EXPONENT), legal(FARTHEST), people, people)
def test_it_never_falls_with_the_people_and_stays_between_nothing_and_the_farthest(
    far, exponent, most, one, more
):
    fields = {FAR: far, EXPONENT: exponent, FARTHEST: most}
    assert 0 < within(fields, one) <= within(fields, one + more) <= most


@law(legal(FAR), legal(EXPONENT), st.floats(1, 10), people)
def test_as_many_times_the_people_are_the_same_power_of_times_as_far(far, exponent, times, body):
    fields = {FAR: far, EXPONENT: exponent, FARTHEST: float("inf")}
    assert within(fields, times * body) == pytest.approx(times**exponent * within(fields, body))


@law(people, st.booleans())
def test_a_border_by_itself_makes_no_distance(body, across):
    assert within({}, body, across) == within({}, body, not across)


@law(people)
def test_with_borders_only_the_border_is_all_that_counts(body):
    assert within({BORDERS: True}, body, across=True) == 1.0
    assert within({BORDERS: True}, body, across=False) == 0.0


def test_switched_off_borders_only_count():
    assert NEUTRAL["distance"] == {BORDERS: True, "frictions.distance.by": "bodies"}
    assert load("default").frictions.distance.borders_only is False
