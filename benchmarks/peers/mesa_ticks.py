"""Mesa as most write it: staff are agents, the model ticks (0.05 units of time)."""

import time
from collections import deque

import mesa
from specification import BACK, RATE, SERVERS, STATIONS, arguments, report

TICK = 0.05


class Staff(mesa.Agent):
    def __init__(self, model, station):
        super().__init__(model)
        self.station, self.case, self.left = station, None, 0.0

    def step(self):
        model = self.model
        if self.case is not None:
            self.left -= TICK
            if self.left <= 0:
                self.case = None
                model.finish(self.station)
        if self.case is None and model.queues[self.station]:
            self.case = model.queues[self.station].popleft()
            self.left = model.random.expovariate(1.0)


class Office(mesa.Model):
    def __init__(self, seed):
        super().__init__(rng=seed)
        self.queues = [deque() for _ in range(STATIONS)]
        for station in range(STATIONS):
            Staff.create_agents(self, SERVERS, station)
        self.now = self.area = 0.0
        self.done = self.inside = 0
        self.next_arrival = self.random.expovariate(RATE)

    def finish(self, station):
        self.done += 1
        station = max(station - 1, 0) if self.random.random() < BACK else station + 1
        if station < STATIONS:
            self.queues[station].append(object())
        else:
            self.inside -= 1

    def step(self):
        self.now += TICK
        while self.next_arrival <= self.now:
            self.next_arrival += self.random.expovariate(RATE)
            self.inside += 1
            self.queues[0].append(object())
        self.agents.shuffle_do("step")
        self.area += self.inside * TICK


options = arguments()
office = Office(options.seed)
started = time.perf_counter()
while office.done < options.completions:
    office.step()
report(office.done, time.perf_counter() - started, office.area / office.now)
