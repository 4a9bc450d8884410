"""What the schema says is silent is silent: a run is the same to the bit, whatever the value."""

import copy

import numpy as np
import pytest

from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.scenario import load
from orgsim.scenario.gates import GATES, silenced
from orgsim.scenario.reference import facts_of, fields
from orgsim.simulation.schedule import Simulation

#: a situation in which every parameter has something to do, unless a gate is shut
SETTINGS = load("default", [
    "horizon.weeks=6", "crisis.preset=travel-refunds", "crisis.start_week=0", "crisis.competition=2.0",
    "crises.other={shape='v', depth=0.2, start_week=0, staff_loss=0.2, offer_fit=0.1}",
    "company.functions.service.staff=16", "company.functions.legal.staff=6", "people.turnover=0.4",
    "practices.data_sharing=0.4", "practices.scripts=0.8", "practices.satisfaction_reward=0.6",
    "practices.exemplarity=0.5", "practices.feedback=0.5", "practices.personas=0.5",
    "practices.people_skills=0.8", "practices.recognition=0.8", "practices.sponsorship=0.5",
    "practices.service_minded=0.5", "practices.automation=0.3", "practices.centralisation=0.3",
    "practices.transversality=0.3", "designs.silos.coordinators={persons=3, process_owners=true}",
    "designs.teams.coordinators={persons=3, process_owners=true}",
    "levers.remote={practice='remote_share', to=0.5, start_week=1}",
])  # fmt: skip
#: every value is there to be changed; of levers, what was written
BUSY = SETTINGS.model_dump() | {"levers": SETTINGS.model_dump(exclude_unset=True)["levers"]}
TRIALS = [(number, field) for number, (_, silent) in enumerate(GATES) for field in silent]


def put(tables, path, change):
    """Change every value that a path of the schema stands for."""
    name, _, rest = path.partition(".")
    several = name.endswith("[]")
    for key in list(tables) if name == "*" else [name.removesuffix("[]")]:
        if not rest:
            tables[key] = change(tables[key])
            continue
        for inner in tables[key] if several else [tables[key]]:
            put(inner, rest, change)


def finished(tables):
    simulation = Simulation(load(tables), "teams", seed=2)
    simulation.run()
    return simulation.result()


def shut(number):
    tables = copy.deepcopy(BUSY)
    for path, value in GATES[number][0].items():
        if not isinstance(value, set):
            put(tables, path, lambda _, value=value: value)
    return tables


@pytest.fixture(scope="module")
def behind():
    """By number of the gate, a run while it is shut."""
    known = {}

    def find(number):
        if number not in known:
            known[number] = finished(shut(number))
        return known[number]

    return find


def other(field):
    """Another value of a field."""
    low, high = facts_of(field.replace("*", "x").replace("[]", ".0")).limits

    def change(value):
        if value is None:
            return "request"
        if isinstance(value, (bool, str)):
            return not value if isinstance(value, bool) else "complaint"
        if isinstance(value, int):
            return value + 1
        more = 1.3 * value if value else 0.2
        return more if high is None or more <= high else max(low or 0.0, 0.7 * value)

    return change


@pytest.mark.parametrize(("number", "field"), TRIALS, ids=lambda part: str(part))
def test_behind_a_shut_gate_a_value_changes_no_bit(behind, number, field):
    tables = shut(number)
    settings = load(tables)
    reason = silenced(settings, field)
    assert reason
    put(tables, field, other(field))
    assert load(tables) != settings
    found, usual = finished(tables), behind(number)
    assert repr(found.measures) == repr(usual.measures)
    assert found.costs == usual.costs
    for name, values in usual.weekly.items():
        assert np.array_equal(found.weekly[name], values, equal_nan=True), name


def test_nothing_is_silent_while_everything_is_busy():
    settings = load(BUSY)
    named = {field for _, silent in GATES for field in silent} - {
        "money.severance_months", "money.severance_months_later", "money.years_of_service",
    }  # fmt: skip
    assert {field: why for field in sorted(named) if (why := silenced(settings, field))} == {}


def test_gates_and_fields_are_those_of_the_schema():
    known = {facts.path for facts in fields()}
    for gate, silent in GATES:
        assert {*gate, *silent} <= known


def test_what_a_switch_turns_off_is_silent():
    for name, values in NEUTRAL.items():
        settings = load("default", [f"mechanisms.{name}=false"])
        for field in values:
            assert str(silenced(settings, field)) == f"mechanisms.{name} = false"
