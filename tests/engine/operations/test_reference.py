"""The compiled core and the object-per-agent reference tell the same story, week by week, in whatever state
people, pools and rules are; and no rule is in force that the reference does not know."""

from itertools import pairwise

import numpy as np
import pytest

import reference
from orgsim.engine.market.market import _JOINING
from orgsim.engine.operations.state import LINES
from orgsim.mechanisms.catalogue import MECHANISMS
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

WEEKS, SEED = 5, 5
#: of a small company, what moves the state of people and pools from week to week: people leave and come, a
#: backlog is met by overtime and temporary staff who come and go, pressure makes cut corners
LIVELY = (
    f"horizon.weeks={WEEKS}",
    *(f"company.functions.{name}.staff={staff}" for name, staff in {
        "marketing": 4, "sales": 7, "product": 3, "it": 5, "legal": 3, "finance": 4, "operations": 7,
        "service": 6}.items()),
    *(f"segments.{name}.customers={customers}" for name, customers in {
        "small": 3600, "medium": 1040, "key": 160}.items()),
    "people.turnover=0.9", "people.vacancy_weeks=0", "people.overtime_from=0.02", "people.temps_from=0.05",
    "people.temps_cap=0.5", "people.corner_cutting=0.3", "practices.scripts=1", "people.knowledge_quality=3",
    "people.morale_quality=3", "practices.satisfaction_reward=0.5",
)  # fmt: skip
VARIANTS = {
    "default": (),
    "frictions at their strongest": (
        "frictions.handoff.bounce=0.9", "frictions.handoff.information_kept=0.6",
        "frictions.arbitration.exception_rate=0.2", "practices.centralisation=0.5",
        "frictions.quality.defect_rate=0.15", "frictions.handoff.early_handoff=0.8",
    ),
    "no transfer": ("frictions.handoff.transfer_hours=0",),
    "impatient customers": ("case_types.request.patience=4", "case_types.enquiry.patience=20"),
    "many skills": ("people.second_skills=7", "people.second_skill=0.9"),
    "case workers": ("designs.teams.case_worker=true", "designs.silos.case_owner=true"),
    "autonomy, automation and shared data": (
        "practices.autonomy=0.4", "practices.automation=0.3", "practices.data_sharing=0.5",
        "practices.remote_share=0.6",
    ),
    "a matrix": (
        "designs.silos.coordinators={persons=3, process_owners=true}",
        "designs.silos.practices={transversality=0.7, local_targets=0.4}",
    ),
    "exceptions by activity": ("frictions.arbitration.hazard_hours=0", "people.switch_most=0.02"),
    "defects by activity": ("frictions.quality.hazard_hours=0", "frictions.quality.defect_rate=0.15"),
    "mutual aid": ("practices.mutual_aid=1",),
    "help in the unit only": ("people.help=unit",),
    "help from everywhere": ("people.help=everywhere", "people.second_skills=3"),
    "groups of three": ("company.managers.span_of_control=3", "frictions.distance.people_far=20"),
    "groups of one": ("company.managers.span_of_control=1",),
    "borders only": ("mechanisms.distance=false", "mechanisms.translation=false"),
    "matters that grow too old": (
        "frictions.arbitration.matter_limit=6", "frictions.arbitration.decision_hours=6",
        "frictions.arbitration.exception_rate=0.3",
    ),
    "friends and strangers": (
        "frictions.ties.friend=1", "frictions.ties.effect=0.9", "frictions.ties.gain=0.3",
        "frictions.ties.half_life=4", "people.sociability_cv=2", "practices.remote_share=0.8",
        "frictions.arbitration.exception_rate=0.3",
    ),
    "no ties": ("mechanisms.ties=false", "mechanisms.asking_friends=false"),
    "half of what is far": ("frictions.arbitration.far=0.5", "frictions.arbitration.exception_rate=0.2"),
    "what follows at once": (
        "case_types.request.follows=[{case_type='billing', chance=1, inherits=0.5}]",
    ),
    "waves that follow": (
        "case_types.request.follows=[{case_type='incident', chance=0.3, cases=2, lag_hours=10, "
        "inherits=0.6}, {case_type='adaptation', chance=0.1, lag_hours=60}]",
        "case_types.incident.follows=[{case_type='request', chance=0.2, lag_hours=1, inherits=0}]",
        "case_types.enquiry.follows=[{case_type='contract', chance=0.8, cases=2, lag_hours=8}]",
        "frictions.handoff.information_kept=0.6", "practices.automation=0.2",
    ),
    "a crisis": (
        "crisis.preset=slump-v", "crisis.start_week=0", "crisis.duration_weeks=4", "crisis.staff_loss=0.3",
    ),
    "exponential work with returns": (
        "case_types.request.route=[{function='service', hours=1.3, distribution='exponential'}, "
        "{function='operations', hours=1, distribution='constant', return_probability=0.3, "
        "return_to=1}]",
    ),
}  # fmt: skip


@pytest.fixture(params=["silos", "teams"])
def design(request):
    return request.param


