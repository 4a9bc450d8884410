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
        [("key", np.uint64), ("type", np.int64), ("wins", np.int64), ("number", np.int64),
         ("next", np.float64), ("passed", np.float64), ("per_week", np.float64)],
    )
)  # fmt: skip
#: the needs of a segment's customers: how many come in a calm week, how many pass in this one, and have
#: passed before it
NEED = np.dtype(
    (np.record, [("calm", np.float64), ("pace", np.float64), ("passed", np.float64)]),
)


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


@compiled
def place_needs(customers, next_need, rows, needs, shares, start, hours, arrivals, place):
    """Write the week's needs of active customers as arrivals, of a type by cumulative `shares`
    [segment, type]. Times of needs are in calm weeks. False if there is no room."""
    latest = 0.0
    for segment in range(needs.shape[0]):
        latest = max(latest, needs[segment].passed + needs[segment].pace)
    for row in range(place[1], rows):
        if next_need[row] > latest:  # most customers need nothing this week, and those lost never do
            continue
        customer = customers[row]
        segment = customer.segment
        need = needs[segment]
        if next_need[row] < 0.0:
            next_need[row] = need.passed + exponential(derive(_need_key(customer), GAP)) / need.calm
        while next_need[row] <= need.passed + need.pace:
            if place[0] == arrivals.shape[0]:
                place[1] = row
                return False
            key = _need_key(customer)
            arrival = arrivals[place[0]]
            arrival.key = key
            arrival.customer = row
            arrival.segment = segment
            arrival.time = start + hours * (next_need[row] - need.passed) / need.pace
            kind = 0
            chance = uniform(derive(key, KIND))
            while chance > shares[segment, kind]:
                kind += 1
            arrival.type = kind
            place[0] += 1
            customer.needs += 1
            next_need[row] += exponential(derive(_need_key(customer), GAP)) / need.calm
    place[1] = rows
    return True


@compiled
def _of_this_week(stream, leads):
    """Cases that a stream brings in the week."""
    return leads * stream.per_week if stream.wins else stream.per_week


@compiled
def place_streams(streams, leads, shares, start, hours, arrivals, place):
    """Write the week's cases of all streams, of a segment by cumulative `shares` [stream, segment];
    `leads` is the factor on those that win customers. False if there is no room."""
    for row in range(streams.shape[0]):
        stream = streams[row]
        pace = _of_this_week(stream, leads)
        end = stream.passed + pace
        while stream.next <= end:
            if place[0] == arrivals.shape[0]:
                return False
            key = derive(stream.key, stream.number)
            arrival = arrivals[place[0]]
            arrival.key = key
            arrival.customer = NONE
            arrival.type = stream.type
            arrival.time = start + hours * (stream.next - stream.passed) / pace
            segment = 0
            chance = uniform(derive(key, SEGMENT))
            while chance > shares[row, segment]:
                segment += 1
            arrival.segment = segment
            place[0] += 1
            stream.number += 1
            stream.next += exponential(derive(derive(stream.key, stream.number), GAP))
    return True


@compiled_entry
def place_cases(
    customers, next_need, rows, needs, need_shares, streams, leads, stream_shares, start, hours, arrivals,
    place,
):  # fmt: skip
    """Write the cases of a week as arrivals; `place` holds the number written and the customer to go on
    with. False if there is no room (call again with more)."""
    if not place_needs(customers, next_need, rows, needs, need_shares, start, hours, arrivals, place):
        return False
    if not place_streams(streams, leads, stream_shares, start, hours, arrivals, place):
        return False
    for segment in range(needs.shape[0]):
        needs[segment].passed += needs[segment].pace
    for row in range(streams.shape[0]):
        streams[row].passed += _of_this_week(streams[row], leads)
    return True


@compiled
def _part_of(passed, hours, parts):
    """The part of a week, of so many equal ones, into which a time falls."""
    return max(0, min(parts - 1, int(passed / hours * parts)))


