"""The week's cases come in the order of their times."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.engine.operations.state import ARRIVAL
from orgsim.scenario import load
from orgsim.simulation.schedule import market_for
from orgsim.world.demand import Demand, order_by_time

START, HOURS = 400.0, 40.0
#: few different ones, so that many are simultaneous; the ends of the week, and any
moments = st.sampled_from([400.0, 403.0, 403.5, 440.0]) | st.floats(START, START + HOURS)


@given(st.lists(moments, max_size=60))
@settings(deadline=None)
def test_arrivals_are_in_the_order_of_their_times_simultaneous_ones_as_they_stood(times):
    ends, order = np.zeros((2, len(times)), np.int64)
    order_by_time(np.array(times, float), START, HOURS, ends, order)
    assert order.tolist() == sorted(range(len(times)), key=times.__getitem__)


def test_a_week_with_little_room_brings_the_same_cases():
    """What does not fit is written when there is room, and nothing twice."""
    scenario = load("default", ["segments.small.customers=400"])
    weeks = []
    for room in (1024, 1):
        demand, market = Demand(scenario, 7), market_for(scenario)
        demand._arrivals = np.zeros(room, ARRIVAL)
        market.customers["key"] = np.arange(len(market.customers))
        weeks.append(
            [
                demand.arrivals(week, market.customers, market.next_need, market.rows, 1.0 + week).tobytes()
                for week in range(3)
            ]
        )
    assert weeks[0] == weeks[1]
