"""The simulation as a Mesa model: same bits, agents as Mesa people expect them."""

import inspect

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

import orgsim
from orgsim.kernel.policies import OWN
from orgsim.mesa_model.agents import Customer, Manager, StaffMember, Unit
from orgsim.mesa_model.model import OrganisationModel
from orgsim.simulation.schedule import Simulation

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
    assert len(sets[Manager]) == model.core.nodes["managers"].sum() == 18
    assert len(sets[StaffMember]) >= 120
    assert len(sets[Customer]) == model.market.active > 11_000
    assert len(model.agents) == sum(len(sets[kind]) for kind in (Unit, Manager, StaffMember, Customer))
    ids = [agent.unique_id for agent in model.agents]
    assert len(set(ids)) == len(ids)
    assert all(isinstance(agent, mesa.Agent) for agent in sets[Unit])


def test_get_and_agg_read_columns(model):
    customers = model.agents_by_type[Customer]
    satisfaction = customers.get("satisfaction")
    rows = model.market.customers[: model.market.rows]
    assert satisfaction == rows["satisfaction"][rows["left"] < 0].tolist()
    assert customers.agg("satisfaction", max) == max(satisfaction)
    assert customers.agg("satisfaction", [min, max]) == [min(satisfaction), max(satisfaction)]
    assert len(customers.views) <= 1, "views are made when needed only"
    assert model.agents_by_type[Unit].get("name") == ["Acquisition", "Offer", "Experience"]
    assert model.agents_by_type[Unit].get(["name", "staff"])[0] == ["Acquisition", 33]


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
    assert len(model.agents.select(agent_type=Manager)) == 18
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


class Consultant(mesa.Agent):
    """An agent of a user."""

    def __init__(self, model):
        super().__init__(model)
        self.days = 0

    def step(self):
        self.days += 1


def test_a_users_own_agents_live_beside_the_rows(model):
    rows = len(model.agents)
    consultants = Consultant.create_agents(model, 3)
    consultant = next(iter(consultants))
    assert consultant in model.agents
    assert len(model.agents) == rows + 3
    assert Consultant in model.agent_types
    assert len(model.agents_by_type[Consultant]) == 3
    ids = model.agents.get("unique_id")
    assert len(set(ids)) == len(ids)
    with pytest.raises(TypeError, match="nobody can be added"):
        model.agents_by_type[Customer].add(consultant)
    consultant.remove()
    assert consultant not in model.agents
    model.agents_by_type[Consultant].do("remove")
    assert len(model.agents) == rows
    assert Consultant(model).unique_id == 4, "ids are given once"


def test_own_agents_step_once_a_day():
    class WithConsultants(OrganisationModel):
        def __init__(self, **parameters):
            super().__init__(**parameters)
            Consultant.create_agents(self, 2)

    made = WithConsultants(rng=1, **{"horizon.weeks": 1})
    made.run_model()
    assert made.agents_by_type[Consultant].get("days") == [5, 5]
    plain = OrganisationModel(rng=1, **{"horizon.weeks": 1})
    plain.run_model()
    assert made.result().costs == plain.result().costs


def test_nobody_is_removed_by_hand(model):
    consultant = Consultant(model)
    with pytest.raises(TypeError, match="rows of the simulation and cannot be removed"):
        model.remove_all_agents()
    assert consultant in model.agents
    for kind in (Unit, Manager, StaffMember, Customer):
        agents = model.agents_by_type[kind]
        with pytest.raises(TypeError, match="nobody can be added to it or removed"):
            agents.discard(next(iter(agents)))
        with pytest.raises(TypeError, match="nobody can be added to it or removed"):
            agents.clear()
        for method in ("select", "shuffle"):
            with pytest.raises(TypeError, match="keep their order"):
                getattr(agents, method)(inplace=True)
        with pytest.raises(TypeError, match="keep their order"):
            agents.sort("unique_id", inplace=True)


def test_customers_are_customers_and_the_lost_have_a_set_of_their_own():
    class Leaves(OrganisationModel):
        def customers_react(self, week):
            super().customers_react(week)
            self.market.dismiss(np.arange(week * 10, week * 10 + 10), week, self.books)

    model = Leaves(overrides=SHORT, rng=1)
    first = model.agents_by_type[Customer][0]
    assert first.active
    assert first in model.agents
    assert len(model.lost_customers) == 0
    model.run_model()
    customers = model.agents_by_type[Customer]
    assert len(customers) == model.market.active == model.weekly["customers"][-1]
    assert all(customer.active for customer in customers)
    assert set(customers.get("left")) == {-1}
    assert len(customers) + len(model.lost_customers) == model.market.rows
    assert not first.active
    assert first not in customers
    assert first not in model.agents
    assert first in model.lost_customers
    assert model.lost_customers[0] is first, "an agent stays the same object"
    weeks = np.bincount(model.lost_customers.get("left"), minlength=4)
    assert weeks.tolist() == model.weekly["lost"]
    assert len(model.agents.select(agent_type=Customer)) == len(customers)


