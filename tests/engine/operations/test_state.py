"""The record arrays: names that are safe, rooms that grow without losing anything."""

import numpy as np
import pytest

from orgsim.engine.market import customers
from orgsim.engine.operations import state
from orgsim.organisation import core_for, stages
from orgsim.scenario import load
from orgsim.world import demand

RECORDS = [
    getattr(module, name)
    for module in (state, customers, demand)
    for name in dir(module)
    if isinstance(getattr(module, name), np.dtype) and getattr(module, name).names
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: ",".join(r.names[:3]))
def test_field_names_are_no_attributes_of_numpy(record):
    """`case.repeat` would be NumPy's method in plain Python, and the field in compiled code."""
    assert not set(record.names) & set(dir(np.record))


def test_growing_keeps_cases_and_events():
    settings = load("default")
    core = core_for(settings, stages(settings, "silos"))
    free = set(core.free[: core.clock[0].free].tolist())
    core.cases["key"] = np.arange(len(core.cases))
    core.agenda["time"] = np.arange(len(core.agenda))
    core.clock["agenda_size"] = len(core.agenda)
    larger = state.with_room(core, slots=len(free) + 1, events=10, closings=len(core.closed) + 1)
    assert larger.cases["key"][: len(core.cases)].tolist() == core.cases["key"].tolist()
    assert larger.agenda["time"][: len(core.agenda)].tolist() == core.agenda["time"].tolist()
    assert len(larger.agenda) - larger.clock[0].agenda_size >= 10
    assert len(larger.closed) > len(core.closed)
    slots = larger.free[: larger.clock[0].free].tolist()
    assert len(set(slots)) == len(slots) >= len(free) + 1
    assert set(slots) <= set(range(len(larger.cases)))
    assert len(larger.cases) == len(larger.visits) == len(larger.free)
