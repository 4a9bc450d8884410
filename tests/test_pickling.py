"""Runs that are set down and taken up again, by pickle or as a deep copy, go on to the same bits."""

import copy
import itertools
import pickle
import subprocess
import sys

import mesa
import numpy as np
import pytest

import orgsim
from orgsim.dashboard.pace import PacedSimulation
from orgsim.mesa_model.agents import Customer, Manager, StaffMember, Unit
from orgsim.mesa_model.model import OrganisationModel
from orgsim.simulation.schedule import Simulation

#: everything that moves: a transition, a cut, a rule that reacts, leavers, temporary staff
EVENTFUL = {
    "extends": "default",
    "horizon": {"weeks": 6, "warmup_weeks": 1},
    "crisis": {"preset": "slump-v"},
    "people": {"turnover": 0.9, "temps_cap": 0.5},
    "company": {"functions": {"service": {"staff": 14}}},
    "levers": {
        "move": {"kind": "transition", "design": "teams", "start_week": 3},
        "cut": {"kind": "cut", "share": 0.1, "start_week": 2},
    },
}
WAYS = {"pickle": lambda run: pickle.loads(pickle.dumps(run)), "deepcopy": copy.deepcopy}


def outcome(run):
    """All that a run comes to, after its horizon."""
    while not run.finished:
        run.step()
    result = run.result()
    return repr((result.measures, result.costs, {k: v.tolist() for k, v in result.weekly.items()}))


def started(kind, days):
    if kind is OrganisationModel:
        run = OrganisationModel(source=EVENTFUL, design="silos", rng=3)
    else:
        run = kind(orgsim.load(EVENTFUL), "silos", 3)
    for _ in range(days):
        run.step()
    return run


@pytest.fixture(scope="module")
def expected():
    return outcome(started(Simulation, 0))


@pytest.mark.parametrize("days", [0, 3, 10, 17, 21, 35], ids=lambda days: f"day {days}")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_model_goes_on_to_the_same_bits(way, days, expected):
    model = started(OrganisationModel, days)
    again = way(model)
    assert again.day == again.steps == model.steps == days
    assert outcome(again) == expected
    assert model.day == days, "the one goes on without the other"
    assert outcome(model) == expected
    frames = [one.datacollector.get_model_vars_dataframe() for one in (model, again)]
    assert frames[0].equals(frames[1])
    assert model.random.random() == again.random.random()
    assert model.rng.random() == again.rng.random()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("kind", [Simulation, PacedSimulation])
def test_a_simulation_goes_on_to_the_same_bits(way, kind, expected):
    assert outcome(way(started(kind, 13))) == expected


def test_another_process_goes_on_to_the_same_bits(tmp_path, expected):
    file = tmp_path / "model.pickle"
    file.write_bytes(pickle.dumps(started(OrganisationModel, 17)))
    program = (
        "import pathlib, pickle, sys; model = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes()); "
        "model.run_model(); pathlib.Path(sys.argv[1]).write_bytes(pickle.dumps(model))"
    )
    subprocess.run([sys.executable, "-c", program, file], check=True)
    again = pickle.loads(file.read_bytes())
    assert again.finished
    assert outcome(again) == expected


class Consultant(mesa.Agent):
    """An agent of a user, who knows a customer."""

    def __init__(self, model, client):
        super().__init__(model)
        self.client = client


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_agents_are_those_of_the_copy(way):
    model = started(OrganisationModel, 10)
    consultant = Consultant(model, model.agents_by_type[Customer][5])
    again = way(model)
    for kind in (Unit, Manager, StaffMember, Customer, Consultant):
        assert again.agents_by_type[kind].get("unique_id") == model.agents_by_type[kind].get("unique_id")
        assert {agent.model for agent in again.agents_by_type[kind]} == {again}
    assert len(again.agents) == len(model.agents)
    assert len(again.lost_customers) == len(model.lost_customers)
    same = next(iter(again.agents_by_type[Consultant]))
    assert same.client is again.agents_by_type[Customer][5]
    same.client.satisfaction = 0.125
    assert again.market.customers["satisfaction"][same.client.row] == 0.125
    assert consultant.client.satisfaction != 0.125
    assert Consultant(again, None).unique_id == Consultant(model, None).unique_id == 2
    ids = again.agents.get("unique_id")
    assert len(set(ids)) == len(ids), "the copy goes on counting"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_rules_of_the_copy_rule(way):
    """A record that is a view on a table would be a table of its own in a copy."""
    again = way(started(OrganisationModel, 10))
    again.market.rules["hazard"] = 0.0
    lost = sum(again.weekly["lost"])
    outcome(again)
    assert sum(again.weekly["lost"]) == lost


def arrays_of(thing, path="", seen=None):
    """Every array and record that can be reached from an object of orgsim's, with the way to it."""
    seen = {} if seen is None else seen
    if id(thing) in seen:
        return
    seen[id(thing)] = thing
    if isinstance(thing, np.ndarray | np.void):
        yield path, thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from arrays_of(value, f"{path}[{key}]", seen)
    elif isinstance(thing, list | tuple | set):
        names = getattr(thing, "_fields", range(len(thing)))
        for name, value in zip(names, thing, strict=True):
            yield from arrays_of(value, f"{path}.{name}", seen)
    elif type(thing).__module__.startswith("orgsim") and hasattr(thing, "__dict__"):
        for name, value in vars(thing).items():
            yield from arrays_of(value, f"{path}.{name}", seen)


def test_no_two_things_of_a_run_share_memory():
    """In a copy they would not: what one writes, the other would not read."""
    found = list(arrays_of(started(PacedSimulation, 13)))
    assert len(found) > 50
    spans = sorted((*np.lib.array_utils.byte_bounds(np.asarray(array)), path) for path, array in found)
    spans = [span for span in spans if span[1] > span[0]]
    for (_, end, path), (begin, _, other) in itertools.pairwise(spans):
        assert end <= begin, f"{path} and {other}"


def test_results_can_be_pickled():
    result = orgsim.run("default", seed=1, overrides=["horizon.weeks=1"])
    assert repr(pickle.loads(pickle.dumps(result)).measures) == repr(result.measures)
