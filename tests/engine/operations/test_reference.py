"""The compiled core and the object-per-agent reference tell the same story."""

import numpy as np
import pytest

import reference
from orgsim.engine.operations.day import run_until
from orgsim.engine.operations.state import LINES
from orgsim.engine.people.week import live_a_week
from orgsim.kernel.compiled import wrapping_keys
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

WEEKS = 3
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
    "mutual aid": ("practices.mutual_aid=1",),
    "exponential work with returns": (
        "case_types.request.route=[{function='service', hours=1.3, distribution='exponential'}, "
        "{function='operations', hours=1, distribution='constant', return_probability=0.3, "
        "return_to=1}]",
    ),
}  # fmt: skip


@pytest.fixture(params=["silos", "teams"])
def design(request):
    return request.param


@pytest.mark.parametrize("variant", VARIANTS)
def test_core_equals_reference(variant, design):
    simulation = Simulation(load("default", VARIANTS[variant]), design, seed=5)
    pools = simulation.core.pools
    pools["pressure"] = np.linspace(0.1, 1.5, len(pools))
    pools["effort"], pools["haste"] = np.linspace(0.9, 1.0, len(pools)), np.linspace(1.2, 1.0, len(pools))
    simulation.core.members["care"] = np.linspace(0.7, 1.3, len(simulation.core.members))
    office = reference.Office(simulation.core)
    core, weeks = simulation.core, []
    for week in range(WEEKS):
        market = simulation.market
        arrivals = simulation.demand.arrivals(week, market.customers, market.next_need, market.rows)
        weeks.append(arrivals)
        core = core._replace(arrivals=arrivals)
        core.clock["next_arrival"], core.clock["arrivals"] = 0, len(arrivals)
        for day in range(5):
            core = run_until(core, (week * 5 + day + 1) * 8.0)
    with wrapping_keys():
        live_a_week(core, simulation.staff, 0, simulation.backlogs)
    office.run(np.concatenate(weeks), WEEKS * 40.0)

    tallies = core.tallies
    for name in ("opened", "closed", "abandoned", "entries", "waits", "handoffs", "crossings",
                 "bounces", "reworks", "exceptions", "defects"):  # fmt: skip
        assert tallies[name].sum() == office.count[name], name
    assert tallies["far_exceptions"].sum() == office.count["far"]
    assert tallies["closed"].sum() > 500
    assert tallies["cycle"].sum() == pytest.approx(office.cycle, rel=1e-9)
    for number, line in enumerate(LINES):
        assert core.paid[:, number].sum() == pytest.approx(office.paid[line], rel=1e-9), line
        assert core.lead[:, number].sum() == pytest.approx(office.lead[line], rel=1e-9), line
    desks = [desk.hours for desk in office.desks]
    assert core.nodes["hours"] == pytest.approx(np.array(desks), rel=1e-9)
