"""Mutual aid: helpers end with the unit, or, where most practise it, with the function elsewhere."""

import pytest

from mechanisms.equations import Record, plain, rules, scenario
from orgsim.mechanisms import mutual_aid

last_to_help = plain(mutual_aid.last_to_help)


@pytest.mark.parametrize(("mean", "last"), [(0.0, 3), (0.49, 3), (0.5, 8), (1.0, 8)])
def test_others_help_where_at_least_half_of_the_company_does(mean, last):
    operations = rules("operations", {})
    operations.mutual_aid = mutual_aid.MECHANISM.practised["mutual_aid"](
        scenario({}), {"mutual_aid": mean}.__getitem__
    )
    assert last_to_help(operations, Record(help_to=3, aid_to=8)) == last


@pytest.mark.parametrize(("practised", "last"), [(0.0, 3), (1.0, 8)])
def test_a_run_begins_as_the_scenario_has_it(practised, last):
    operations = rules("operations", {"practices.mutual_aid": practised})
    assert last_to_help(operations, Record(help_to=3, aid_to=8)) == last
