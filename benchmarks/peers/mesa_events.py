"""Mesa with its discrete-event simulator: staff are agents, ends of work are events."""

import time
from collections import deque

import mesa
from mesa.experimental.devs import DEVSimulator
from specification import BACK, RATE, SERVERS, STATIONS, arguments, report


class Staff(mesa.Agent):
    def __init__(self, model, station):
        super().__init__(model)
        self.station = station

    def start(self):
        delay = self.model.random.expovariate(1.0)
        self.model.simulator.schedule_event_relative(self.finish, delay)

    def finish(self):
        model, station = self.model, self.station
        model.done += 1
        if model.queues[station]:
            model.queues[station].popleft()
            self.start()
        else:
            model.idle[station].append(self)
        station = max(station - 1, 0) if model.random.random() < BACK else station + 1
        if station < STATIONS:
            model.enter(station)
        else:
            model.count(-1)


class Office(mesa.Model):
    def __init__(self, seed, simulator):
        super().__init__(rng=seed)
        self.simulator = simulator
        simulator.setup(self)
        self.queues = [deque() for _ in range(STATIONS)]
        self.idle = [list(Staff.create_agents(self, SERVERS, s)) for s in range(STATIONS)]
        self.done = self.inside = 0
        self.area = self.since = 0.0
        simulator.schedule_event_relative(self.arrive, self.random.expovariate(RATE))

    def count(self, change):
        self.area += self.inside * (self.simulator.time - self.since)
        self.since = self.simulator.time
        self.inside += change

    def arrive(self):
        self.simulator.schedule_event_relative(self.arrive, self.random.expovariate(RATE))
        self.count(1)
        self.enter(0)

    def enter(self, station):
        if self.idle[station]:
            self.idle[station].pop().start()
        else:
            self.queues[station].append(object())


options = arguments()
simulator = DEVSimulator()
office = Office(options.seed, simulator)
started = time.perf_counter()
while office.done < options.completions:
    simulator.run_next_event()
report(office.done, time.perf_counter() - started, office.area / office.since)
