"""A glance at the effect: the first weeks of one world, as far as something has happened."""

import pytest

from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import bundled, choose
from orgsim.dashboard.glance import glance, glance_weeks, measures_after
from orgsim.language.language import Language
from orgsim.simulation.runner import run_settings


@pytest.mark.parametrize(("name", "weeks"), [("default", 26), ("french-hospitality-2020", 65)])
def test_it_sees_the_crisis(name, weeks):
    assert glance_weeks(choose(Address(scenario=name)).settings) == weeks


def test_every_bundled_scenario_can_be_glanced_at():
    for names in bundled().values():
        for name in names:
            chosen = choose(Address(scenario=name))
            assert glance_weeks(chosen.settings) <= chosen.settings.horizon.weeks
    for name in bundled()["Scenarios"]:
        assert glance(choose(Address(scenario=name)), 1, Language("fr"))["rows"], name


def test_a_glance_at_all_weeks_is_the_run():
    settings = choose(Address(changes=(("horizon.weeks", 30),))).settings
    assert measures_after(settings, "teams", 3, 30) == pytest.approx(
        run_settings(settings, "teams", 3).measures, nan_ok=True
    )
