"""Ciw: the network as its own description, run until its horizon."""

import time

import ciw
from specification import BACK, RATE, SERVERS, STATIONS, arguments, report, visits

options = arguments()
routing = [[0.0] * STATIONS for _ in range(STATIONS)]
for i in range(STATIONS):
    routing[i][max(i - 1, 0)] += BACK
    if i + 1 < STATIONS:
        routing[i][i + 1] += 1 - BACK
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(RATE)] + [None] * (STATIONS - 1),
    service_distributions=[ciw.dists.Exponential(1.0)] * STATIONS,
    number_of_servers=[SERVERS] * STATIONS,
    routing=routing,
)
horizon = options.completions / (RATE * sum(visits()))
ciw.seed(options.seed)
started = time.perf_counter()
simulation = ciw.Simulation(network)
simulation.simulate_until_max_time(horizon)
seconds = time.perf_counter() - started
records = simulation.get_all_records()
inside = sum(min(r.exit_date, horizon) - r.arrival_date for r in records)
report(len(records), seconds, inside / horizon)
