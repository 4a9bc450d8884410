"""Demand: which cases reach the company in a week, the same for every organisation.

The n-th need of a customer, and the n-th case of a stream, is the n-th point of a unit-rate Poisson
process of its own, warped by the rate of its segment or stream (Çınlar 1975): more demand packs the
same cases closer. What one organisation does to one customer shifts nothing for any other.
"""

import numpy as np

from orgsim.engine.operations.state import ARRIVAL, NONE
from orgsim.kernel.compiled import compiled, compiled_entry, wrapping_keys
from orgsim.kernel.randomness import derive, exponential, uniform
from orgsim.scenario import Scenario
from orgsim.working_time import HOURS_PER_WEEK, WEEKS_PER_YEAR
from orgsim.world.environment import environment

# the branches of a seed's tree of keys
CUSTOMERS, STREAMS, PEOPLE = range(3)
# occasions of an arriving case's key
GAP, KIND, SEGMENT = range(3)
# the branch of a customer's key that holds the needs, apart from weeks
NEEDS = 1 << 39

STREAM = np.dtype(
    (
        np.record,
        [("key", np.uint64), ("type", np.int64), ("number", np.int64), ("next", np.float64),
         ("passed", np.float64)],
    )
)  # fmt: skip


def _world_key(seed: int) -> np.uint64:
    return np.uint64(seed & 0xFFFF_FFFF_FFFF_FFFF)


@compiled_entry
def _branch(key, branch):
    return derive(key, branch)


@compiled_entry
def _first_points(streams, key):
    for row in range(streams.shape[0]):
        stream = streams[row]
        stream.key = derive(key, row)
        stream.next = exponential(derive(derive(stream.key, 0), GAP))


def branch_key(seed: int, branch: int) -> np.uint64:
    """The root key of a part of the world under a seed."""
    with wrapping_keys():
        return np.uint64(_branch(_world_key(seed), branch))


@compiled_entry
def _name_rows(customers, rows, key):
    for row in range(rows):
        customers[row].key = derive(key, row)


def name_customers(customers: np.ndarray, rows: int, seed: int) -> None:
    """Give the customers of the start their keys."""
    with wrapping_keys():
        _name_rows(customers, rows, branch_key(seed, CUSTOMERS))


def people_key(seed: int) -> np.uint64:
    """The root key of the people of every organisation under a seed."""
    return branch_key(seed, PEOPLE)


@compiled
def _need_key(customer):
    return derive(derive(customer.key, NEEDS), customer.needs)


@compiled_entry
def place_needs(customers, next_need, due, calm, pace, passed, shares, start, hours, arrivals, place):
    """Write the week's needs of active customers as arrivals, of a type by cumulative `shares`
    [segment, type]. Times of needs are in calm weeks: `calm` needs come in one, and `pace` of them pass
    in this week. `due` are the rows in which a need may fall into the week; `place` holds the number
    written and the one of them to begin with; False if there is no room (call again with more)."""
    for number in range(place[1], due.shape[0]):
        row = due[number]
        customer = customers[row]
        segment = customer.segment
        if next_need[row] < 0.0:
            next_need[row] = passed[segment] + exponential(derive(_need_key(customer), GAP)) / calm[segment]
        while next_need[row] <= passed[segment] + pace[segment]:
            if place[0] == arrivals.shape[0]:
                place[1] = number
                return False
            key = _need_key(customer)
            arrival = arrivals[place[0]]
            arrival.key = key
            arrival.customer = row
            arrival.segment = segment
            arrival.time = start + hours * (next_need[row] - passed[segment]) / pace[segment]
            kind = 0
            chance = uniform(derive(key, KIND))
            while chance > shares[segment, kind]:
                kind += 1
            arrival.type = kind
            place[0] += 1
            customer.needs += 1
            next_need[row] += exponential(derive(_need_key(customer), GAP)) / calm[segment]
    place[1] = due.shape[0]
    return True


@compiled_entry
def place_streams(streams, per_week, shares, start, hours, arrivals, place):
    """Write the week's cases of all streams, of a segment by cumulative `shares` [stream, segment];
    False if there is no room (call again with more)."""
    for row in range(streams.shape[0]):
        stream = streams[row]
        end = stream.passed + per_week[row]
        while stream.next <= end:
            if place[0] == arrivals.shape[0]:
                return False
            key = derive(stream.key, stream.number)
            arrival = arrivals[place[0]]
            arrival.key = key
            arrival.customer = NONE
            arrival.type = stream.type
            arrival.time = start + hours * (stream.next - stream.passed) / per_week[row]
            segment = 0
            chance = uniform(derive(key, SEGMENT))
            while chance > shares[row, segment]:
                segment += 1
            arrival.segment = segment
            place[0] += 1
            stream.number += 1
            stream.next += exponential(derive(derive(stream.key, stream.number), GAP))
    for row in range(streams.shape[0]):
        streams[row].passed += per_week[row]
        per_week[row] = 0.0
    return True


