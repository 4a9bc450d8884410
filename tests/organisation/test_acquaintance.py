"""Who knows whom: between 0 and 1 in any run, fading as agreed, carried by people through a reorganisation,
and in a calm company near to what its planned contacts come to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.engine.operations.ties import carried
from orgsim.organisation.acquaintance import founding_ties, ties_between_groups, ties_between_units
from orgsim.organisation.structure import build
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

CALM = ("horizon.weeks=12", "horizon.warmup_weeks=0", "people.turnover=0")


def lived(*overrides, design="silos", base="default"):
    simulation = Simulation(load(base, [*CALM, *overrides]), design, 1)
    simulation.run()
    return simulation


def ties_now(simulation):
    return simulation.core.ties * simulation.core.clock["fading"][0]


@pytest.fixture(scope="module")
def busy():
    """A run in which people leave, come, and work as temporary staff."""
    return lived(
        "people.turnover=0.8", "people.vacancy_weeks=0", "people.temps_from=0.05", "horizon.weeks=30"
    )


def test_ties_stay_between_nothing_and_one(busy):
    ties = ties_now(busy)
    assert ties.min() >= 0.0
    assert 0.5 < ties.max() <= 1.0


def test_what_is_known_of_a_pool_is_the_mean_over_its_places(busy):
    core, pools = busy.core, busy.core.pools
    for row, pool in enumerate(pools):
        here = core.groups["unit"] == pool["unit"]
        seats = core.seated[:, pool["function"]] * here
        mean = core.ties @ seats / pool["places"]
        assert core.acquaintance[:, row] == pytest.approx(mean, rel=1e-9, abs=1e-12)


def test_who_is_hired_knows_nobody_at_first(busy):
    newest = int(busy.staff.totals["rows"][0]) - 1
    weeks = busy.week - int(busy.staff.persons["first_week"][newest])
    own = int(busy.core.members["group"][newest])
    assert weeks < 10 < busy.week
    assert ties_now(busy)[newest, own] < ties_now(busy)[:100, own].max()


def test_in_a_half_life_ties_fade_to_a_half():
    assert lived("horizon.weeks=13", "frictions.ties.half_life=13").core.clock["fading"][0] == pytest.approx(
        0.5
    )


@pytest.mark.parametrize("design", ["silos", "teams"])
def test_a_calm_company_keeps_the_ties_that_its_planned_contacts_come_to(design):
    """Detours add contacts, nearness shifts them: the mean over people stays within a few points."""
    simulation = lived("horizon.weeks=52", f"designs.{design}.incumbent=true", design=design)
    planned = founding_ties(simulation.settings, simulation.structure)
    people = len(planned)
    assert ties_now(simulation)[:people].mean() == pytest.approx(planned.mean(), abs=0.06)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(1, 5), st.integers(1, 5), st.randoms(use_true_random=False))
def test_carried_ties_are_means_of_the_old_ones(people, old, new, chance):
    ties = np.array([[chance.random() for _ in range(old)] for _ in range(people)])
    before = np.array([chance.randrange(old) for _ in range(people)])
    after = np.array([chance.randrange(new) for _ in range(people)])
    found = carried(ties, before, after, new)
    for group in range(new):
        came = before[after == group]
        mean = ties[:, came].mean(axis=1) if len(came) else np.zeros(people)
        assert found[:, group] == pytest.approx(mean)


def test_a_reorganisation_that_moves_nobody_keeps_every_tie():
    ties = np.linspace(0, 1, 12).reshape(4, 3)
    same = np.array([0, 1, 2, 1])
    assert carried(ties, same, same, 3) == pytest.approx(ties)


def test_a_new_design_begins_with_the_relations_of_the_old_one():
    """In teams people do not know yet, in the mean, those beside whom they sit."""
    settings = load("default", [*CALM, "horizon.weeks=1"])
    simulation = Simulation(settings, "teams", 1)
    silos = build(settings, "silos")
    before = founding_ties(settings, silos)
    teams = simulation.structure.groups.of
    expected = carried(before, silos.groups.of, teams, simulation.core.ties.shape[1])
    assert simulation.core.ties[: len(before)] == pytest.approx(expected)
    own = np.arange(len(before)), teams
    assert expected[own].mean() < 0.8 * founding_ties(settings, simulation.structure)[own].mean()


def test_between_units_and_groups_ties_are_means_over_people_and_places(busy):
    core, seats = busy.core, busy.staff.seats
    ties, units = ties_now(busy), ties_between_units(busy.core, seats)
    held = seats[seats["member"] >= 0]
    for one in range(len(units)):
        rows = held["member"][held["unit"] == one]
        for other in range(len(units)):
            seated = core.seated.sum(axis=1) * (core.groups["unit"] == other)
            assert units[one, other] == pytest.approx((ties[rows] @ seated / seated.sum()).mean())
    groups = ties_between_groups(core, seats)
    rows = held["member"][held["group"] == 3]
    assert groups[3] == pytest.approx(ties[rows].mean(axis=0))


def test_switched_off_ties_leave_the_bits_alone():
    """Whatever ties would be, without effect and friends nothing follows from them."""
    off = ("mechanisms.ties=false", "mechanisms.asking_friends=false")
    one = lived(*off).result()
    other = lived(
        *off, "people.sociability_cv=1", "frictions.ties.gain=0.9", "frictions.ties.half_life=5"
    ).result()
    assert all(
        np.array_equal(one.measures[key], other.measures[key], equal_nan=True)
        for key in one.measures
        if key != "acquaintance"
    )
