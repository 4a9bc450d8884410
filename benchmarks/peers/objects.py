"""The life of cases, object per agent (tests/reference.py), against the compiled core: seconds for the
same weeks of the same company, with the same arrivals."""

import json
import sys
import time

import numpy as np

import reference
from orgsim.engine.operations.day import run_until
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

WEEKS = int(sys.argv[1]) if len(sys.argv) > 1 else 12


def arrivals_of(simulation):
    market = simulation.market
    return [
        simulation.demand.arrivals(week, market.customers, market.next_need, market.rows)
        for week in range(WEEKS)
    ]


def compiled(simulation, weeks):
    core = simulation.core
    for week, arrivals in enumerate(weeks):
        core = core._replace(arrivals=arrivals)
        core.clock["next_arrival"], core.clock["arrivals"] = 0, len(arrivals)
        for day in range(5):
            core = run_until(core, (week * 5 + day + 1) * 8.0)
    return core


settings = load("default")
simulation = Simulation(settings, "silos", 1)
compiled(simulation, arrivals_of(simulation))
simulation = Simulation(settings, "silos", 1)
weeks = arrivals_of(simulation)
office = reference.Office(simulation.core)
office.begin_week(simulation.core, simulation.staff, simulation.core.rules[0])
started = time.perf_counter()
office.run(np.concatenate(weeks), WEEKS * 40.0)
objects = time.perf_counter() - started
started = time.perf_counter()
core = compiled(simulation, weeks)
fast = time.perf_counter() - started
assert int(core.tallies["closed"].sum()) == office.count["closed"]
print(json.dumps({"objects": objects, "compiled": fast, "closed": office.count["closed"]}))
