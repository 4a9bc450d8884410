"""How far apart people sit: by the people of the smallest common body, by those below the common superior, or
by the levels up to it."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.organisation import build
from orgsim.organisation.distances import distances, near
from orgsim.organisation.grouping import seated_in_groups
from orgsim.organisation.hierarchy import Hierarchy
from orgsim.scenario import load


@cache
def company(*overrides):
    return load("default", overrides)


def grouped(*sizes, span=10):
    """People of one function in units of these sizes, in groups of at most a span."""
    homes = np.repeat(np.arange(len(sizes)), sizes)
    settings = load("default", [f"company.managers.span_of_control={span}"])
    return seated_in_groups(settings, "function", np.zeros(len(homes), int), homes, len(sizes))


def spaced(sizes, divisions=None, apart=None, settings=None):
    """Distances by declared bodies: who leads and where groups are does not matter to them."""
    apart = np.zeros(len(sizes), bool) if apart is None else np.array(apart)
    nobody = Hierarchy(*(np.zeros(0, int),) * 4)
    return distances(settings or company(), grouped(), np.array(sizes), divisions or {}, nobody, apart)


def test_distances_by_hand():
    """120 people are at distance 1: units of 12, 48 and 60; the first two are a division of 60."""
    assert spaced([12, 48, 60]).tolist() == [[0.1, 1.0, 1.0], [1.0, 0.4, 1.0], [1.0, 1.0, 0.5]]
    divided = spaced([12, 48, 60], {0: "front", 1: "front"})
    assert divided.tolist() == [[0.1, 0.5, 1.0], [0.5, 0.4, 1.0], [1.0, 1.0, 0.5]]


def test_a_group_is_as_near_as_it_is_small():
    assert near(company(), grouped(12, 3)).tolist() == [0.05, 0.05, 0.025]


def test_a_large_firm_is_nowhere_farther_than_the_farthest():
    assert spaced([150, 600]).tolist() == [[1.25, 1.5], [1.5, 1.5]]


def test_with_borders_only_units_are_all_alike():
    settings = company("frictions.distance.borders_only=true")
    assert spaced([12, 300, 8], {0: "a", 1: "a"}, None, settings).tolist() == [
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
    ]
    assert near(settings, grouped(12)).tolist() == [0.0, 0.0]


sizes = st.lists(st.integers(0, 200), min_size=1, max_size=6)
divided = st.dictionaries(st.integers(0, 5), st.sampled_from("ab"))


@given(sizes, divided)
def test_the_way_there_is_as_far_as_the_way_back_and_units_are_nearer_than_divisions_than_the_firm(
    sizes, divided
):
    divisions = {unit: name for unit, name in divided.items() if unit < len(sizes)}
    found = spaced(sizes, divisions)
    firm = min(1.5, max(1, sum(sizes)) / 120)
    assert (found == found.T).all()
    assert np.diag(found) == pytest.approx(np.minimum(1.5, np.maximum(1, sizes) / 120))
    for one in range(len(sizes)):
        for other in range(len(sizes)):
            together = divisions.get(one, one) == divisions.get(other, "none")
            body = sum(size for unit, size in enumerate(sizes) if divisions.get(unit) == divisions.get(one))
            if one != other:
                expected = min(1.5, max(1, body) / 120) if together else firm
                assert found[one, other] == pytest.approx(expected)
            assert found[one, one] <= found[one, other] <= firm + 1e-12


@given(sizes, divided, st.integers(1, 300), st.booleans())
def test_people_who_sit_apart_change_no_distance(sizes, divided, apart, in_a_division):
    """Nor if a division counts them in."""
    divisions = {unit: name for unit, name in divided.items() if unit < len(sizes)}
    before = spaced(sizes, divisions)
    more = divisions | ({len(sizes): "a"} if in_a_division else {})
    after = spaced([*sizes, apart], more, [False] * len(sizes) + [True])
    assert (after[:-1, :-1] == before).all()


# by the reporting tree


def of(design, **overrides):
    settings = load("default", [f"{path.replace('__', '.')}={value}" for path, value in overrides.items()])
    return build(settings, design)


def test_by_the_tree_a_superior_of_some_units_makes_a_body():
    """With a span of 5 two superiors are above the eight departments, one for each half of them."""
    narrow = {"company__managers__span_of_control": 5}
    bodies, tree = (of("silos", frictions__distance__by=f"'{by}'", **narrow) for by in ("bodies", "tree"))
    half = tree.sizes[:4].sum() / 120
    assert tree.distances[0, 3] == pytest.approx(half)
    assert tree.distances[0, 4] == bodies.distances[0, 3] == 1.0
    assert np.diag(tree.distances) == pytest.approx(np.diag(bodies.distances))
    assert (tree.near == bodies.near).all()


def test_by_levels_a_group_is_a_third_a_unit_two_thirds_and_a_firm_of_three_levels_one():
    teams = of("teams", frictions__distance__by="'levels'")
    assert teams.near == pytest.approx(1 / 3)
    assert np.diag(teams.distances) == pytest.approx(2 / 3)
    assert teams.distances[0, 1] == pytest.approx(1.0)


def test_a_level_more_is_a_step_farther_for_all_whom_it_is_above():
    flat, tall = (
        of("silos", frictions__distance__by="'levels'", company__managers__span_of_control=span)
        for span in (10, 5)
    )
    assert tall.distances[0, 4] == pytest.approx(flat.distances[0, 4] + 1 / 3)


def test_where_everybody_is_below_one_superior_the_tree_is_the_firm():
    one, other = (of("silos", frictions__distance__by=f"'{by}'") for by in ("bodies", "tree"))
    assert (one.distances == other.distances).all()
