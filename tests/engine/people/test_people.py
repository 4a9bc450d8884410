"""Proficiency, overtime and temporary staff: their laws and their effects."""

import numpy as np
import pytest

from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

#: all are alike, and new at nothing
ALIKE = ("mechanisms.talent=false", "mechanisms.tenure=false")
#: nobody leaves, nothing is learned: what is left are the gains from structure
STILL = (*ALIKE, "people.turnover=0", "mechanisms.learning=false", "mechanisms.forgetting=false")


def finished(*overrides, design="silos", weeks=20):
    simulation = Simulation(load("default", [f"horizon.weeks={weeks}", *overrides]), design, 2)
    simulation.run()
    return simulation


def home_speed(simulation):
    rows = np.arange(120)
    return simulation.core.skill[rows, simulation.core.members["function"][:120]]


def test_shares_of_recent_work_stay_shares():
    staff = finished(*STILL).staff
    assert staff.shares[:120].sum(axis=1) == pytest.approx(np.ones(120))
    assert staff.shares.min() >= 0
    assert staff.mixture[:120].sum(axis=1) == pytest.approx(np.ones(120))
    variety = staff.persons["variety"][:120]
    assert variety == pytest.approx(1 - (staff.mixture[:120] ** 2).sum(axis=1))


def test_speed_at_the_start_is_the_product_of_its_gains():
    simulation = Simulation(load("default", ["people.variety=0.04", *ALIKE]), "silos", 1)
    people, staff = simulation.settings.people, simulation.staff
    peers = np.array([_peers_near(simulation, row) for row in range(120)])
    expected = (1 + people.specialisation) * (1 + people.peers * peers / (peers + 3.0))
    expected *= 1 + people.variety * staff.persons["variety"][:120]
    assert home_speed(simulation) == pytest.approx(expected)


def test_experience_follows_the_learning_curve():
    """Skill = (n/n₁)^b until mastery: twice the experience, 1/PR times the speed."""
    simulation = Simulation(load("default", ["people.progress_ratio=0.8"]), "silos", 1)
    staff, core = simulation.staff, simulation.core
    other = int(np.flatnonzero((staff.base[0] > 0) & (staff.base[0] < 1))[0])
    peers = _peers_near(simulation, 0)
    ratio = core.skill[0, other] / core.skill[0, 0] * (1.15 * (1 + 0.05 * peers / (peers + 3)))
    assert ratio == pytest.approx(0.7)  # nobody of the other function sits in the unit
    b = float(staff.rules["learning_exponent"][0])
    assert 2.0**-b == pytest.approx(0.8)
    first = (staff.experience[0, other] / 800.0) ** b
    assert first == pytest.approx(0.7)


def _peers_near(simulation, row):
    """Others of the function of a person in the group, and elsewhere in the department, × (1 − distance)."""
    members = simulation.core.members[:120]
    like = members["unit"] == members["unit"][row]
    beside = members["group"] == members["group"][row]
    near, far = (beside.sum() / 120, like.sum() / 120)
    return (beside.sum() - 1) * (1 - near) + (like & ~beside).sum() * (1 - far)


def test_unused_experience_decays_by_the_month():
    staff = finished(
        "people.second_skills=1", "people.turnover=0", "frictions.coordination.pair_hours=0"
    ).staff
    unused = (staff.base[:120] > 0) & (staff.base[:120] < 1) & (staff.shares[:120] == 0)
    assert unused.any()
    b = float(staff.rules["learning_exponent"][0])
    begun = 800.0 * 0.7 ** (1 / b)
    assert staff.experience[:120][unused] == pytest.approx(begun * 0.95 ** (20 * 12 / 52))


def test_overtime_before_temporary_staff_before_backlog():
    simulation = Simulation(load("default", ["company.functions.service.staff=13"]), "silos", 2)
    seen, left_over = set(), 0.0
    while simulation.week < 30:
        simulation.step()
        if simulation.day % 5:
            continue
        backlog, sizes = simulation.backlogs, simulation._sizes
        weeks = backlog / (np.maximum(1, sizes) * 40.0)
        assert simulation.core.pools["pressure"] == pytest.approx(np.minimum(weeks, 2.0))
        assert simulation.overtime == pytest.approx(np.clip(weeks - 0.1, 0.0, 0.1))
        due = np.clip(weeks - 0.4, 0.0, 0.15) * sizes + left_over
        called = np.floor(due + 1e-9)
        left_over = np.maximum(0.0, due - called)
        assert simulation.temporary.tolist() == called.tolist()
        seen |= set(zip(simulation.overtime.tolist(), simulation.temporary.tolist(), strict=True))
    assert any(temporary for _, temporary in seen)
    assert all(overtime == pytest.approx(0.1) for overtime, temporary in seen if temporary)
    assert any(0 < overtime < 0.1 for overtime, _ in seen)


def test_a_backlog_calls_overtime_and_temporary_staff_who_are_paid():
    busy = finished("company.functions.service.staff=13")
    calm = finished()
    assert busy.result().measures["overtime"] > calm.result().measures["overtime"]
    assert busy.result().measures["temporary"] > calm.result().measures["temporary"]
    assert busy.result().costs["overtime_premium"] > 0
    assert busy.result().costs["temporary_premium"] > 0
    without = finished("company.functions.service.staff=13", "people.temps_cap=0", "people.overtime_cap=0")
    assert without.result().measures["overtime"] == without.result().measures["temporary"] == 0
    assert without.weekly["backlog_hours"][-1] > busy.weekly["backlog_hours"][-1]


def test_dilution_slows_teams_down():
    """In teams people have fewer peers: slower for the same work, all else equal."""
    off = ("mechanisms.ownership=false", "mechanisms.variety=false", "mechanisms.team_familiarity=false",
           "mechanisms.fatigue=false", *STILL)  # fmt: skip
    silos, teams = (home_speed(finished(*off, design=design)) for design in ("silos", "teams"))
    assert teams.mean() < silos.mean()
    off = (*off, "people.specialisation=0", "people.peers=0")
    assert home_speed(finished(*off, design="teams")) == pytest.approx(np.ones(120))


def test_a_new_design_makes_strangers_who_grow_familiar():
    simulation = Simulation(load("default", STILL), "teams", 1)
    strange = simulation.staff.persons["strange"]
    assert (strange[:120] == 1.0).all()
    while simulation.week < 8:
        simulation.step()
    assert strange[:120] == pytest.approx(np.full(120, 0.5))
    incumbent = Simulation(load("default", [*STILL, "designs.teams.incumbent=true"]), "teams", 1)
    assert (incumbent.staff.persons["strange"] == 0.0).all()


def test_a_transition_costs_once_when_the_measures_begin():
    assert finished(design="teams").result().costs["transition"] == 120 * 1500
    assert finished().result().costs["transition"] == 0
    incumbent = finished("designs.teams.incumbent=true", design="teams")
    assert incumbent.result().costs["transition"] == 0
    warm = finished("horizon.warmup_weeks=10", design="teams")
    assert warm.result().costs["transition"] == 120 * 1500


def test_who_owns_cases_from_end_to_end_is_a_fact_of_the_structure():
    silos, teams = (Simulation(load("default"), design, 1).structure for design in ("silos", "teams"))
    assert (silos.ownership == 0).all()
    assert teams.ownership.max() == 1.0
