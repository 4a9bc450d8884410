"""Who leads whom: time by the span of control, level by level, one tree for all who have work."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import DesignError
from orgsim.organisation import build
from orgsim.organisation.grouping import Groups
from orgsim.organisation.hierarchy import divisions, led
from orgsim.organisation.structure import NOBODY
from orgsim.scenario import load
from orgsim.scenario.designs import Unit


@cache
def company(span=10):
    return load("default", [f"company.managers.span_of_control={span}"])


def hierarchy(units, span=10, division_of=None, apart=None, managers=None):
    """The tree above units, each a list of the sizes of its groups."""
    sizes = [size for groups in units for size in groups]
    groups = Groups(
        np.repeat(np.arange(len(sizes)), sizes),
        np.repeat(np.arange(len(units)), [len(groups) for groups in units]),
        np.array(sizes, int)[:, None],
    )
    managers = managers or {}
    told = tuple(Unit(name=f"unit {row}", managers=managers.get(row)) for row in range(len(units)))
    apart = np.zeros(len(units), bool) if apart is None else np.array(apart)
    return led(company(span), told, groups, division_of or {}, apart)


# by hand


def test_a_unit_that_is_one_group_is_led_by_one_node():
    found = hierarchy([[7]])
    assert found.parents.tolist() == [NOBODY]
    assert found.leadership.tolist() == [0.7]
    assert (found.unit.tolist(), found.heads.tolist()) == ([0], [0])


def test_a_unit_of_three_groups_has_a_head_for_each_and_one_above_them():
    found = hierarchy([[8, 8, 7]])
    assert found.parents.tolist() == [NOBODY, 0, 0, 0]
    assert found.leadership == pytest.approx([0.3, 0.8, 0.8, 0.7])
    assert (found.unit.tolist(), found.heads.tolist()) == ([0] * 4, [1, 2, 3])


def test_units_report_to_a_top_that_is_in_none_of_them():
    """Rows of units come first, then the heads of the groups of the first, then the top."""
    found = hierarchy([[8, 8], [6]])
    assert found.parents.tolist() == [4, 4, 0, 0, NOBODY]
    assert found.leadership == pytest.approx([0.2, 0.6, 0.8, 0.8, 0.2])
    assert found.unit.tolist() == [0, 1, 0, 0, NOBODY]
    assert found.heads.tolist() == [2, 3, 1]


def test_a_thousand_people_in_one_unit_have_levels():
    """100 heads of groups, 10 above them and one above those: 100 + 10 + 1 managers' time."""
    found = hierarchy([[10] * 100])
    assert len(found.parents) == 111
    assert found.heads.tolist() == list(range(1, 101))
    assert (found.leadership == 1.0).all()
    assert (found.parents[1:101] == np.repeat(np.arange(101, 111), 10)).all()
    assert (found.parents[101:] == 0).all()
    assert (found.unit == 0).all()


def test_one_group_more_than_a_span_opens_a_level():
    assert len(hierarchy([[10] * 10]).parents) == 11
    opened = hierarchy([[10] * 11])
    assert len(opened.parents) == 14
    assert opened.leadership == pytest.approx([0.2, *[1.0] * 11, 0.6, 0.5])


def test_groups_of_one():
    """Where nobody leads more than one, superiors lead two all the same, or nobody would be the top, and it
    takes the time that the span says: three heads, two and one of them under superiors, and those under the
    unit's."""
    found = hierarchy([[1, 1, 1]], span=1)
    assert found.parents.tolist() == [NOBODY, 4, 4, 5, 0, 0]
    assert found.leadership.tolist() == [2.0, 1.0, 1.0, 1.0, 2.0, 1.0]
    assert hierarchy([[1]]).leadership.tolist() == [0.1]


def test_a_division_has_a_superior_of_its_own():
    found = hierarchy([[5], [6], [7]], division_of={0: "front", 2: "front"})
    assert found.parents.tolist() == [3, 4, 3, 4, NOBODY]
    assert found.leadership == pytest.approx([0.5, 0.6, 0.7, 0.2, 0.2])
    assert found.unit.tolist() == [0, 1, 2, NOBODY, NOBODY]


def test_a_unit_in_which_nobody_sits_takes_nobodys_time():
    found = hierarchy([[5], [], [6]], managers={1: 3})
    assert found.parents.tolist() == [3, NOBODY, 3, NOBODY]
    assert found.leadership == pytest.approx([0.5, 0.0, 0.6, 0.2])
    without_its_division = hierarchy([[5], [], [6]], division_of={1: "empty"})
    assert without_its_division.parents.tolist() == found.parents.tolist()


def test_where_a_unit_says_how_many_lead_it_they_are_shared_out_as_by_the_span():
    """Two groups take 0.8 and 0.6 of a manager and their superior 0.2: of 4 managers 2, 1.5 and 0.5."""
    found = hierarchy([[8, 6], [5]], managers={0: 4, 1: 2})
    assert found.leadership == pytest.approx([0.5, 2.0, 2.0, 1.5, 0.2])


# in general

spans = st.sampled_from([1, 2, 3, 5, 10])
firms = st.lists(st.lists(st.integers(1, 10), max_size=40), min_size=1, max_size=12)