def test_managers_and_units_are_those_of_now():
    """A transition founds and dissolves units and desks."""
    tables = {
        "extends": "default",
        "horizon": {"weeks": 4},
        "levers": {
            "move": {"kind": "transition", "design": "teams", "start_week": 2},
            "cut": {"kind": "cut", "aim": "overhead", "share": 0.3, "start_week": 3},
        },
    }
    model = OrganisationModel(source=tables, design="silos", rng=1)
    seen = []
    while True:
        names = model.agents_by_type[Unit].get("name")
        managers = model.agents_by_type[Manager]
        seen.append((tuple(names), len(managers)))
        assert len(managers) == model.core.nodes["managers"].sum() == len(set(managers))
        assert (
            np.bincount(managers.get("node")).tolist()
            == np.trim_zeros(model.core.nodes["managers"], "b").tolist()
        )
        assert sum(model.agents_by_type[Unit].get("staff")) <= sum(model.structure.sizes) == 120
        assert set(managers.get("leads")) <= {*names, "general management"}
        if not model.running:
            break
        for _ in range(5):
            model.step()
    silos = orgsim.OrganisationModel(design="silos").agents_by_type[Unit].get("name")
    assert list(seen[0][0]) == silos
    assert list(seen[-1][0]) == ["Acquisition", "Offer", "Experience"]
    assert len({count for _, count in seen}) == 2, "before and after the move"


def members(agents):
    return [agent.unique_id for agent in agents]


