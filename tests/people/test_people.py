"""Proficiency, overtime and temporary staff: their laws and their effects."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.people.proficiency import remember_work, set_speeds
from orgsim.people.staffing import overtime_share, temporary_seats
from orgsim.scenario import load
from orgsim.simulation import Simulation

SHARES = st.lists(st.floats(0, 100), min_size=3, max_size=3)


def finished(*overrides, design="silos"):
    simulation = Simulation(load("default", ["horizon.weeks=20", *overrides]), design, 2)
    while not simulation.finished:
        simulation.step()
    return simulation


@given(SHARES, st.floats(1, 100))
def test_shares_stay_shares(worked, memory):
    shares, hours = np.array([[1.0, 0.0, 0.0]]), np.array([worked])
    remember_work(shares, hours, memory)
    assert shares.sum() == pytest.approx(1.0)
    assert shares.min() >= 0
    assert hours.sum() == 0


def test_a_week_without_work_changes_nothing():
    shares = np.array([[0.25, 0.75]])
    remember_work(shares, np.zeros((1, 2)), 13.0)
    assert shares.tolist() == [[0.25, 0.75]]


def test_recent_work_is_an_exponential_average():
    shares = np.array([[1.0, 0.0]])
    for _ in range(13):
        remember_work(shares, np.array([[0.0, 30.0]]), 13.0)
    assert shares[0] == pytest.approx([(12 / 13) ** 13, 1 - (12 / 13) ** 13])


def test_speed_is_bounded_by_its_gains():
    skill, speeds = np.array([[1.0, 0.7, 0.0]]), np.zeros((1, 3))
    set_speeds(speeds, skill, np.ones((1, 3)), np.full((1, 3), 1e12), 0.15, 0.05, 1.0)
    assert speeds == pytest.approx(skill * 1.15 * 1.05)
    set_speeds(speeds, skill, np.zeros((1, 3)), np.zeros((1, 3)), 0.15, 0.05, 1.0)
    assert speeds == pytest.approx(skill)
    set_speeds(speeds, skill, np.zeros((1, 3)), np.full((1, 3), 3.0), 0.15, 0.05, 0.9)
    assert speeds == pytest.approx(skill * 1.025 * 0.9)


def test_overtime_before_temporary_staff_before_backlog():
    weeks = np.array([0.0, 0.15, 0.5, 3.0])
    assert overtime_share(weeks, 0.1, 0.1) == pytest.approx([0, 0.05, 0.1, 0.1])
    assert temporary_seats(weeks, np.full(4, 20), 0.4, 0.15).tolist() == [0, 0, 2, 3]


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
    """In teams people have fewer peers and spend time on second skills: slower for the same work."""
    fast = [finished(design=design).core.skill for design in ("silos", "teams")]
    home = np.arange(120), finished().core.members["function"][:120]
    assert fast[1][home].mean() < fast[0][home].mean()
    level = [
        finished("people.specialisation=0", "people.peers=0", design=design).core.skill[home].mean()
        for design in ("silos", "teams")
    ]
    assert level[0] == 1.0
    assert level[1] == pytest.approx(1.0, abs=0.05)  # what the transition still costs


def test_a_transition_costs_once_and_dips_at_first():
    simulation = Simulation(load("default"), "teams", 1)
    assert simulation._settled(0) == pytest.approx(0.85)
    assert simulation._settled(8) == pytest.approx(0.925)
    assert finished(design="teams").result().costs["transition"] == 120 * 1500
    assert finished().result().costs["transition"] == 0
    incumbent = finished("designs.teams.incumbent=true", design="teams")
    assert incumbent.result().costs["transition"] == 0


def test_the_transition_begins_when_the_measures_do():
    warm = finished("horizon.warmup_weeks=10", design="teams")
    assert warm.result().costs["transition"] == 120 * 1500
    assert warm._settled(9) == 1.0
    assert warm._settled(10) == pytest.approx(0.85)
