"""The simulation as a Mesa model: same bits, agents as Mesa people expect them."""

import inspect
import pickle

import mesa
import numpy as np
import pytest

import orgsim
from orgsim.agents import Customer, Manager, StaffMember, Unit
from orgsim.model import OrganisationModel

SHORT = ("horizon.weeks=4",)


@pytest.fixture
def model():
    made = OrganisationModel(design="teams", overrides=SHORT, rng=3)
    for _ in range(7):
        made.step()
    return made


def test_steps_give_the_bits_of_run():
    stepped = OrganisationModel(design="silos", overrides=SHORT, rng=5)
    while stepped.running:
        stepped.step()
    assert stepped.day == stepped.steps == 20
    with pytest.raises(orgsim.OrgsimError, match=r"set horizon\.weeks higher"):
        stepped.step()
    answer, expected = stepped.result(), orgsim.run("default", "silos", 5, SHORT)
    assert repr(answer.measures) == repr(expected.measures)
    assert answer.costs == expected.costs
    for name, values in expected.weekly.items():
        assert np.array_equal(answer.weekly[name], values, equal_nan=True)


def test_agents_are_all_there(model):
    sets = model.agents_by_type
    assert len(sets[Unit]) == 3
    assert len(sets[Manager]) == model.structure.managers.sum() == 15
    assert len(sets[StaffMember]) >= 120
    assert len(sets[Customer]) == model.market.rows >= 12_000
    assert len(model.agents) == sum(len(sets[kind]) for kind in (Unit, Manager, StaffMember, Customer))
    ids = [agent.unique_id for agent in model.agents]
    assert len(set(ids)) == len(ids)
    assert all(isinstance(agent, mesa.Agent) for agent in sets[Unit])


def test_get_and_agg_read_columns(model):
    customers = model.agents_by_type[Customer]
    satisfaction = customers.get("satisfaction")
    assert satisfaction == model.market.customers["satisfaction"][: model.market.rows].tolist()
    assert customers.agg("satisfaction", max) == max(satisfaction)
    assert customers.agg("satisfaction", [min, max]) == [min(satisfaction), max(satisfaction)]
    assert not customers._views or len(customers._views) == 1, "views are made when needed only"
    assert model.agents_by_type[Unit].get("name") == ["Acquisition", "Offer", "Experience"]
    assert model.agents_by_type[Unit].get(["name", "staff"])[0] == ["Acquisition", 38]


def test_select_groupby_and_do_work_as_in_mesa(model):
    staff = model.agents_by_type[StaffMember]
    busy = staff.select(lambda agent: agent.busy)
    assert 0 < len(busy) < len(staff)
    assert all(agent.case >= 0 for agent in busy)
    assert len(staff.select(at_most=5)) == 5
    groups = staff.groupby("unit_name").count()
    assert sum(groups.values()) == len(staff)
    names = staff.map(lambda agent: agent.function_name)
    assert set(names) == set(model.settings.company.functions)
    assert len(model.agents.select(agent_type=Manager)) == 15
    assert staff.sort("busy_hours").get("busy_hours")[0] == max(staff.get("busy_hours"))


def test_views_follow_and_change_their_rows(model):
    member = next(iter(model.agents_by_type[StaffMember]))
    before = member.busy_hours
    for _ in range(5):
        model.step()
    assert member.busy_hours > before
    assert member.speed(member.function_name) > 0
    customer = next(iter(model.agents_by_type[Customer]))
    customer.satisfaction = 0.1
    assert model.market.customers["satisfaction"][0] == 0.1
    with pytest.raises(TypeError, match="cannot be removed"):
        customer.remove()
    assert customer in model.agents
    assert customer in model.agents_by_type[Customer]


def test_managers_know_their_desk(model):
    managers = list(model.agents_by_type[Manager])
    assert managers[0].leads == "Acquisition"
    assert managers[-1].leads == "general management"
    assert sum({manager.node: manager.decisions for manager in managers}.values()) > 0
    assert all(manager.waiting >= 0 for manager in managers)
    units = list(model.agents_by_type[Unit])
    assert [unit.staff for unit in units] == model.structure.sizes.tolist()
    assert all(unit.waiting >= 0 and unit.idle >= 0 for unit in units)


def test_data_collector_has_a_row_a_day(model):
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 7
    assert frame["open_cases"].iloc[-1] == model.core.clock["open_cases"][0]
    assert np.isnan(frame["satisfaction"].iloc[3])
    assert 70 < frame["satisfaction"].iloc[6] < 80


def test_a_users_own_agents_live_beside_the_rows(model):
    class Consultant(mesa.Agent):
        pass

    consultant = Consultant(model)
    assert consultant in model.agents
    assert len(model.agents_by_type[Consultant]) == 1
    with pytest.raises(TypeError, match="none can be added"):
        model.agents_by_type[Customer].add(consultant)


def test_collects_agent_data():
    class Watched(OrganisationModel):
        def __init__(self, **parameters):
            super().__init__(**parameters)
            self.datacollector = mesa.DataCollector(
                model_reporters=self.reporters(),
                agenttype_reporters={Unit: {"name": "name", "waiting": "waiting"}},
            )

    watched = Watched(overrides=["horizon.weeks=1"], rng=1)
    while watched.running:
        watched.step()
    frame = watched.datacollector.get_agenttype_vars_dataframe(Unit)
    assert len(frame) == 5 * 8
    assert set(frame["name"]) == {unit.name for unit in watched.structure.units}


def test_a_retention_rule_of_ones_own_keeps_the_books():
    class Leaves(OrganisationModel):
        def customers_react(self, week):
            self.market.rules["hazard"] = 0.0
            super().customers_react(week)
            self.market.dismiss(np.arange(week * 10, week * 10 + 10), week, self.books)

    model = Leaves(overrides=SHORT, rng=1)
    while model.running:
        model.step()
    assert model.weekly["lost"] == [10.0] * 4
    assert model.market.active == 12_000 - 40 + sum(model.weekly["won"])
    assert model.result().measures["churn"] > 0
    assert not np.isfinite(model.market.next_need[:40]).any()


def test_batch_run():
    parameters = {"source": "default", "design": ["silos", "teams"], "overrides": "horizon.weeks=2"}
    new = "rng" in inspect.signature(mesa.batch_run).parameters
    seeds = {"rng": [1, 2]} if new else {}
    if not new:
        parameters["rng"] = [1, 2]
    rows = mesa.batch_run(
        OrganisationModel, parameters=parameters, number_processes=1, display_progress=False, **seeds
    )
    assert len(rows) == 4
    for row in rows:
        seed = int(row["rng" if "rng" in row else "seed"])
        expected = orgsim.run("default", row["design"], seed, ["horizon.weeks=2"])
        assert row["total_cost"] == expected.measures["total_cost"]
        assert row["week"] == 2


def test_a_chance_seed_is_remembered():
    model = OrganisationModel(overrides=["horizon.weeks=1"])
    again = OrganisationModel(overrides=["horizon.weeks=1"], rng=model.seed_number)
    for made in (model, again):
        while made.running:
            made.step()
    assert model.result().costs == again.result().costs


def test_results_can_be_pickled():
    result = orgsim.run("default", seed=1, overrides=["horizon.weeks=1"])
    assert repr(pickle.loads(pickle.dumps(result)).measures) == repr(result.measures)
