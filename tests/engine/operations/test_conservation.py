"""Nothing is lost and nothing appears: cases, customers, staff hours and euros, at every step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.engine.market.customers import ACTIVE, LOST
from orgsim.engine.operations.state import DORMANT, FREE, NONE, OFF_DUTY, open_case_hours
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation
from orgsim.verification.whole import hours_on_duty

SMALL = ("horizon.weeks=6", "segments.small.customers=1500", "segments.medium.customers=500")
UNIT = st.floats(0, 1, allow_nan=False)


@st.composite
def situations(draw):
    """Any strength of every friction, any crisis, few or many staff."""
    numbers = {
        "frictions.handoff.transfer_hours": draw(st.sampled_from([0.0, 0.5, 4.0, 30.0])),
        "frictions.handoff.information_kept": draw(UNIT),
        "frictions.handoff.bounce": draw(UNIT),
        "frictions.handoff.early_handoff": draw(UNIT),
        "frictions.handoff.familiarisation": draw(UNIT),
        "frictions.arbitration.exception_rate": draw(st.floats(0, 0.4)),
        "frictions.arbitration.concerns_others": draw(UNIT),
        "practices.centralisation": draw(UNIT),
        "frictions.quality.defect_rate": draw(st.floats(0, 0.3)),
        "frictions.quality.catch": draw(UNIT),
        "case_types.request.patience": draw(st.sampled_from([0.0, 2.0, 50.0])),
        "people.temps_from": draw(st.sampled_from([0.0, 0.2, 5.0])),
        "people.second_skills": draw(st.integers(0, 7)),
        "company.functions.service.staff": draw(st.integers(3, 25)),
        "company.functions.legal.staff": draw(st.integers(1, 8)),
        "people.turnover": draw(st.sampled_from([0.0, 0.1, 0.8])),
        "people.vacancy_weeks": draw(st.sampled_from([0.0, 1.0, 10.0])),
        "crisis.staff_loss": draw(st.sampled_from([0.0, 0.3])),
        "practices.automation": draw(UNIT),
        "practices.autonomy": draw(UNIT),
        "practices.mutual_aid": draw(st.sampled_from([0, 1])),
        "market.oversell": draw(UNIT),
        "crisis.depth": draw(UNIT),
    }
    choices = ("crisis.shape=v", "crisis.start_week=1", "crisis.duration_weeks=4")
    follows = [
        f"case_types.request.follows=[{{case_type='{draw(st.sampled_from(['billing', 'change']))}', "
        f"chance={draw(UNIT)}, cases={draw(st.integers(1, 3))}, "
        f"lag_hours={draw(st.sampled_from([0, 0.5, 60]))}, inherits={draw(UNIT)}}}]",
        f"case_types.change.follows=[{{case_type='campaign', chance={draw(UNIT)}, cases=40}}]",
    ]
    worker = f"designs.teams.case_worker={str(draw(st.booleans())).lower()}"
    overrides = [
        *SMALL,
        *choices,
        *follows,
        worker,
        *(f"{name}={value!r}" for name, value in numbers.items()),
    ]
    return overrides, draw(st.sampled_from(["silos", "teams"])), draw(st.integers(0, 10**6))


def check_cases(core):
    tallies, clock = core.tallies, core.clock[0]
    ended = tallies["closed"].sum() + tallies["abandoned"].sum()
    assert tallies["opened"].sum() == ended + clock.open_cases
    states = core.cases["state"]
    assert ((states != FREE) & (states != DORMANT)).sum() == clock.open_cases
    assert (states == FREE).sum() == clock.free
    assert core.pools["waiting"].min() >= 0
    for pool in core.pools:
        slots, slot = [], pool["head"]
        while slot != NONE:
            slots.append(slot)
            slot = core.cases["next"][slot]
        assert len(slots) == pool["waiting"]


def check_openings(core, arrived):
    """A case has arrived, comes back, or follows from another."""
    tallies = core.tallies
    assert tallies["opened"].sum() == arrived + tallies["repeats"].sum() + tallies["follow_ons"].sum()


def check_members(core):
    members = core.members
    busy = members["case"] != NONE
    assert not (busy & (members["idle"] == 1)).any()
    working = members[busy]
    assert (core.cases["member"][working["case"]] == np.flatnonzero(busy)).all()
    waiting_for_work = members[members["idle"] == 1]
    idle = np.bincount(waiting_for_work["pool"], minlength=len(core.pools))
    assert idle.tolist() == core.pools["idle"].tolist()
    # nobody is idle while a case waits in the own pool
    assert not ((core.pools["idle"] > 0) & (core.pools["waiting"] > 0)).any()
    off = members["status"] == OFF_DUTY
    assert not (off & (members["idle"] == 1)).any()


def check_hours(simulation):
    core = simulation.core
    pools = len(core.pools)
    due = hours_on_duty(simulation) + simulation.course.sums["overtime"]
    assert core.paid[:pools].sum() == pytest.approx(due, rel=1e-9)
    assert core.paid.min() >= 0
    lead = core.lead.sum()
    states = core.cases["state"]
    open_ = (states != FREE) & (states != DORMANT)
    unbooked = (core.clock["now"][0] - core.cases["since"][open_]).sum()
    assert lead + unbooked == pytest.approx(open_case_hours(core), rel=1e-9)


def check_customers(simulation):
    market = simulation.market
    rows = market.customers[: market.rows]
    assert np.isin(rows["status"], [ACTIVE, LOST]).all()
    begun = sum(segment.customers for segment in simulation.settings.segments.values())
    won, lost = sum(simulation.weekly["won"]), sum(simulation.weekly["lost"])
    assert market.active == begun + won - lost
    assert market.rows == begun + won
    assert rows["satisfaction"].min() >= 0
    assert rows["satisfaction"].max() <= 1
    assert len(np.unique(rows["key"])) == len(rows)


def check_euros(simulation):
    lines = simulation.ledger.as_dict()
    assert sum(lines.values()) == pytest.approx(sum(simulation.weekly["cost"]), rel=1e-12)
    assert min(lines.values()) >= -1e-6
    result = simulation.result()
    assert sum(result.costs.values()) == pytest.approx(result.measures["total_cost"], rel=1e-12)


@given(situations())
@settings(max_examples=40, deadline=None)
def test_conservation_at_every_step(situation):
    overrides, design, seed = situation
    simulation = Simulation(load("default", overrides), design, seed)
    arrived = 0
    while not simulation.finished:
        begins = simulation.day % 5 == 0
        simulation.step()
        arrived += int(simulation.core.clock["arrivals"][0]) * begins
        check_cases(simulation.core)
        check_members(simulation.core)
        if simulation.day % 5 == 0:
            check_openings(simulation.core, arrived)
            check_hours(simulation)
            check_customers(simulation)
            check_euros(simulation)


def test_no_more_exceptions_are_escalated_than_there_are():
    """Also where decisions pile up and hardly a case is closed: both are counted when they are raised."""
    simulation = Simulation(load("validity/conflicts", ["horizon.weeks=26"]), "silos", 1)
    simulation.run()
    assert 0 < simulation.result().measures["escalation"] <= 100
