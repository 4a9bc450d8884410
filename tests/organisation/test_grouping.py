"""Who sits together: groups of at most a span of control, and the ways of work that leave a group."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.organisation import build
from orgsim.organisation.grouping import Groups, colleagues, reach, seated_in_groups
from orgsim.scenario import load

FUNCTIONS = len(load("default").company.functions)
GROUPINGS = ("function", "mixed")


@cache
def company(span=10, *overrides):
    return load("default", [f"company.managers.span_of_control={span}", *overrides])


spans = st.sampled_from([1, 2, 3, 5, 10, 40])
#: people of some functions by unit, in which some units may be empty
places = st.integers(1, 4).flatmap(
    lambda units: st.lists(
        st.lists(st.integers(0, 25), min_size=units, max_size=units), min_size=1, max_size=FUNCTIONS
    )
)


def people_of(places):
    """The function and the unit of everybody, function by function; in a function units are in turn, as after
    a reorganisation, not one after the other."""
    functions = np.repeat(np.arange(len(places)), [sum(row) for row in places])
    homes = [unit for row in places for turn in range(25) for unit, n in enumerate(row) if n > turn]
    return functions, np.array(homes, int), len(places[0])


def seated(places, grouping, span=10):
    functions, homes, units = people_of(places)
    return functions, homes, seated_in_groups(company(span), grouping, functions, homes, units)


# groups


@given(places, st.sampled_from(GROUPINGS), spans)
def test_everybody_sits_in_one_group_of_the_own_unit_which_is_no_larger_than_the_span(places, grouping, span):
    functions, homes, groups = seated(places, grouping, span)
    assert len(groups.of) == len(homes) == groups.sizes.sum()
    assert (groups.unit[groups.of] == homes).all()
    assert ((groups.sizes >= 1) & (groups.sizes <= span)).all()
    for group in range(len(groups.unit)):
        members = functions[groups.of == group]
        assert groups.seated[group].tolist() == np.bincount(members, minlength=FUNCTIONS).tolist()


@given(places, st.sampled_from(GROUPINGS), spans)
def test_groups_of_a_unit_stand_together_after_those_of_the_unit_before(places, grouping, span):
    groups = seated(places, grouping, span)[2]
    assert (np.diff(groups.unit) >= 0).all()


@given(places, spans)
def test_by_function_a_group_has_one_function_in_as_few_groups_of_like_size_as_there_can_be(places, span):
    _, _, groups = seated(places, "function", span)
    assert ((groups.seated > 0).sum(axis=1) == 1).all()
    for function, row in enumerate(places):
        for unit, people in enumerate(row):
            sizes = groups.sizes[(groups.unit == unit) & (groups.seated[:, function] > 0)]
            assert sizes.sum() == people
            assert len(sizes) == -(-people // span)
            assert np.ptp(sizes) <= 1 if people else len(sizes) == 0


@given(places, spans)
def test_mixed_the_groups_of_a_unit_share_every_function_to_within_one(places, span):
    _, homes, groups = seated(places, "mixed", span)
    for unit in range(len(places[0])):
        own = groups.unit == unit
        people = (homes == unit).sum()
        assert own.sum() == -(-people // span)
        if people:
            assert np.ptp(groups.sizes[own]) <= 1
            assert (np.ptp(groups.seated[own], axis=0) <= 1).all()


def test_groups_of_a_small_unit_by_hand():
    """A unit of 4 and 3, at most 4 to a group: 4 | 3 by function; 2 + 2 | 2 + 1 mixed."""
    by_function = seated([[4], [3]], "function", 4)[2].seated[:, :2].tolist()
    mixed = seated([[4], [3]], "mixed", 4)[2].seated[:, :2].tolist()
    assert by_function == [[4, 0], [0, 3]]
    assert mixed == [[2, 2], [2, 1]]


def test_one_more_person_than_the_span_makes_two_groups():
    assert seated([[10]], "function")[2].sizes.tolist() == [10]
    assert seated([[11]], "function")[2].sizes.tolist() == [6, 5]
    assert seated([[11]], "mixed")[2].sizes.tolist() == [6, 5]


def test_departments_sit_by_function_and_teams_mixed():
    settings = load("default")
    silos, teams = (build(settings, design).groups for design in ("silos", "teams"))
    assert silos.sizes.tolist() == [6, 6, 10, 9, 10, 7, 7, 8, 7, 7, 10, 10, 8, 8, 7]
    assert teams.sizes.tolist() == [9, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9]
    assert ((silos.seated > 0).sum(axis=1) == 1).all()
    assert ((teams.seated > 0).sum(axis=1) >= 3).all()


# what leaves a group


def test_colleagues_are_the_others_of_the_group_in_the_mean_of_the_function():
    """In one unit a group of 4 and 1 and one of 2 and 1: 4 and 2 others. Of the first function two thirds sit
    in the larger."""
    groups = Groups(np.array([0] * 4 + [1] * 2 + [0, 1]), np.zeros(2, int), np.array([[4, 1], [2, 1]]))
    found = colleagues(groups, 2)
    assert found[:, 0] == pytest.approx([(4 * 4 + 2 * 2) / 6, (4 + 2) / 2])
    assert found[:, 1].tolist() == [0.0, 0.0]


def groups_of(unit, seated):
    """Groups of units, by the people of each function in each."""
    return Groups(np.zeros(0, int), np.array(unit), np.array(seated))


def test_ways_to_another_unit_count_in_full_for_both_sides():
    """An activity has a way in and a way out: one of both leads to the other unit, at distance 0.8."""
    groups = groups_of([0, 1], [[3, 0], [0, 5]])
    between = np.array([[0.1, 0.8], [0.8, 0.2]])
    assert reach(groups, between, [([0, 1], [0, 1], 7.0)]).tolist() == [[0.4, 0.0], [0.0, 0.4]]


def test_in_a_unit_those_count_who_sit_in_another_group():
    """Two groups with one of each: half of the ways leave the group, at half of the distance of the firm; and
    in groups of one function all of them do."""
    between = np.array([[0.5]])
    ways = [([0, 0], [0, 1], 3.0)]
    assert reach(groups_of([0, 0], [[1, 1], [1, 1]]), between, ways).tolist() == [[0.125], [0.125]]
    assert reach(groups_of([0, 0], [[2, 0], [0, 2]]), between, ways).tolist() == [[0.25], [0.25]]
    # 3 and 1 here, 1 and 1 there: 4 of 8 pairs sit together
    assert reach(groups_of([0, 0], [[3, 1], [1, 1]]), between, ways).tolist() == [[0.125], [0.125]]


def test_kinds_of_case_count_by_the_cases_that_come():
    """30 cases go to the other unit and back to nobody, 10 are done alone: 30 of 80 ways leave."""
    groups = groups_of([0, 1], [[3, 0], [0, 5]])
    ways = [([0, 1], [0, 1], 30.0), ([0], [0], 10.0)]
    found = reach(groups, np.ones((2, 2)), ways)
    assert found == pytest.approx(np.array([[30 / 80, 0.0], [0.0, 0.5]]))


def test_what_goes_on_in_the_same_hands_goes_no_way():
    """Twice the first function, then the second: one of four ways of the first, one of two of the second."""
    groups = groups_of([0, 1], [[3, 0], [0, 5]])
    found = reach(groups, np.ones((2, 2)), [([0, 0, 1], [0, 0, 1], 4.0)])
    assert found.tolist() == [[0.25, 0.0], [0.0, 0.5]]


def test_out_and_back_is_two_ways_of_each():
    groups = groups_of([0, 1], [[3, 0], [0, 5]])
    found = reach(groups, np.ones((2, 2)), [([0, 1, 0], [0, 1, 0], 4.0)])
    assert found.tolist() == [[0.5, 0.0], [0.0, 1.0]]


def test_a_kind_of_case_that_nobody_brings_reaches_nobody():
    assert reach(groups_of([0, 1], [[3, 0], [0, 5]]), np.ones((2, 2)), [([0, 1], [0, 1], 0.0)]).sum() == 0


@st.composite
def firms(draw):
    """Groups of a firm, and its ways over functions and units with people."""
    rows = draw(places)
    groups = seated(rows, draw(st.sampled_from(GROUPINGS)), draw(st.sampled_from([3, 10])))[2]
    staffed = [(u, f) for f, row in enumerate(rows) for u, people in enumerate(row) if people]
    step = st.sampled_from(staffed) if staffed else st.nothing()
    route = st.lists(step, min_size=1, max_size=5)
    ways = draw(st.lists(st.tuples(route, st.floats(0.1, 50)), max_size=4)) if staffed else []
    return groups, rows, [([u for u, _ in way], [f for _, f in way], cases) for way, cases in ways]


@given(firms())
def test_reach_is_between_nothing_and_the_farthest_distance(firm):
    groups, rows, ways = firm
    people = np.array([sum(row[unit] for row in rows) for unit in range(len(rows[0]))])
    between = np.maximum.outer(people, people) / 120
    found = reach(groups, between, ways)
    assert found.shape == (FUNCTIONS, len(between))
    assert (found >= 0).all()
    assert (found <= between.max() * (1 + 1e-9)).all()
    visited = {(f, u) for way, done_by, _ in ways for u, f in zip(way, done_by, strict=True)}
    assert {(int(f), int(u)) for f, u in np.argwhere(found > 0)} <= visited
    # how many cases come in all, and in which order kinds of case are listed, does not matter
    twice = [(way, done_by, 2 * cases) for way, done_by, cases in reversed(ways)]
    assert reach(groups, between, twice) == pytest.approx(found)


@given(firms())
def test_of_a_unit_that_is_one_group_nothing_leaves_it_but_what_goes_to_other_units(firm):
    groups, rows, ways = firm
    units = len(rows[0])
    inside = [each for each in ways if len(set(each[0])) == 1]
    found = reach(groups, np.ones((units, units)), inside)
    for unit in range(units):
        if (groups.unit == unit).sum() == 1:
            assert (found[:, unit] == 0).all()


def test_marketing_in_a_department_of_its_own_by_hand():
    """A week brings 60 enquiries and 3 campaigns, which marketing begins, and 4 changes, of which it does one
    amid six activities: 60 + 3 + 2 · 4 of 2 · 67 ways lead out of the department, all across the firm, and
    one campaign comes from a change."""
    silos = build(load("default"), "silos")
    assert silos.reach[0, 0] == pytest.approx(72 / 134, rel=1e-3)
    assert silos.reach[4, 4] == pytest.approx(1.0)  # legal begins nothing and ends nothing
