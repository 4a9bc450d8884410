"""Cases that follow from others: as many as all generations together, and an end of them or none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orgsim.errors import OrgsimError
from orgsim.scenario import load
from orgsim.scenario.offspring import EndlessError, offspring
from orgsim.scenario.reach import types_that_come
from orgsim.scenario.volume import fresh_cases, weekly_cases

SOME = arrays(float, (4, 4), elements=st.floats(0, 1.5))
ROUTE = "route=[{function='it', hours=1}]"


def own(name, follows=""):
    return f"case_types.{name}={{process='offer', {ROUTE}, follows=[{follows}]}}"


@given(SOME)
def test_all_generations_together_or_none_where_there_is_no_end(opened):
    radius = np.abs(np.linalg.eigvals(opened)).max()
    if radius >= 1 + 1e-6:
        with pytest.raises(EndlessError):
            offspring(opened)
    elif radius < 0.9:
        generation, total = np.eye(4), np.zeros((4, 4))
        for _ in range(400):
            total += generation
            generation = generation @ opened
        assert offspring(opened) == pytest.approx(total, rel=1e-9, abs=1e-12)


def test_a_case_that_brings_its_like_brings_one_over_what_is_left():
    brought = offspring(np.array([[0.75]]))
    assert brought[0, 0] == pytest.approx(1 / (1 - 0.75))


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        ("{case_type='first', chance=1}", "", "brings 1 more of its own kind on average, by way of first;"),
        ("{case_type='first', chance=0.5, cases=3}", "", "brings 1.5 more"),
        (
            "{case_type='second', chance=0.5, cases=4}",
            "{case_type='first', chance=0.5}, {case_type='request', chance=1}",
            "case_types.second.follows: a case of 'second' brings 1 more of its own kind on average, by way "
            "of first, second; make `chance` or `cases` of their `follows` smaller",
        ),
    ],
)
def test_cases_without_end_are_refused_with_the_loop_and_the_remedy(first, second, again):
    with pytest.raises(OrgsimError) as refused:
        load(
            "default", ["remove=['case_types.complaint.follows']", own("first", first), own("second", second)]
        )
    assert again in str(refused.value)


def test_a_loop_that_dies_out_is_a_scenario():
    found = load("default", [own("first", "{case_type='first', chance=0.99}")])
    assert found.case_types["first"].follows[0].chance == 0.99


def test_an_unknown_type_that_follows_is_named_with_its_place():
    with pytest.raises(OrgsimError, match=r"first.follows\[1\].case_type = 'x' is no case type; known are"):
        load("default", [own("first", "{case_type='x', chance=0.1}")])


def test_the_volume_counts_what_follows():
    """Of two a week, half open three of another type, of which each second opens one of its own kind."""
    company = load("default", [
        own("first", "{case_type='second', chance=0.5, cases=3}"),
        own("second", "{case_type='second', chance=0.5}"),
        "streams.own={case_type='first', per_week=2}",
    ])  # fmt: skip
    names = list(company.case_types)
    weekly = dict(zip(names, weekly_cases(company).sum(axis=1), strict=True))
    fresh = dict(zip(names, fresh_cases(company).sum(axis=1), strict=True))
    assert (fresh["first"], fresh["second"]) == pytest.approx((2, 0))
    assert (weekly["first"], weekly["second"]) == pytest.approx((2, 2 * 1.5 * 2))


def test_of_prospects_those_open_something_who_are_won():
    company = load("default", ["market.conversion=0.3"])
    weekly = dict(zip(company.case_types, weekly_cases(company).sum(axis=1), strict=True))
    assert weekly["onboarding"] == pytest.approx(0.3 * weekly["enquiry"])


def test_what_follows_from_a_case_that_comes_can_come():
    courted = [own("first", "{case_type='second', chance=0.1}"), own("second")]
    assert "second" not in types_that_come(load("default", courted))
    stream = "streams.own={case_type='first', per_week=2}"
    assert "second" in types_that_come(load("default", [*courted, stream]))
    never = own("first", "{case_type='second', chance=0}")
    assert "second" not in types_that_come(load("default", [never, own("second"), stream]))


def test_the_default_company_has_the_volumes_that_it_had_before_anything_followed():
    """Streams and needs are less by what follows from cases."""
    company = load("default")
    weekly = dict(zip(company.case_types, weekly_cases(company).sum(axis=1), strict=True))
    assert weekly["request"] == pytest.approx(259.85, rel=0.002)
    assert (weekly["campaign"], weekly["change"]) == pytest.approx((3, 4), rel=0.002)