@compiled_entry
def order_by_time(times, start, hours, ends, order):
    """Write the rows of times of a week in the order of these, equal ones as they stand: each goes to its
    part of the week, then sinks among its neighbours (a distribution sort and an insertion sort, both
    stable: Knuth 1998, 5.2 and 5.2.1). `ends` is 0, and has a place for every time."""
    parts = ends.shape[0]
    for row in range(parts):
        ends[_part_of(times[row] - start, hours, parts)] += 1
    for part in range(1, parts):
        ends[part] += ends[part - 1]
    for row in range(parts - 1, -1, -1):
        part = _part_of(times[row] - start, hours, parts)
        ends[part] -= 1
        order[ends[part]] = row
    for rank in range(1, parts):
        row = order[rank]
        place = rank
        while place > 0 and times[order[place - 1]] > times[row]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = row


class Demand:
    """The cases that reach one company under one seed, week by week."""

    def __init__(self, scenario: Scenario, seed: int):
        types = list(scenario.case_types)
        self.environment = environment(scenario)
        self._calm = np.zeros((len(scenario.segments), len(types)))
        for row, segment in enumerate(scenario.segments.values()):
            for name, per_year in segment.needs.items():
                self._calm[row, types.index(name)] = per_year / WEEKS_PER_YEAR
        self._needs = np.zeros(len(scenario.segments), NEED)
        # a segment that needs nothing is given next to nothing to divide by
        self._needs["calm"] = np.maximum(_summed(self._calm), 1e-300)
        self._streams = np.zeros(len(scenario.streams), STREAM)
        self._streams["type"] = [types.index(s.case_type) for s in scenario.streams.values()]
        self._per_week = np.array([s.per_week for s in scenario.streams.values()], float)
        weights = np.array([s.share_of_prospects for s in scenario.segments.values()])
        if weights.sum() <= 0:
            weights = np.ones(len(weights))
        self._prospects = weights / weights.sum()
        kinds = list(scenario.case_types.values())
        self._streams["wins"] = [kinds[row].wins_customer for row in self._streams["type"]]
        self._arrivals = np.zeros(1024, ARRIVAL)
        self._factors = b""
        self._shares = self._stream_shares = np.zeros((0, 0))
        with wrapping_keys():
            _first_points(self._streams, branch_key(seed, STREAMS))

    def _set_rates(self, factors: np.ndarray) -> None:
        """The week's rates by segment and stream; the same as last week's while nothing changes."""
        if factors.tobytes() == self._factors:
            return
        self._factors = factors.tobytes()
        rates = self._calm * factors
        self._needs["pace"] = _summed(rates) / self._needs["calm"]
        self._shares = np.array([_cumulative(row) for row in rates])
        weights = self._prospects[:, None] * factors  # [segment, type]
        kinds = self._streams["type"]
        self._streams["per_week"] = self._per_week * weights.sum(axis=0)[kinds]
        self._stream_shares = np.array([_cumulative(weights[:, kind]) for kind in kinds]).reshape(
            len(kinds), len(self._prospects)
        )

    def arrivals(
        self, week: int, customers: np.ndarray, next_need: np.ndarray, rows: int, leads: float = 1.0
    ) -> np.ndarray:
        """The cases of a week in the order of their times, simultaneous ones in that of customers, then
        of streams; `leads` is the factor on prospects.

        `rows` of the customers are in use; `next_need` is when each next needs something, in the
        operational time of its segment."""
        self._set_rates(self.environment.demand[week])
        start, hours = float(week * HOURS_PER_WEEK), float(HOURS_PER_WEEK)
        place = np.zeros(2, np.int64)
        with wrapping_keys():
            while not place_cases(
                customers, next_need, rows, self._needs, self._shares, self._streams, leads,
                self._stream_shares, start, hours, self._arrivals, place,
            ):  # fmt: skip
                more = np.zeros(2 * len(self._arrivals), ARRIVAL)
                more[: len(self._arrivals)] = self._arrivals
                self._arrivals = more
        written = self._arrivals[: place[0]]
        ends, order = np.zeros((2, len(written)), np.int64)
        order_by_time(np.ascontiguousarray(written["time"]), start, hours, ends, order)
        return written.take(order)


def _summed(weights: np.ndarray) -> np.ndarray:
    """Sums along the last axis, one term after the other, so that what has no demand changes no bit."""
    return np.cumsum(weights, axis=-1)[..., -1]


def _cumulative(weights: np.ndarray) -> np.ndarray:
    """Cumulative shares whose last positive one is above every uniform."""
    total = _summed(weights)
    shares = np.cumsum(weights) / total if total > 0 else np.ones(len(weights))
    shares[shares >= shares[-1]] = 2.0
    return shares