def unknown_rules(settings):
    """Rules of the core that are in force, and that the reference does not know."""
    return {
        f"{name}.{rule}"
        for name, mechanism in MECHANISMS.items()
        for rule in set(mechanism.rules.get("operations", {})) - reference.known_rules()
        if any(getattr(settings.mechanisms, switch.name) for switch in mechanism.switches)
        or not mechanism.switches
    }


def customers_won(market, prospects):
    """The rows of new customers by the keys of the prospects' cases that won them, from which theirs come."""
    rows = {key: row for row, key in enumerate(market.customers["key"][: market.rows].tolist())}
    branches = {case: reference.derive(case, _JOINING + 1) for case in prospects}
    return {case: rows[branch] for case, branch in branches.items() if branch in rows}


def told_twice(settings, design, seed=SEED):
    """A run of the core, and the reference that lives its cases under the state of each of its weeks."""
    assert not unknown_rules(settings), "tell tests/reference.py about these rules, or switch them off"
    simulation = Simulation(settings, design, seed)
    office = reference.Office(simulation.core)
    while not simulation.finished:
        # the state in which the week begins; its rules and arrivals are there once it has begun
        core = simulation.core._replace(
            **{name: getattr(simulation.core, name).copy() for name in ("members", "skill", "pools", "cases")}
        )
        staff = simulation.staff._replace(seats=simulation.staff.seats.copy())
        simulation.step()
        office.begin_week(core, staff, simulation.core.rules[0])
        office.run(simulation.core.arrivals, (simulation.week + 1) * 40.0)
        while simulation.day % 5:
            simulation.step()
        office.end_week(customers_won(simulation.market, office.prospects))
    return simulation, office


@pytest.mark.parametrize("variant", VARIANTS)
def test_core_equals_reference(variant, design):
    simulation, office = told_twice(load("default", [*LIVELY, *VARIANTS[variant]]), design)
    core, tallies = simulation.core, simulation.core.tallies
    for name in ("opened", "closed", "abandoned", "follow_ons", "entries", "waits", "handoffs", "crossings",
                 "bounces", "reworks", "exceptions", "defects"):  # fmt: skip
        assert tallies[name].sum() == office.count[name], name
    assert tallies["far_exceptions"].sum() == office.count["far"]
    assert tallies["closed"].sum() > 500
    assert tallies["cycle"].sum() == pytest.approx(office.cycle, rel=1e-9)
    for number, line in enumerate(LINES):
        assert core.paid[:, number].sum() == pytest.approx(office.paid[line], rel=1e-9), line
        assert core.lead[:, number].sum() == pytest.approx(office.lead[line], rel=1e-9), line
    office.a_week_of_ties(core, simulation.staff)  # the core's last week has ended
    ties = core.ties * core.clock["fading"][0]
    assert ties[: len(office.ties)] == pytest.approx(office.ties, rel=1e-9, abs=1e-12)
    desks = [desk.hours for desk in office.desks]
    assert core.nodes["hours"] == pytest.approx(np.array(desks), rel=1e-9)


def test_the_weeks_are_lively():
    """What the reference lives under does move: people come and go, on overtime and for a week."""
    simulation = Simulation(load("default", LIVELY), "silos", SEED)
    simulation.run()
    assert min(sum(simulation.weekly[name]) for name in ("left", "hired", "overtime_share")) > 0
    called = simulation.weekly["temporary_staff"]
    assert any(now < before for before, now in pairwise(called)), "nobody hands over a job in hand"
    assert simulation.core.pools["effort"].min() < 1 < simulation.core.pools["haste"].max()
    care = simulation.core.members["care"]
    assert care.min() < 0.95 < 1.05 < care.max()


def test_every_rule_of_the_core_is_known():
    assert unknown_rules(load("default")) == set()


def test_a_rule_that_the_reference_does_not_know_is_noticed(monkeypatch):
    """Until it is told of it, or the rule's switch is off."""
    known = reference.known_rules() - {"bounce"}
    monkeypatch.setattr(reference, "known_rules", lambda: known)
    assert unknown_rules(load("default")) == {"bounces.bounce"}
    with pytest.raises(AssertionError, match="tell tests/reference"):
        told_twice(load("default", LIVELY), "silos")
    assert unknown_rules(load("default", ["mechanisms.bounces=false"])) == set()


@pytest.mark.parametrize("field", ["pressure", "effort", "haste", "information_kept", "transfer_factor"])
def test_the_state_of_pools_has_an_effect(field, monkeypatch):
    """A reference that took a state for another would tell another story."""
    begin = reference.Office.begin_week

    def otherwise(office, core, staff, rules):
        core.pools[field] *= 0.3
        begin(office, core, staff, rules)

    monkeypatch.setattr(reference.Office, "begin_week", otherwise)
    simulation, office = told_twice(load("default", LIVELY), "silos")
    paid = simulation.core.paid.sum(axis=0)
    assert any(paid[i] != pytest.approx(office.paid[line], rel=1e-9) for i, line in enumerate(LINES))
