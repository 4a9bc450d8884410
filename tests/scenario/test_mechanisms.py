"""Every mechanism can be switched off alone, does nothing then, and does something otherwise."""

import numpy as np
import pytest

from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.scenario import load
from orgsim.scenario.mechanisms import Mechanisms
from orgsim.scenario.reference import fields
from orgsim.simulation.schedule import Simulation

#: a situation in which every mechanism has something to do
BUSY = (
    "horizon.weeks=24", "practices.remote_share=0.5", "crisis.preset=slump-v",
    "crisis.start_week=0", "company.functions.service.staff=14", "company.functions.legal.staff=6",
    "practices.data_sharing=0.4", "practices.scripts=0.9", "practices.satisfaction_reward=0.7",
    "practices.exemplarity=0.6", "crisis.competition=2.5", "crisis.staff_loss=0.1",
    "crisis.offer_fit=0.2", "segments.small.informed=0.9", "people.turnover=0.3",
    "frictions.arbitration.matter_limit=4", "offer.knowledge=3",
)  # fmt: skip


def outcome(*overrides, design="teams"):
    simulation = Simulation(load("default", [*BUSY, *overrides]), design, seed=5)
    while not simulation.finished:
        simulation.step()
    return simulation.result()


def test_the_list_is_complete():
    assert list(NEUTRAL) == list(Mechanisms.model_fields)
    known = {facts.path for facts in fields()}
    for values in NEUTRAL.values():
        assert set(values) <= known


@pytest.fixture(scope="module")
def everything_on():
    return {design: outcome(design=design) for design in ("silos", "teams")}


@pytest.mark.parametrize("name", NEUTRAL)
def test_each_switch_changes_something_in_a_design(everything_on, name):
    off = f"mechanisms.{name}=false"
    changed = [
        not np.array_equal(
            list(outcome(off, design=design).measures.values()),
            list(everything_on[design].measures.values()),
            equal_nan=True,
        )
        for design in ("silos", "teams")
    ]
    assert any(changed)


def test_a_switch_is_the_same_as_its_neutral_values():
    switched = outcome("mechanisms.transfer_delay=false", "mechanisms.far_arbitration=false", design="silos")
    written = outcome("frictions.handoff.transfer_hours=0", "frictions.arbitration.far=0", design="silos")
    assert repr(switched.measures) == repr(written.measures)


def test_everything_off_leaves_queues_alone():
    off = outcome(*(f"mechanisms.{name}=false" for name in NEUTRAL), design="silos")
    lead = {line for line, hours in off.lead_time.items() if hours}
    assert off.measures["staff_turnover"] == 0
    assert off.measures["kpi_gap"] == pytest.approx(0, abs=1e-9)
    assert lead == {"value_adding", "queue"}
    assert off.measures["coordination_share"] == off.measures["overtime"] == 0


def test_the_scenario_as_written_stays_as_it_is():
    settings = load("default", ["mechanisms.bounces=false"])
    assert settings.frictions.handoff.bounce > 0
    assert settings.effective().frictions.handoff.bounce == 0
    assert load(settings, ["mechanisms.bounces=true"]).effective() == load(
        "default", ["mechanisms.bounces=true"]
    )
    assert load("default").effective() is not None
