"""Whatever management does at whatever time, nothing is lost and nothing is counted twice."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interventions import DESIGNS, WEEK, levers
from orgsim.engine.operations.state import IN_QUEUE
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation
from orgsim.verification import whole


@given(levers, st.sampled_from(DESIGNS), st.sampled_from([0.0, 0.1, 0.8]), st.floats(0, 0.6), WEEK)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_conservation_under_management(levers, design, turnover, absent, seed):
    tables = {
        "extends": "six-designs",
        "horizon": {"weeks": 25},
        "levers": levers,
        "people": {"turnover": turnover, "vacancy_weeks": 3},
        "crisis": {"shape": "v", "depth": 0.5, "start_week": 4, "duration_weeks": 12, "staff_loss": absent},
        "rules": {"aid": {"when": "backlog", "above": 0.1, "then": "mutual-aid"}},
    }
    simulation = Simulation(load(tables), design, seed)
    simulation.run()
    core = simulation.core
    assert whole.missing_cases(simulation) == 0
    assert whole.missing_customers(simulation) == 0
    assert whole.booked_hours(simulation) == pytest.approx(1.0, abs=1e-9)
    assert whole.littles_law(simulation) == pytest.approx(1.0, abs=1e-9)
    result = simulation.result()
    assert whole.booked_euros(result) == pytest.approx(1.0, abs=1e-9)
    assert min(result.costs.values()) > -1e-6
    assert core.pools["waiting"].sum() == (core.cases["state"] == IN_QUEUE).sum()
    seats, members = simulation.staff.seats, core.members
    held = seats["member"][seats["member"] >= 0]
    assert len(np.unique(held)) == len(held)
    assert (members["unit"][held] == seats["unit"][seats["member"] >= 0]).all()
