"""orgsim on the network of `specification.py`, through an ordinary scenario with every mechanism off."""

import time
from pathlib import Path

from specification import RATE, arguments, report, visits

from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

UNITS_PER_WEEK = 40 / 0.001

options = arguments()
per_week = float(RATE * UNITS_PER_WEEK)
weeks = max(1, round(options.completions / (per_week * visits().sum())))
overrides = [f"streams.jobs.per_week={per_week!r}", f"horizon.weeks={weeks}"]
settings = load(Path(__file__).parent / "network.toml", overrides)
Simulation(settings, "departments", 0).step()  # compiles, or loads what is compiled
simulation = Simulation(settings, "departments", options.seed)
while simulation.week < 1:
    simulation.step()
started = time.perf_counter()
while not simulation.finished:
    simulation.step()
seconds = time.perf_counter() - started
entries = sum(int(t["entries"]) for t in simulation.core.tallies)
report(entries, seconds, simulation.result().measures["work_in_progress"])
