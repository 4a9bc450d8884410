"""Help: with chance 1 − local targets · distance, up to 1, in every design alike; always under mutual aid for
the same function; or in the unit only, or by everybody."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, plain, rules, scenario, share, silent
from orgsim.mechanisms import helping

help_chance = plain(helping.help_chance)
WHO, AID = "people.help", "practices.mutual_aid"
RULES = ("unit", "distance", "everywhere")
far = st.floats(0, 1.5)


def chance(fields, local_targets=1.0, distance=0.5, same_unit=False, same_function=False):
    """That the members of a pool help another."""
    helper = Record(unit=3, function=2, local_targets=local_targets)
    pool = Record(unit=3 if same_unit else 4, function=2 if same_function else 5)
    return help_chance(rules("operations", fields), helper, pool, distance)


def test_by_default_it_falls_with_distance_and_with_local_targets():
    """1 − 0.8 · 0.25, 1 − 0.8 · 0.5, 1 − 0.4 · 0.5"""
    assert chance({}, 0.8, 0.25) == pytest.approx(0.8)
    assert chance({}, 0.8, 0.5) == pytest.approx(0.6)
    assert chance({}, 0.4, 0.5) == pytest.approx(0.8)


@law(share, share, st.booleans(), st.booleans())
def test_by_distance_no_border_and_no_function_decides(local, distance, same_unit, same_function):
    found = chance({WHO: "distance"}, local, distance, same_unit, same_function)
    assert found + local * distance == pytest.approx(1)


@law(share, st.floats(1, 10))
def test_whoever_is_farther_off_than_everybody_of_the_firm_is_no_less_helped(local, distance):
    assert chance({WHO: "distance"}, local, distance) == pytest.approx(1 - local)


@law(share, far)
def test_neighbours_and_whoever_has_no_local_targets_always_help(local, distance):
    assert chance({WHO: "distance"}, local, 0.0) == 1.0
    assert chance({WHO: "distance"}, 0.0, distance) == 1.0


@law(share, far, st.booleans())
def test_in_the_unit_only_its_border_decides(local, distance, same_function):
    assert chance({WHO: "unit"}, local, distance, True, same_function) == 1.0
    assert chance({WHO: "unit"}, local, distance, False, same_function) == 0.0


@law(share, far, st.booleans(), st.booleans())
def test_everywhere_everybody_helps(local, distance, same_unit, same_function):
    assert chance({WHO: "everywhere"}, local, distance, same_unit, same_function) == 1.0


@law(st.sampled_from(RULES), share, far)
def test_under_mutual_aid_the_same_function_helps_everywhere(rule, local, distance):
    assert chance({WHO: rule, AID: 1.0}, local, distance, same_function=True) == 1.0


@law(share, far, st.booleans())
def test_mutual_aid_changes_nothing_between_functions(local, distance, same_unit):
    for rule in RULES:
        found = [chance({WHO: rule, AID: aid}, local, distance, same_unit) for aid in (0.0, 1.0)]
        assert found[0] == found[1]


def test_without_mutual_aid_the_same_function_is_no_exception():
    assert chance({WHO: "unit"}, same_function=True) == 0.0
    assert chance({WHO: "distance"}, 1.0, 0.75, same_function=True) == 0.25


def test_switched_off_people_help_in_their_unit_only():
    off = silent("operations", "help_by_distance")
    helper, other = Record(unit=1, function=2, local_targets=0.0), Record(unit=0, function=3)
    assert help_chance(off, helper, other, 0.1) == 0.0
    assert help_chance(off, helper, Record(unit=1, function=3), 0.1) == 1.0


@pytest.mark.parametrize(("mean", "practised"), [(0.0, 0.0), (0.49, 0.0), (0.5, 1.0), (1.0, 1.0)])
def test_mutual_aid_is_where_at_least_half_of_the_company_practises_it(mean, practised):
    found = helping.MECHANISM.practised["mutual_aid"](scenario({}), {"mutual_aid": mean}.__getitem__)
    assert found == practised
