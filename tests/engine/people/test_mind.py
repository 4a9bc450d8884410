"""Knowledge, morale, fatigue and standards: each follows its equation and stays within its bounds."""

import numpy as np
import pytest

from orgsim.engine.people.week import begin_a_week
from orgsim.kernel.compiled import wrapping_keys
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

QUIET = ("people.turnover=0", "horizon.weeks=60")


def run(*overrides, design="silos", weeks=30):
    simulation = Simulation(load("default", [*QUIET, *overrides]), design, 2)
    while simulation.week < weeks:
        simulation.step()
    return simulation


def knowledge(simulation):
    return simulation.core.members["knowledge"][:120]


def test_without_contact_knowledge_halves_in_its_half_life():
    none = [f"case_types.{name}.route=[{{function='{f}', hours=1}}]" for name, f in (
        ("enquiry", "sales"), ("adaptation", "product"), ("request", "service"), ("incident", "it"),
        ("billing", "finance"), ("contract", "legal"), ("complaint", "operations"), ("campaign", "marketing"),
        ("change", "it"), ("onboarding", "service"))]  # fmt: skip
    left = knowledge(run(*none, "people.knowledge_half_life=26", "mechanisms.tenure=false", weeks=26))
    assert left == pytest.approx(np.full(120, 0.15))


def test_contact_teaches_and_teams_share():
    silos, teams = run(), run(design="teams")
    functions = silos.core.members["function"][:120]
    service, legal = (functions == i for i in (7, 4))
    assert knowledge(silos)[service].mean() > 0.5 > knowledge(silos)[legal].mean()
    assert knowledge(teams)[legal].mean() > knowledge(silos)[legal].mean()
    assert knowledge(teams)[service].mean() < knowledge(silos)[service].mean()


@pytest.mark.parametrize("practice", ["exposure=4", "feedback=1", "personas=1"])
def test_line_of_sight_practices_raise_knowledge(practice):
    assert knowledge(run(f"practices.{practice}")).mean() > knowledge(run()).mean() + 0.02


def test_personas_caricature():
    """They teach up to half of what can be known, whoever knows more already gains nothing."""
    best = knowledge(run("practices.personas=1", weeks=50))
    plain = knowledge(run(weeks=50))
    experts = plain > 0.55
    assert experts.any()
    assert best[experts] == pytest.approx(plain[experts], abs=0.05)


@pytest.mark.parametrize("practice", ["recognition=1.0", "people_skills=0.9", "autonomy=0.8", "scripts=0.0"])
def test_morale_rises_with_its_causes(practice):
    morale = [
        run(*setting).staff.persons["morale"][:120].mean() for setting in ((), (f"practices.{practice}",))
    ]
    assert morale[1] > morale[0]


def test_fatigue_builds_above_the_turning_point_only():
    busy = run("company.functions.service.staff=11", "people.temps_cap=0")
    functions = busy.core.members["function"][: len(busy.staff.seats)]
    fatigue = busy.staff.persons["fatigue"][: len(functions)]
    assert fatigue[functions == 7].mean() > 0.3
    assert fatigue[functions == 2].mean() < 0.1
    assert 0 <= fatigue.min() <= fatigue.max() <= 1


def test_the_work_standard_erodes_under_pressure_and_hardly_recovers():
    squeezed = run("company.functions.service.staff=11", "people.temps_cap=0", weeks=50)
    pool = int(np.flatnonzero(squeezed.core.pools["function"] == 7)[0])
    standard = squeezed.staff.standard[pool]
    assert standard < 0.95
    core, before = squeezed.core, standard
    core.steps["hours"] = 0.0  # what waits would take no time: no pressure
    with wrapping_keys():
        for _ in range(20):
            begin_a_week(
                core, squeezed.staff, 50, False, np.zeros_like(squeezed.temporary), squeezed.overtime,
                squeezed.temporary,
            )  # fmt: skip
    after = squeezed.staff.standard[pool]
    assert before < after < before + 0.2 * (1 - before)
    assert core.pools["effort"][pool] == pytest.approx(after, rel=0.01)
    assert core.pools["haste"][pool] > 1.0


def test_a_rewarded_score_is_gamed_where_nobody_sees_the_customer():
    gamed = run("practices.satisfaction_reward=0.8").result().measures
    seen = (
        run("practices.satisfaction_reward=0.8", "practices.exposure=4", "practices.feedback=1")
        .result()
        .measures
    )
    assert run().result().measures["kpi_gap"] == pytest.approx(0, abs=1e-9)
    assert gamed["kpi_gap"] > seen["kpi_gap"] > 0
    assert seen["satisfaction"] > gamed["satisfaction"]
    assert gamed["coordination_share"] > run().result().measures["coordination_share"]
