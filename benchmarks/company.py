"""The default company, 3 years, one design, one core, everything on: seconds, peak memory, and
which part of the schedule takes how much of the time.

    python company.py [SCALE [DESIGN]]      SCALE 83: 10,000 staff and 1,000,000 customers
"""

import json
import resource
import statistics
import sys
import time

from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

scale = int(sys.argv[1]) if len(sys.argv) > 1 else 1
design = sys.argv[2] if len(sys.argv) > 2 else "silos"
base = load("default")
overrides = []
for key, function in base.company.functions.items():
    overrides.append(f"company.functions.{key}.staff={function.staff * scale}")
for key, segment in base.segments.items():
    overrides.append(f"segments.{key}.customers={segment.customers * scale}")
for key, stream in base.streams.items():
    overrides.append(f"streams.{key}.per_week={stream.per_week * scale}")
PHASES = (
    "demand_arrives", "cases_are_worked_on", "customers_react", "people_change", "books_are_closed",
    "management_acts", "measures_are_recorded",
)  # fmt: skip


class Timed(Simulation):
    """A simulation that notes how long each part of its schedule takes."""

    def __init__(self, *arguments):
        self.spent = dict.fromkeys(PHASES, 0.0)
        super().__init__(*arguments)


def timed(name):
    part = getattr(Simulation, name)

    def noted(self, *arguments):
        started = time.perf_counter()
        part(self, *arguments)
        self.spent[name] += time.perf_counter() - started

    return noted


for name in PHASES:
    setattr(Timed, name, timed(name))

settings = load(base, overrides)
Simulation(settings, design, 0).step()
seconds, shares = [], []
for seed in range(5 if scale == 1 else 3 if scale <= 10 else 1):
    started = time.perf_counter()
    simulation = Timed(settings, design, seed)
    simulation.run()
    simulation.result()
    seconds.append(time.perf_counter() - started)
    shares.append({name: spent / seconds[-1] for name, spent in simulation.spent.items()})
activities = sum(int(t["entries"]) for t in simulation.core.tallies)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
profile = {name: round(statistics.median(share[name] for share in shares), 3) for name in PHASES}
print(json.dumps({"seconds": statistics.median(seconds), "activities": activities,
                  "peak_mb": round(peak, 1), "profile": profile}))  # fmt: skip
