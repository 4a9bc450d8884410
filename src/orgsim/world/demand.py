"""Demand: which cases reach the company in a week, the same for every organisation.

A customer's needs depend on the customer's key and the week; the n-th case of a stream is the n-th
point of a unit-rate Poisson process, warped by the stream's rate. What one organisation does to one
customer shifts nothing for any other.
"""

import numpy as np

from orgsim.compiled import compiled_entry
from orgsim.market.customers import ACTIVE
from orgsim.operations.state import ARRIVAL, NONE
from orgsim.randomness import derive, exponential, poisson, uniform
from orgsim.scenario import HOURS_PER_WEEK, WEEKS_PER_YEAR, Scenario
from orgsim.world.crisis import course

# the branches of a seed's tree of keys
CUSTOMERS, STREAMS = range(2)
# occasions of an arriving case's key
GAP, MOMENT, KIND, SEGMENT = range(4)

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
    with np.errstate(over="ignore"):
        return np.uint64(_branch(_world_key(seed), branch))


@compiled_entry
def _name_rows(customers, rows, key):
    for row in range(rows):
        customers[row].key = derive(key, row)


def name_customers(customers: np.ndarray, rows: int, seed: int) -> None:
    """Give the customers of the start their keys."""
    with np.errstate(over="ignore"):
        _name_rows(customers, rows, branch_key(seed, CUSTOMERS))


@compiled_entry
def count_needs(customers, rows, rates, week, counts):
    """How many needs each active customer has this week (Poisson); returns their sum."""
    total = 0
    for row in range(rows):
        counts[row] = 0
        customer = customers[row]
        if customer.status == ACTIVE:
            counts[row] = poisson(derive(customer.key, week), rates[customer.segment])
            total += counts[row]
    return total


@compiled_entry
def place_needs(customers, rows, counts, shares, week, start, hours, arrivals):
    """Write the needs as arrivals: time in the week, type by cumulative `shares`[segment, type]."""
    place = 0
    for row in range(rows):
        customer = customers[row]
        for number in range(counts[row]):
            key = derive(derive(customer.key, week), number + 1)
            arrival = arrivals[place]
            arrival.key = key
            arrival.customer = row
            arrival.segment = customer.segment
            arrival.time = start + hours * uniform(derive(key, MOMENT))
            kind = 0
            chance = uniform(derive(key, KIND))
            while chance > shares[customer.segment, kind]:
                kind += 1
            arrival.type = kind
            place += 1
    return place


@compiled_entry
def place_streams(streams, per_week, segment_shares, start, hours, arrivals, place):
    """Write the week's cases of all streams; False if there is no room (call again with more)."""
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
            while chance > segment_shares[segment]:
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
        self.course = course(scenario)
        self._sensitivity = np.array([t.crisis_sensitivity for t in scenario.case_types.values()])
        self._needs = np.zeros((len(scenario.segments), len(types)))
        for row, segment in enumerate(scenario.segments.values()):
            for name, per_year in segment.needs.items():
                self._needs[row, types.index(name)] = per_year / WEEKS_PER_YEAR
        self._streams = np.zeros(len(scenario.streams), STREAM)
        self._streams["type"] = [types.index(s.case_type) for s in scenario.streams.values()]
        self._per_week = np.array([s.per_week for s in scenario.streams.values()], float)
        weights = np.array([s.share_of_prospects for s in scenario.segments.values()])
        if weights.sum() <= 0:
            weights = np.ones(len(weights))
        self._segment_shares = _cumulative(weights)
        self._arrivals = np.zeros(1024, ARRIVAL)
        with np.errstate(over="ignore"):
            _first_points(self._streams, branch_key(seed, STREAMS))

    def multipliers(self, week: int) -> np.ndarray:
        """Demand of each case type relative to calm: 1 + sensitivity × (index − 1), never below 0."""
        change = self.course.index[week] - 1.0
        return np.maximum(0.0, 1.0 + self._sensitivity * change)

    def arrivals(self, week: int, customers: np.ndarray, rows: int) -> np.ndarray:
        """The cases of a week in the order of their times."""
        multipliers = self.multipliers(week)
        start = float(week * HOURS_PER_WEEK)
        rates = self._needs * multipliers
        totals = rates.sum(axis=1)
        shares = np.array([_cumulative(row) for row in rates])
        counts = np.empty(rows, np.int64)
        with np.errstate(over="ignore"):
            needed = int(count_needs(customers, rows, totals, week, counts)) if rows else 0
            if len(self._arrivals) < needed + 64:
                self._arrivals = np.zeros(2 * needed + 64, ARRIVAL)
            place = np.zeros(1, np.int64)
            place[0] = place_needs(
                customers, rows, counts, shares, week, start, HOURS_PER_WEEK, self._arrivals
            )
            per_week = self._per_week * multipliers[self._streams["type"]]
            while not place_streams(
                self._streams, per_week, self._segment_shares, start, HOURS_PER_WEEK,
                self._arrivals, place,
            ):  # fmt: skip
                more = np.zeros(2 * len(self._arrivals), ARRIVAL)
                more[: len(self._arrivals)] = self._arrivals
                self._arrivals = more
        week_of_cases = self._arrivals[: place[0]]
        times = np.ascontiguousarray(week_of_cases["time"])
        return week_of_cases[np.argsort(times, kind="stable")]


def _cumulative(weights: np.ndarray) -> np.ndarray:
    """Cumulative shares whose last positive one is above every uniform."""
    total = weights.sum()
    shares = np.cumsum(weights) / total if total > 0 else np.ones(len(weights))
    shares[shares >= shares[-1]] = 2.0
    return shares
