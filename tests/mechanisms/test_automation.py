"""Automation: kinds of case that can be, where it is practised, never the repeat of a case."""

import itertools

import pytest

from mechanisms.equations import Record, plain, rules, scenario
from orgsim.mechanisms import automation

can_be_automated = plain(automation.can_be_automated)
CASES = list(itertools.product((0.0, 0.01, 1.0), (0, 1), (0, 1)))


@pytest.mark.parametrize(("level", "is_repeat", "automatable"), CASES)
def test_only_a_first_contact_of_such_a_kind_is_automated(level, is_repeat, automatable):
    operations = rules("operations", {"practices.automation": level})
    found = can_be_automated(operations, Record(automatable=automatable), Record(is_repeat=is_repeat))
    assert bool(found) == (level in (0.01, 1.0) and (is_repeat, automatable) == (0, 1))


def test_it_is_that_of_the_whole_company():
    practised = automation.MECHANISM.practised["automation"]
    assert practised(scenario({}), {"automation": 0.35}.__getitem__) == 0.35
