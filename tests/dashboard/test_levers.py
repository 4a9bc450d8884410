"""Levers on the timeline: everything that is offered can be added, moved and removed."""

import pytest

from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import choose
from orgsim.dashboard.levers import add_lever, lever_rows, offers
from orgsim.language.language import Language

SAY = Language("en")
OFFERS = [what for _, entries in offers(choose(Address()), SAY) for what, _ in entries]


@pytest.mark.parametrize("what", OFFERS)
def test_whatever_is_offered_makes_a_scenario_that_runs(what):
    address = Address()
    added = add_lever(address, choose(address), what)
    chosen = choose(added)
    assert len(chosen.settings.levers) > 0
    rows = lever_rows(chosen, SAY)
    assert len(rows) == len(chosen.settings.levers)
    moved = added.changed(f"levers.{rows[0]['key']}.start_week", 30)
    assert choose(moved).settings.levers[rows[0]["key"]].start_week == 30


def test_the_same_lever_twice_has_two_names():
    address = add_lever(Address(), choose(Address()), "practice:feedback")
    address = add_lever(address, choose(address), "practice:feedback")
    assert set(choose(address).settings.levers) == {"feedback", "feedback-2"}


def test_what_is_not_offered_changes_nothing():
    assert add_lever(Address(), choose(Address()), "programme:../../x") == Address()
