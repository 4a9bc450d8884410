"""Transition: everybody who moves costs the same."""

import pytest

from mechanisms.equations import Record
from orgsim.mechanisms.transition import transition_cost


@pytest.mark.parametrize(
    ("each", "people", "cost"), [(1500.0, 120, 180_000.0), (0.0, 9, 0.0), (10.0, 0, 0.0)]
)
def test_everybody_who_moves_costs_the_same(each, people, cost):
    assert transition_cost(Record(cost_per_person=each), people) == cost
