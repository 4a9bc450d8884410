"""SimPy: a process per case, a Resource per station."""

import random
import time

import simpy
from specification import BACK, RATE, SERVERS, STATIONS, arguments, report


class Network:
    def __init__(self, completions, seed):
        self.target, self.random, self.env = completions, random.Random(seed), simpy.Environment()
        self.stations = [simpy.Resource(self.env, SERVERS) for _ in range(STATIONS)]
        self.finished = self.env.event()
        self.done = self.inside = 0
        self.area = self.since = 0.0

    def count(self, change):
        self.area += self.inside * (self.env.now - self.since)
        self.since = self.env.now
        self.inside += change

    def arrivals(self):
        while True:
            yield self.env.timeout(self.random.expovariate(RATE))
            self.env.process(self.case())

    def case(self):
        self.count(1)
        station = 0
        while station < STATIONS:
            with self.stations[station].request() as server:
                yield server
                yield self.env.timeout(self.random.expovariate(1.0))
            self.done += 1
            if self.done == self.target:
                self.finished.succeed()
            station = max(station - 1, 0) if self.random.random() < BACK else station + 1
        self.count(-1)


options = arguments()
network = Network(options.completions, options.seed)
started = time.perf_counter()
network.env.process(network.arrivals())
network.env.run(until=network.finished)
seconds = time.perf_counter() - started
report(network.done, seconds, network.area / network.since)
