"""Quitting, vacancies, newcomers, absence: rates, and nobody is lost or counted twice."""

import numpy as np
import pytest

from orgsim.engine.operations.state import ABSENT, GONE, NONE, PERMANENT
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

SMALL = ("horizon.weeks=104",)


def run(*overrides, design="silos", seed=2):
    simulation = Simulation(load("default", [*SMALL, *overrides]), design, seed)
    simulation.run()
    return simulation


def test_people_leave_at_the_rate_that_is_asked_for():
    calm = (
        "mechanisms.morale=false",
        "mechanisms.fatigue=false",
        "people.variety_stay=0",
        "people.vacancy_weeks=0",
        "people.turnover=0.3",
    )
    plain = [f"company.functions.{name}.turnover=1.0" for name in load("default").company.functions]
    left = sum(sum(run(*calm, *plain, seed=seed).weekly["left"]) for seed in range(4))
    expected = 4 * 2 * 120 * -np.log(0.7)
    assert left == pytest.approx(expected, abs=3 * np.sqrt(expected))


def test_every_place_is_held_by_one_person_or_vacant():
    simulation = run("people.turnover=0.4")
    seats, members = simulation.staff.seats, simulation.core.members
    held = seats["member"][seats["member"] != NONE]
    assert len(np.unique(held)) == len(held)
    assert (members["status"][held] == PERMANENT).all()
    assert (members["unit"][held] == seats["unit"][seats["member"] != NONE]).all()
    permanent = members["account"] < len(simulation.core.pools)
    on_staff = permanent & (members["status"] == PERMANENT)
    assert on_staff.sum() == len(held)
    gone = members[members["status"] == GONE]
    assert (gone["idle"] == 0).all()
    assert (gone["case"] == NONE).all()
    hired, left = sum(simulation.weekly["hired"]), sum(simulation.weekly["left"])
    assert left - hired == (seats["member"] == NONE).sum()
    keys = simulation.staff.persons["key"][np.flatnonzero(permanent)]
    assert len(np.unique(keys)) == len(keys)


def test_places_stay_vacant_for_the_time_that_is_asked_for():
    """Little's law: vacant places = leavers a week × weeks of vacancy."""
    simulation = run("people.turnover=0.5", "people.vacancy_weeks=12")
    vacant = 120 - np.array(simulation.weekly["staff"][30:])
    per_week = np.mean(simulation.weekly["left"][20:])
    assert vacant.mean() == pytest.approx(per_week * 12.5, rel=0.25)


def test_newcomers_are_slow_at_first():
    simulation = Simulation(load("default", ["people.turnover=0.9", "people.vacancy_weeks=0"]), "silos", 1)
    while simulation.week < 4:
        simulation.step()
    rows = np.flatnonzero(simulation.staff.persons["newness"] > 0.99)
    assert len(rows)
    row = int(rows[0])
    home = simulation.core.members["function"][row]
    first = simulation.core.skill[row, home]
    established = simulation.core.skill[:120][simulation.core.members["function"][:120] == home, home].max()
    assert first < 0.65 * established


def test_the_same_people_leave_in_both_organisations_for_the_same_reasons():
    off = ("mechanisms.morale=false", "mechanisms.fatigue=false", "people.variety_stay=0")
    silos, teams = (run(*off, design=design) for design in ("silos", "teams"))
    assert silos.weekly["left"] == teams.weekly["left"]
    assert silos.weekly["hired"] == teams.weekly["hired"]


def test_absence_takes_and_returns_the_same_people():
    simulation = Simulation(
        load(
            "default",
            [
                "crisis.shape=u",
                "crisis.staff_loss=0.3",
                "crisis.start_week=2",
                "crisis.duration_weeks=6",
                "people.turnover=0",
                "horizon.weeks=12",
            ],
        ),
        "teams",
        5,
    )
    absent = []
    while not simulation.finished:
        absent.append(int((simulation.core.members["status"] == ABSENT).sum()))
        simulation.step()
    assert max(absent) == pytest.approx(36, abs=12)
    assert absent[0] == absent[-1] == 0
    assert (simulation.core.members["status"][:120] == PERMANENT).all()
    paid = simulation.core.paid[: len(simulation.core.pools)].sum() - sum(
        share * 120 * 40 for share in simulation.weekly["overtime_share"]
    )
    assert paid == pytest.approx(120 * 40 * 12)


def test_no_turnover_no_change():
    simulation = run("people.turnover=0")
    assert sum(simulation.weekly["left"]) == sum(simulation.weekly["hired"]) == 0
    assert simulation.result().costs["hiring"] == 0
