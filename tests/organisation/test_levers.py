"""Dated interventions: ramps, decay, costs, cuts, freezes, training, and who they concern."""

import numpy as np
import pytest

from orgsim.engine.accounts.maturity import maturity, phase
from orgsim.errors import ScenarioError
from orgsim.organisation import stages
from orgsim.organisation.cutting import chosen_places, severance
from orgsim.organisation.practices import ROW, PracticeCourse
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation


def settings(lever, *overrides, weeks=40):
    tables = {"extends": "default", "levers": lever, "horizon": {"weeks": weeks}}
    return load(tables, overrides)


def run(lever, *overrides, design="silos", weeks=40):
    simulation = Simulation(settings(lever, *overrides, weeks=weeks), design, 3)
    simulation.run()
    return simulation


def course_of(lever, weeks=40, *overrides):
    scenario = settings({"x": lever}, *overrides, weeks=weeks)
    stage = stages(scenario, "silos")[0]
    course = PracticeCourse(scenario, dict(scenario.levers), stage)
    rows = []
    for week in range(weeks):
        course.advance(week, stage, 0.0)
        rows.append(course.now[ROW[lever["practice"]]].copy())
    return np.array(rows)


def test_a_lever_ramps_up_holds_and_decays():
    lever = {
        "practice": "feedback",
        "to": 0.8,
        "start_week": 5,
        "ramp_weeks": 10,
        "lasts_weeks": 20,
        "half_life_weeks": 4,
    }
    level = course_of(lever)[:, 0]
    assert (level[:5] == 0).all()
    assert level[9] == pytest.approx(0.4)
    assert level[14:25] == pytest.approx(np.full(11, 0.8))
    assert level[28] == pytest.approx(0.4)
    assert level[32] == pytest.approx(0.2)


def test_a_lever_concerns_the_functions_that_it_names():
    lever = {"practice": "exposure", "to": 2.0, "start_week": 0, "ramp_weeks": 0, "functions": ["legal"]}
    last = course_of(lever)[-1]
    assert last[4] == 2.0
    assert (np.delete(last, 4) == 0).all()


def test_the_top_speeds_adoption():
    lever = {"practice": "feedback", "to": 1.0, "start_week": 0, "ramp_weeks": 20}
    slow = course_of(lever)[:, 0]
    fast = course_of(lever, 40, "practices.sponsorship=1.0")[:, 0]
    assert fast[9] == pytest.approx(1.0)
    assert slow[9] == pytest.approx(0.5)


def test_a_lever_is_paid_for():
    lever = {
        "x": {
            "practice": "feedback",
            "to": 0.5,
            "start_week": 4,
            "lasts_weeks": 10,
            "cost": 1000.0,
            "cost_per_week": 10.0,
            "cost_per_person": 5.0,
            "functions": ["legal", "finance"],
        }
    }
    costs = run(lever).result().costs
    assert costs["programme"] == 1000 + 10 * 10 + 5 * 22


def test_a_lever_in_another_design_does_nothing_here():
    lever = {"x": {"practice": "feedback", "to": 1.0, "start_week": 0, "designs": ["teams"], "cost": 9.0}}
    assert run(lever).result().costs["programme"] == 0
    assert run(lever, design="teams").result().costs["programme"] == 9


def test_a_cut_closes_places_for_good_and_pays_severance():
    simulation = run({"x": {"kind": "cut", "start_week": 10, "share": 0.2}}, "people.turnover=0")
    staff = simulation.weekly["staff"]
    assert staff[5] == 120
    assert staff[-1] == 96
    costs = simulation.result().costs
    pay = [f.pay for f in simulation.settings.company.functions.values()]
    months = 0.25 * (6 + 10 / 52)
    assert costs["severance"] == pytest.approx(24 * months * np.mean(pay) * 40 * 52 / 12, rel=0.1)
    assert simulation.weekly["cost"][30] < simulation.weekly["cost"][5]


def test_cuts_spare_the_last_of_a_function_in_a_unit():
    simulation = Simulation(load("default"), "teams", 1)
    places = chosen_places(simulation.staff, 0.9, np.ones(8, bool))
    left = np.delete(np.arange(120), places)
    pools = simulation.staff.seats["pool"]
    assert set(pools[left]) == set(pools)


def test_a_crisis_cuts_staff_as_it_deepens_and_in_all_its_share():
    crisis = ("crisis.shape=l", "crisis.start_week=4", "crisis.duration_weeks=10", "crisis.budget_cut=0.1")
    simulation = run({}, *crisis, "crisis.novelty=0", "people.turnover=0")
    staff = np.array(simulation.weekly["staff"])
    assert staff[3] == 120
    assert 108 < staff[8] < 120
    assert (np.diff(staff) <= 0).all()
    assert staff[-1] == 108
    assert simulation.result().costs["severance"] > 0


def test_a_crisis_of_one_per_cent_cuts_one_per_cent_of_its_cut():
    month = ("crisis.shape=series", "crisis.first_month='2019-02'", "crisis.budget_cut=0.5")
    weekly = [
        run({}, *month, f"crisis.change=[{change}]", "people.turnover=0").weekly["staff"][-1]
        for change in (-1, 1, -20, 20)
    ]
    assert weekly == [119, 119, 108, 108]


def test_telework_hides_those_who_meet_nobody():
    simulation = Simulation(load("default"), "silos", 1)
    fair = chosen_places(simulation.staff, 0.2, np.ones(8, bool))
    seen = np.array([0.1, 0.6, 0, 0, 0, 0, 0.1, 0.6])
    biased = chosen_places(simulation.staff, 0.2, np.ones(8, bool), seen)
    service = simulation.staff.seats["function"] == 7
    assert service[biased].sum() < service[fair].sum()
    assert len(fair) == len(biased) == 24