class Demand:
    """The cases that reach one company under one seed, week by week."""

    def __init__(self, scenario: Scenario, seed: int):
        types = list(scenario.case_types)
        self.environment = environment(scenario)
        self._needs = np.zeros((len(scenario.segments), len(types)))
        for row, segment in enumerate(scenario.segments.values()):
            for name, per_year in segment.needs.items():
                self._needs[row, types.index(name)] = per_year / WEEKS_PER_YEAR
        #: needs in a calm week; a segment that needs nothing is given next to nothing to divide by
        self._calm = np.maximum(_summed(self._needs), 1e-300)
        self._streams = np.zeros(len(scenario.streams), STREAM)
        self._streams["type"] = [types.index(s.case_type) for s in scenario.streams.values()]
        self._per_week = np.array([s.per_week for s in scenario.streams.values()], float)
        weights = np.array([s.share_of_prospects for s in scenario.segments.values()])
        if weights.sum() <= 0:
            weights = np.ones(len(weights))
        self._prospects = weights / weights.sum()
        kinds = list(scenario.case_types.values())
        self._wins = np.array([kinds[row].wins_customer for row in self._streams["type"]], bool)
        self._arrivals = np.zeros(1024, ARRIVAL)
        self._factors: np.ndarray | None = None
        self._passed = np.zeros(len(scenario.segments))
        self._pace = self._shares = self._calm_streams = np.zeros(0)
        self._stream_rates: np.ndarray = np.zeros(0)
        self._stream_shares: np.ndarray = np.zeros((0, 0))
        with wrapping_keys():
            _first_points(self._streams, branch_key(seed, STREAMS))

    def _set_rates(self, week: int, leads: float) -> None:
        """The week's rates by segment and stream; the same as last week's while nothing changes."""
        factors = self.environment.demand[week]
        if self._factors is None or (factors != self._factors).any():
            self._factors = factors.copy()
            rates = self._needs * factors
            self._pace = _summed(rates) / self._calm
            self._shares = np.array([_cumulative(row) for row in rates])
            weights = self._prospects[:, None] * factors  # [segment, type]
            kinds = self._streams["type"]
            self._calm_streams = self._per_week * weights.sum(axis=0)[kinds]
            self._stream_shares = np.array([_cumulative(weights[:, kind]) for kind in kinds]).reshape(
                len(kinds), len(self._prospects)
            )
        self._stream_rates = np.where(self._wins, leads * self._calm_streams, self._calm_streams)

    def arrivals(
        self, week: int, customers: np.ndarray, next_need: np.ndarray, rows: int, leads: float = 1.0
    ) -> np.ndarray:
        """The cases of a week in the order of their times, simultaneous ones in that of customers, then
        of streams; `leads` is the factor on prospects.

        `rows` of the customers are in use; `next_need` is when each next needs something, in the
        operational time of its segment."""
        self._set_rates(week, leads)
        start = float(week * HOURS_PER_WEEK)
        place = np.zeros(2, np.int64)
        per_week = self._stream_rates.copy()
        # most customers need nothing this week, and those that are lost never do
        due = np.flatnonzero(next_need[:rows] <= (self._passed + self._pace).max())
        with wrapping_keys():
            while not (
                place_needs(
                    customers, next_need, due, self._calm, self._pace, self._passed, self._shares, start,
                    HOURS_PER_WEEK, self._arrivals, place,
                )
                and place_streams(
                    self._streams, per_week, self._stream_shares, start, HOURS_PER_WEEK,
                    self._arrivals, place,
                )
            ):  # fmt: skip
                more = np.zeros(2 * len(self._arrivals), ARRIVAL)
                more[: len(self._arrivals)] = self._arrivals
                self._arrivals = more
        self._passed += self._pace
        week_of_cases = self._arrivals[: place[0]]
        times = np.ascontiguousarray(week_of_cases["time"])
        return week_of_cases.take(np.argsort(times, kind="stable"))


def _summed(weights: np.ndarray) -> np.ndarray:
    """Sums along the last axis, one term after the other, so that what has no demand changes no bit."""
    return np.cumsum(weights, axis=-1)[..., -1]


def _cumulative(weights: np.ndarray) -> np.ndarray:
    """Cumulative shares whose last positive one is above every uniform."""
    total = _summed(weights)
    shares = np.cumsum(weights) / total if total > 0 else np.ones(len(weights))
    shares[shares >= shares[-1]] = 2.0
    return shares