def above(found, node):
    """The superiors of a node, the next first."""
    chain = []
    while (node := int(found.parents[node])) != NOBODY:
        chain.append(node)
        assert len(chain) <= len(found.parents)
    return chain


@given(firms, spans)
def test_leadership_is_a_spans_part_of_those_who_are_led(firm, span):
    """Of the people in groups and of the nodes with a superior; nobody is led twice or by rounding."""
    found = hierarchy(firm, span)
    people = sum(map(sum, firm))
    assert found.leadership.sum() * span == pytest.approx(people + (found.parents != NOBODY).sum())


@given(firms, spans)
def test_nobody_has_more_than_a_span_below(firm, span):
    found = hierarchy(firm, span)
    below = np.bincount(found.parents[found.parents != NOBODY], minlength=len(found.parents))
    assert (below <= max(2, span)).all()


@given(firms, spans, st.dictionaries(st.integers(0, 11), st.sampled_from("ab")))
def test_all_who_lead_somebody_are_one_tree(firm, span, divided):
    division_of = {unit: name for unit, name in divided.items() if unit < len(firm)}
    found = hierarchy(firm, span, division_of)
    leading = np.flatnonzero(found.leadership > 0)
    tops = {(above(found, node) or [int(node)])[-1] for node in leading}
    assert len(tops) == (1 if any(firm) else 0)
    idle = np.flatnonzero(found.leadership == 0)
    assert set(idle) == {unit for unit, groups in enumerate(firm) if not groups}
    assert (found.parents[idle] == NOBODY).all()
    for one, other in division_of.items():
        for unit, name in division_of.items():
            if name == other and firm[one] and firm[unit]:
                assert found.parents[one] == found.parents[unit]


@given(firms, spans)
def test_inside_a_unit_all_report_to_its_head(firm, span):
    """A group is led by a node of its unit, and whoever is in a unit reports to the unit's own row."""
    found = hierarchy(firm, span)
    of_group = np.repeat(np.arange(len(firm)), [len(groups) for groups in firm])
    assert (found.unit[found.heads] == of_group).all()
    assert len(set(found.heads)) == len(of_group)
    assert found.unit[: len(firm)].tolist() == list(range(len(firm)))
    for node, unit in enumerate(found.unit):
        if unit != NOBODY and node >= len(firm):
            assert unit in above(found, node)
        elif unit == NOBODY:
            assert all(found.unit[superior] == NOBODY for superior in above(found, node))


@given(firms, spans, st.lists(st.integers(1, 10), min_size=1, max_size=15))
def test_a_unit_apart_has_no_superior_and_changes_nothing_for_the_others(firm, span, extra):
    """It is the last unit: whatever follows the rows of units is one row further down."""
    units = len(firm)
    before = hierarchy(firm, span)
    after = hierarchy([*firm, extra], span, None, [False] * units + [True])
    own = after.unit == units
    assert after.parents[units] == NOBODY
    assert after.leadership[own].sum() == pytest.approx(hierarchy([extra], span).leadership.sum())
    others = np.flatnonzero(~own)
    new = {int(node): row for row, node in enumerate(others)} | {NOBODY: NOBODY}
    assert [new[int(parent)] for parent in after.parents[others]] == before.parents.tolist()
    assert (after.leadership[others] == before.leadership).all()
    assert (after.unit[others] == before.unit).all()


@given(firms, spans, st.integers(1, 500))
def test_managers_that_a_unit_names_are_as_many_as_lead_in_it(firm, span, managers):
    usual, named = hierarchy(firm, span), hierarchy(firm, span, managers={0: managers})
    assert (named.parents == usual.parents).all()
    own = usual.unit == 0
    assert (named.leadership[~own] == usual.leadership[~own]).all()
    if firm[0]:
        assert named.leadership[own].sum() == pytest.approx(managers)
        shares = usual.leadership[own] / usual.leadership[own].sum()
        assert named.leadership[own] == pytest.approx(managers * shares)
    else:
        assert named.leadership[0] == 0


# divisions as designs name them


def test_divisions_are_named_by_units_or_by_the_design():
    units = "[{name='A', processes=['acquisition'], division='front'}, {name='B', processes=['offer']}, " \
            "{name='C', processes=['experience']}]"  # fmt: skip
    own = f"designs.own={{group_by='units', units={units}, divisions={{back=['C', 'B']}}}}"
    structure = build(load("default", [own]), "own")
    design = load("default", [own]).designs["own"]
    assert divisions(design, "own", structure.units) == {0: "front", 1: "back", 2: "back"}
    parents = structure.hierarchy.parents
    assert parents[1] == parents[2] != parents[0]
    assert parents[parents[0]] == parents[parents[1]] == len(parents) - 1
    sizes = structure.sizes
    assert structure.distances[1, 2] == pytest.approx((sizes[1] + sizes[2]) / 120)
    assert structure.distances[0, 1] == structure.distances[0, 2] == 1.0


def test_a_division_of_a_unit_that_there_is_not_is_refused():
    with pytest.raises(DesignError, match="'Sale' is no unit of it; units are: Marketing, Sales"):
        build(load("default", ["designs.silos.divisions={front=['Marketing', 'Sale']}"]), "silos")