def test_a_cut_of_overhead_takes_managers_and_decisions_wait():
    busy = ("frictions.arbitration.exception_rate=0.15", "people.turnover=0")
    lever = {"x": {"kind": "cut", "start_week": 4, "share": 0.4, "aim": "overhead"}}
    cut, whole = run(lever, *busy), run({}, *busy)
    assert cut.core.nodes["leadership"] == pytest.approx(0.6 * whole.core.nodes["leadership"])
    assert cut.weekly["staff"][-1] == whole.weekly["staff"][-1] == 120
    assert cut.result().costs["leadership"] < whole.result().costs["leadership"]
    slow = [s.result().measures["arbitration_latency"] for s in (whole, cut)]
    assert slow[1] > slow[0]


def test_severance_grows_faster_beyond_ten_years():
    simulation = Simulation(load("default", ["mechanisms.tenure=false"]), "silos", 1)
    args = (simulation.core, simulation.staff, np.array([0]), 0, np.full(8, 30.0))
    month = 30.0 * 40 * 52 / 12
    assert severance(*args, 8.0, 0.25, 1 / 3) == pytest.approx(8 * 0.25 * month)
    assert severance(*args, 16.0, 0.25, 1 / 3) == pytest.approx((2.5 + 2.0) * month)


def test_severance_is_for_the_years_that_each_person_has_served():
    simulation = Simulation(load("default"), "silos", 1)
    weeks = -simulation.staff.persons["first_week"][:120]
    years = weeks / 52
    owed = 0.25 * np.minimum(years, 10) + np.maximum(0, years - 10) / 3
    everybody = np.arange(120)
    paid = severance(simulation.core, simulation.staff, everybody, 0, np.full(8, 30.0), 6.0, 0.25, 1 / 3)
    assert len(set(weeks)) > 60
    assert paid == pytest.approx(owed.sum() * 30.0 * 40 * 52 / 12)


def test_a_freeze_leaves_places_vacant():
    frozen = run({"x": {"kind": "freeze", "start_week": 0, "lasts_weeks": 30}}, "people.turnover=0.5")
    assert sum(frozen.weekly["hired"][:30]) == 0
    assert sum(frozen.weekly["hired"][30:]) > 0


def test_training_teaches_a_second_function_of_the_unit():
    simulation = run(
        {"x": {"kind": "training", "start_week": 2, "cost_per_person": 100.0}},
        "people.second_skills=0",
        "people.turnover=0",
        design="teams",
    )
    able = (simulation.core.skill[:120] > 0).sum(axis=1)
    assert (able == 2).mean() > 0.9
    assert simulation.result().costs["programme"] == 120 * 100
    before = Simulation(load("default", ["people.second_skills=0"]), "teams", 3)
    assert ((before.core.skill[:120] > 0).sum(axis=1) == 1).all()


def test_automation_takes_the_simple_cases():
    some = run({"x": {"practice": "automation", "to": 0.5, "start_week": 0, "ramp_weeks": 0}})
    kinds = some.result().case_types
    tallies = some.core.tallies
    row = list(some.settings.case_types).index("request")
    assert tallies["automated"][row] / tallies["opened"][row] == pytest.approx(0.5, abs=0.06)
    plain = run({}).result().case_types
    assert kinds["request"]["handoffs"] < plain["request"]["handoffs"]


@pytest.mark.parametrize(
    ("score", "name"), [(0.0, "inside-out"), (0.4, "voice of the customer"), (0.9, "outside-in")]
)
def test_maturity_has_phases(score, name):
    assert phase(score) == name
    assert maturity(score, score, score) == pytest.approx(score)


def test_maturity_regresses_when_care_stops():
    lever = {
        "f": {
            "practice": "feedback",
            "to": 1.0,
            "start_week": 0,
            "ramp_weeks": 4,
            "lasts_weeks": 30,
            "half_life_weeks": 2,
        },
        "t": {
            "practice": "local_targets",
            "to": 0.0,
            "start_week": 0,
            "ramp_weeks": 4,
            "lasts_weeks": 30,
            "half_life_weeks": 2,
        },
    }
    simulation = run(lever, weeks=80)
    course = simulation.weekly["maturity"]
    assert sum(simulation.result().phases.values()) == 80
    assert course[29] > course[0] + 0.12
    assert course[-1] < course[29] - 0.15


@pytest.mark.parametrize(
    ("lever", "message"),
    [
        ({"kind": "practice", "start_week": 0}, "needs `practice`"),
        ({"practice": "kindness", "to": 1, "start_week": 0}, "practice = 'kindness' is none"),
        ({"practice": "feedback", "to": 3, "start_week": 0}, "to = 3.0 must be from 0 to 1"),
        ({"practice": "feedback", "to": 1, "start_week": 0, "share": 0.2}, "`share` has no effect"),
        ({"practice": "feedback", "to": 1, "start_week": 99}, "after the end of the run"),
        ({"kind": "transition", "start_week": 0}, "needs `design`"),
        ({"kind": "transition", "design": "tems", "start_week": 0}, "levers.x.design = 'tems' is no design"),
        (
            {"kind": "transition", "design": "teams", "start_week": 0, "waves": [["offer"]]},
            "must name every process once",
        ),
        (
            {"practice": "feedback", "to": 1, "start_week": 0, "designs": ["team"]},
            "levers.x.designs = 'team' is no design",
        ),
        (
            {"practice": "feedback", "to": 1, "start_week": 0, "functions": ["law"]},
            "levers.x.functions = 'law' is no function",
        ),
    ],
)
def test_levers_that_cannot_work_are_refused(lever, message):
    with pytest.raises(ScenarioError, match=message.replace("(", r"\(")):
        settings({"x": lever})
