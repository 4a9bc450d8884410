"""What no case reaches changes nothing: processes and kinds of case without demand, people without work."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.answers.compare import notes_on
from orgsim.scenario import load
from orgsim.scenario.reach import cases_that_come, functions_apart
from orgsim.simulation.schedule import Simulation

FUNCTIONS = list(load("default").company.functions)
PROCESSES = list(load("default").processes)
SHORT = ["horizon.weeks=6", "crisis.preset=travel-refunds", "crisis.start_week=0"]
GHOST = {"label": "Ghost", "patience": 10, "automatable": True}


def finished(tables, design):
    simulation = Simulation(load(tables), design, seed=5)
    simulation.run()
    return simulation.result()


def tables_of(name="default", *overrides):
    return load(name, [*SHORT, *overrides]).model_dump(exclude_unset=True)


@pytest.fixture(scope="module")
def without():
    return {design: finished(tables_of(), design) for design in ("silos", "teams")}


ROUTES = st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=4)


@settings(max_examples=8, deadline=None)
@given(
    design=st.sampled_from(["silos", "teams"]),
    place=st.integers(0, 9),
    process=st.sampled_from(["ghost", *PROCESSES]),
    route=ROUTES,
    brought=st.sampled_from(["nothing", "stream", "need", "repeat", "contacts"]),
)
def test_kinds_of_case_without_demand_change_no_bit(without, design, place, process, route, brought):
    tables = tables_of()
    if process == "ghost":
        tables["processes"] = {"ghost": {"label": "Ghost"}} | tables["processes"]
    case = GHOST | {"process": process, "route": [{"function": name, "hours": 3.0} for name in route]}
    known = list(tables["case_types"].items())
    tables["case_types"] = dict([*known[:place], ("ghost", case), *known[place:]])
    if brought == "stream":
        tables["streams"] = tables["streams"] | {"ghost": {"case_type": "ghost", "per_week": 0}}
    elif brought == "need":
        tables["segments"]["small"]["needs"]["ghost"] = 0.0
    elif brought == "repeat":
        tables["case_types"]["ghost"]["repeat_as"] = "request"
    elif brought == "contacts":
        tables["crisis"]["contacts"] = tables["crisis"]["contacts"] | {"ghost": 9.0}
    found, before = finished(tables, design), without[design]
    assert repr(found.measures) == repr(before.measures)
    assert found.costs == before.costs
    assert found.lead_time == before.lead_time
    for name, values in before.weekly.items():
        assert np.array_equal(found.weekly[name], values, equal_nan=True), name
    assert found.case_types["ghost"]["opened"] == 0


def test_owners_of_processes_are_those_of_processes_with_cases():
    tables = tables_of("six-designs")
    before = finished(tables, "matrix")
    tables["processes"] = tables["processes"] | {"ghost": {}}
    for design in tables["designs"].values():
        if "coordinators" in design:
            design["coordinators"] = design["coordinators"] | {"persons": 8}
    with_ghost = finished(tables, "matrix")
    del tables["processes"]["ghost"]
    assert repr(with_ghost.measures) == repr(finished(tables, "matrix").measures)
    assert with_ghost.measures["managers"] == before.measures["managers"]


@pytest.mark.parametrize("design", ["silos", "teams"])
def test_people_without_work_change_nothing_in_the_flow_of_cases(without, design):
    found = finished(tables_of("default", "company.functions.hr={staff=100, pay=40}"), design)
    for name in ("cycle_time", "service_level", "satisfaction", "revenue", "handoffs", "won", "overtime"):
        assert found.measures[name] == pytest.approx(without[design].measures[name], rel=1e-9), name


def test_people_without_work_cost_the_same_in_every_design(without):
    """Moving to another design moves those who have work in it."""
    tables = tables_of("default", "company.functions.hr={staff=100, pay=40}")
    silos, teams = finished(tables, "silos"), finished(tables, "teams")
    for line, euros in teams.costs.items():
        before = without["teams"].costs[line] - without["silos"].costs[line]
        assert euros - silos.costs[line] == pytest.approx(before, abs=0.01), line


def test_who_is_won_later_has_needs_too():
    """A segment that begins empty is not one without cases, if the company courts it."""
    own = "segments.new={share_of_prospects=1, needs={rare=1}}"
    case = "case_types.rare={process='experience', route=[{function='hr', hours=1}]}"
    hr = "company.functions.hr={staff=1}"
    courted = load("default", [own, case, hr])
    assert ("rare", "new") in cases_that_come(courted)
    assert functions_apart(courted) == ()
    alone = load("default", [own, case, hr, "segments.new.share_of_prospects=0"])
    assert functions_apart(alone) == ("hr",)


def test_what_nobody_reaches_is_said():
    ghost = "case_types.ghost={process='ghost', route=[{function='hr', hours=1}]}"
    found = load("default", ["company.functions.hr={staff=100}", "processes.ghost={}", ghost])
    notes = " ".join(map(str, notes_on(found)))
    assert "company.functions.hr: its 100 people sit apart" in notes
    assert "No cases of case_types.ghost come" in notes
    assert "No cases come to processes.ghost" in notes
    assert notes_on(load("default")) == ()
