"""The default company, 3 years, one design, one core, everything on: seconds and peak memory."""

import json
import resource
import statistics
import sys
import time

from orgsim.scenario import load
from orgsim.simulation import Simulation

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
settings = load(base, overrides)
Simulation(settings, design, 0).step()
seconds = []
for seed in range(5 if scale == 1 else 3):
    started = time.perf_counter()
    simulation = Simulation(settings, design, seed)
    simulation.run()
    simulation.result()
    seconds.append(time.perf_counter() - started)
activities = sum(int(t["entries"]) for t in simulation.core.tallies)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": statistics.median(seconds), "activities": activities,
                  "peak_mb": round(peak, 1)}))  # fmt: skip