@pytest.mark.parametrize("name", ["units", "everybody"])
def test_sets_of_rows_are_as_plain_agent_sets(model, name):
    """Whatever a Mesa agent set can answer, these answer alike."""
    consultant = Consultant(model)
    ours = model.agents if name == "everybody" else model.agents_by_type[Unit]
    plain = AgentSet(list(ours), random=model.random)
    assert isinstance(ours, AgentSet)
    assert bool(ours)
    assert ours == plain
    assert members(ours) == members(plain) == members(ours.to_list()) == ours.get("unique_id")
    assert ours[0] is next(iter(plain))
    assert members(ours[-2:]) == members(plain)[-2:]
    assert ours[-1] is ours.to_list()[-1]
    assert members(reversed(ours)) == members(plain)[::-1]
    assert ours.index(ours[2]) == 2
    assert ours.count(ours[2]) == 1
    with pytest.raises(IndexError):
        ours[len(ours)]
    half = ours.select(at_most=0.5)
    assert members(half) == members(plain)[: len(plain) // 2]
    assert members(ours & half) == members(half)
    assert len(ours - half) == len(plain) - len(half)
    assert members(half | ours) == members(plain)
    assert members(ours - plain) == []
    assert not ours.isdisjoint(half)
    assert ours.map(lambda agent: agent.unique_id) == members(plain)
    assert ours.agg("unique_id", [min, max]) == [min(members(plain)), max(members(plain))]
    by_kind = ours.groupby(lambda agent: type(agent).__name__)
    assert by_kind.count() == plain.groupby(lambda agent: type(agent).__name__).count()
    assert ours.groupby("unique_id", result_type="list").agg("unique_id", len) == dict.fromkeys(
        members(plain), 1
    )
    assert members(ours.sort("unique_id")) == sorted(members(plain), reverse=True)
    assert ours.get("no_such_thing", handle_missing="default", default_value=7) == [7] * len(plain)
    with pytest.raises(AttributeError):
        ours.get("no_such_thing")
    assert ours.set("mark", 3) is ours
    assert ours.get("mark") == [3] * len(plain)
    met = []
    assert ours.do(lambda agent: met.append(agent.unique_id)) is ours
    assert met == members(plain)
    met.clear()
    model.random.seed(1)
    assert ours.shuffle_do(lambda agent: met.append(agent.unique_id)) is ours
    model.random.seed(1)
    assert met == members(ours.shuffle()) != members(plain)
    assert sorted(met) == sorted(members(plain))
    assert (consultant in ours) == (name == "everybody")


def test_setting_a_field_changes_the_rows(model):
    model.agents_by_type[Customer].set("satisfaction", 0.25)
    rows = model.market.customers[: model.market.rows]
    assert set(rows["satisfaction"][rows["left"] < 0]) == {0.25}


def test_the_simulation_hides_nothing_of_mesas():
    """A name of the simulation that Mesa uses too would break Mesa silently."""
    simulation = OrganisationModel(**{"horizon.weeks": 1})
    own = set(dir(Simulation)) | set(vars(Simulation(simulation.settings, "silos")))
    mesas = set(dir(mesa.Model)) | set(vars(mesa.Model(rng=1)))
    assert {name for name in own & mesas if not name.startswith("__")} == {"step"}


def test_time_goes_as_in_mesa():
    model = OrganisationModel(rng=1, **{"horizon.weeks": 1})
    model.step()
    assert model.steps == model.day == 1
    if hasattr(model, "run_for"):  # from Mesa 3.5 on
        met = []

        def note():
            met.append((model.time, model.day))

        model.schedule_event(note, at=2.5)
        model.run_for(2)
        assert met == [(2.5, 2)]
        assert model.time == model.steps == model.day == 3
    model.run_model()
    assert model.steps == model.day == 5
    assert not model.running


class Watched(OrganisationModel):
    """Agents of three kinds are collected."""

    def __init__(self, **parameters):
        super().__init__(**parameters)
        Consultant.create_agents(self, 2)
        self.datacollector = mesa.DataCollector(
            model_reporters=self.reporters(),
            agent_reporters={"kind": lambda agent: type(agent).__name__},
            agenttype_reporters={
                Unit: {"name": "name", "waiting": "waiting"},
                Consultant: {"days": "days"},
            },
        )


def test_collects_agent_data():
    watched = Watched(overrides=["horizon.weeks=1"], rng=1)
    watched.run_model()
    frame = watched.datacollector.get_agenttype_vars_dataframe(Unit)
    assert len(frame) == 5 * 8
    assert set(frame["name"]) == {unit.name for unit in watched.structure.units}
    assert len(watched.datacollector.get_agenttype_vars_dataframe(Consultant)) == 5 * 2
    everybody = watched.datacollector.get_agent_vars_dataframe()
    days = everybody.index.get_level_values("Step")
    assert sorted(set(days)) == [1, 2, 3, 4, 5]
    last = everybody[days == 5]
    assert last.index.is_unique
    assert len(last) == len(watched.agents)
    assert (last["kind"] == "Unit").sum() == 8


def test_batch_run_gives_a_row_for_every_agent_that_is_collected():
    rows = batch_run(Watched, **{"horizon.weeks": 1})
    final = Watched(rng=1, **{"horizon.weeks": 1})
    final.run_model()
    kinds = [row["kind"] for row in rows if "kind" in row]
    assert kinds.count("Unit") == 8
    assert kinds.count("Consultant") == 2
    assert {row["total_cost"] for row in rows} == {final.ledger.total}


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


def batch_run(model=OrganisationModel, seeds=(1,), **parameters):
    """`mesa.batch_run`, which asks for seeds otherwise before Mesa 3.5."""
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        more = {"rng": list(seeds)}
    else:
        more, parameters = {}, {**parameters, "rng": list(seeds)}
    return mesa.batch_run(model, parameters, number_processes=1, display_progress=False, **more)


def test_batch_run_sweeps_over_designs_fields_and_seeds():
    fields = {"horizon.weeks": 2, "company.managers.span_of_control": np.array([6, 12])}
    rows = batch_run(design=["silos", "teams"], seeds=(1, 2), **fields)
    assert len(rows) == 8
    for row in rows:
        overrides = [f"{field}={row[field]}" for field in fields]
        expected = orgsim.run("default", row["design"], row["rng"], overrides)
        assert row["total_cost"] == expected.measures["total_cost"]
        assert row["week"] == 2


def test_batch_run_takes_several_overrides_and_objects_in_lists():
    tables = {"extends": "default", "horizon": {"weeks": 1}}
    rows = batch_run(
        source=[tables, orgsim.load(tables)], policies=[OWN],
        overrides=[("people.peers=0", "people.specialisation=0")],
    )  # fmt: skip
    assert len(rows) == 2
    expected = orgsim.run(tables, seed=1, overrides=["people.peers=0", "people.specialisation=0"])
    assert [row["total_cost"] for row in rows] == [expected.measures["total_cost"]] * 2


@pytest.mark.parametrize(
    ("parameters", "error", "match"),
    [
        ({"overrides": ["horizon.weeks=1", "people.peers=0"]}, TypeError, "name the fields as parameters"),
        ({"overrides": "horizon.weeks=1"}, TypeError, r"one text; give a list: \['horizon.weeks=1'\]"),
        ({"policies": OWN}, TypeError, r"\[policies\]"),
        ({"source": orgsim.load("default")}, TypeError, r"\[scenario\]"),
        ({"source": {"extends": "default"}}, orgsim.OrgsimError, "'extends' is no bundled scenario"),
    ],
)
def test_what_batch_run_takes_apart_by_accident_is_refused(parameters, error, match):
    """It goes through everything that it can go through: a list of overrides would be runs of one each."""
    with pytest.raises(error, match=match):
        batch_run(**parameters)


def test_what_is_no_parameter_is_refused():
    with pytest.raises(TypeError, match="no parameter 'seed'; its parameters are source, design"):
        OrganisationModel(seed=3)
    with pytest.raises(orgsim.OrgsimError, match=r"horizon\.week is no known field; did you mean weeks"):
        OrganisationModel(**{"horizon.week": 3})
    with pytest.raises(orgsim.OrgsimError, match=r"designs\.tribes does not exist"):
        OrganisationModel(design="tribes")


@pytest.mark.filterwarnings("ignore:.*hooks")  # Solara's opinion of Mesa 3.3
def test_mesas_page_offers_the_parameters():
    """It refuses a model that takes keywords under another name than `kwargs`."""
    from mesa.visualization.solara_viz import _check_model_params

    _check_model_params(OrganisationModel.__init__, {"design": "silos", "rng": 1, "horizon.weeks": 4})


def test_tables_are_left_as_they_were():
    tables = {"extends": "default", "horizon": {"weeks": 1}, "crisis": {"preset": "slump-v"}}
    before = repr(tables)
    by_tables = OrganisationModel(source=tables, rng=1)
    by_tables.run_model()
    assert repr(tables) == before
    fields = {"horizon.weeks": 1, "crisis.preset": "slump-v"}
    by_fields = OrganisationModel(rng=np.int64(1), **fields)
    by_fields.run_model()
    assert by_fields.result().costs == by_tables.result().costs


RNGS = {
    "integer": lambda: 5,
    "NumPy integer": lambda: np.int64(5),
    "several integers": lambda: [1, 2],
    "generator": lambda: np.random.default_rng(5),
    "bit generator": lambda: np.random.PCG64(5),
    "seed sequence": lambda: np.random.SeedSequence(5),
}


@pytest.mark.parametrize("rng", RNGS.values(), ids=RNGS)
def test_rng_is_what_mesa_takes(rng):
    """Equal ones give equal worlds, that of `seed_number`, and equal draws to a user's own rules."""
    one, other = (OrganisationModel(rng=rng(), **{"horizon.weeks": 1}) for _ in range(2))
    again = OrganisationModel(rng=one.seed_number, **{"horizon.weeks": 1})
    for model in (one, other, again):
        model.run_model()
    assert one.seed_number == other.seed_number
    assert one.result().costs == other.result().costs == again.result().costs
    assert one.rng.random() == other.rng.random()
    assert one.random.random() == other.random.random()


def test_rng_as_in_mesa():
    class Plain(mesa.Model):
        pass

    ours, plain = OrganisationModel(rng=np.int64(5)), Plain(rng=5)
    assert ours.seed_number == 5
    assert ours.rng.random() == plain.rng.random()
    assert ours.random.random() == plain.random.random()
    generator = np.random.default_rng(5)
    assert OrganisationModel(rng=generator).rng is generator
    assert OrganisationModel(rng=generator).seed_number != OrganisationModel(rng=generator).seed_number
    for wrong in (True, np.True_):
        with pytest.raises(TypeError, match="is no seed; give a whole number from 0"):
            OrganisationModel(rng=wrong)
    for wrong in ("five", 1.5):
        with pytest.raises(TypeError, match="expects int or sequence of ints"):
            OrganisationModel(rng=wrong)
    with pytest.raises(ValueError, match="non-negative"):
        OrganisationModel(rng=-1)


def test_resetting_mesas_generators_leaves_the_world_as_it_is():
    expected = orgsim.run("default", "silos", 5, SHORT)
    model = OrganisationModel(overrides=SHORT, rng=5)
    model.step()
    model.reset_rng(9)
    assert model.rng.random() == np.random.default_rng(9).random()
    model.random.shuffle(list(range(9)))
    model.run_model()
    assert model.result().costs == expected.costs


def test_a_chance_seed_is_remembered():
    model = OrganisationModel(overrides=["horizon.weeks=1"])
    again = OrganisationModel(overrides=["horizon.weeks=1"], rng=model.seed_number)
    for made in (model, again):
        while made.running:
            made.step()
    assert model.result().costs == again.result().costs
