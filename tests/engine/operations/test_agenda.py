"""The event list: the order of events is total, and depends on nothing but the events."""

import heapq
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import agendas
from orgsim.engine.operations import state
from orgsim.engine.operations.agenda import close_hole, kind_of, row_of, schedule, stamp_of, withdraw
from orgsim.kernel.compiled import compiled_entry
from orgsim.organisation import core_for, stages
from orgsim.scenario import load


@compiled_entry
def play(core, events, withdrawn, follow, seen):
    """Schedule events, withdraw some, then handle all; each handled one may be `follow`ed by another."""
    for place in range(events.shape[0]):
        schedule(core, events[place].time, events[place].kind, events[place].row, place)
    for place in range(withdrawn.shape[0]):
        event = events[withdrawn[place]]
        event.time -= withdraw(core, event.kind, event.row)
    count = 0
    while core.clock[0].agenda_size > 0:
        top = core.agenda[0]
        now = top.time
        seen[count].time = now
        seen[count].kind = kind_of(top.code)
        seen[count].row = row_of(top.code)
        seen[count].stamp = stamp_of(top.code)
        core.clock[0].hole = 1
        if count < follow.shape[0]:
            schedule(core, now + follow[count].time, follow[count].kind, follow[count].row, 7)
        close_hole(core)
        count += 1
    return count


DEFAULT = load("default")
EMPTY = core_for(DEFAULT, stages(DEFAULT, "silos"))
EVENT = np.dtype((np.record, [("time", float), ("kind", int), ("row", int), ("stamp", int)]))
who = st.tuples(st.integers(0, 4), st.integers(0, 9))
moment = st.sampled_from([0.0, 0.5, 1.0, 1e-300, 7.25, 1e9])


def records(rows):
    table = np.zeros(len(rows), EVENT)
    for name, column in zip(EVENT.names, zip(*rows, strict=True), strict=False):
        table[name] = column
    return table


@given(st.dictionaries(who, moment, max_size=40), st.lists(moment, max_size=30), st.data())
@settings(deadline=None)
def test_events_come_by_time_then_what_then_who(planned, delays, data):
    events = [(time, kind, row) for (kind, row), time in planned.items()]
    gone = data.draw(st.sets(st.integers(0, max(0, len(events) - 1)), max_size=len(events)))
    follow = [(delay, place % 5, (1 << 39) + place) for place, delay in enumerate(delays)]
    expected = [(*event, place) for place, event in enumerate(events) if place not in gone]
    heapq.heapify(expected)
    order = []
    while expected:
        order.append(heapq.heappop(expected))
        if len(order) <= len(follow):
            delay, kind, row = follow[len(order) - 1]
            heapq.heappush(expected, (order[-1][0] + delay, kind, row, 7))
    core = EMPTY._replace(clock=np.zeros(1, state.CLOCK), agenda=np.zeros(200, state.EVENT))
    seen = np.zeros(200, EVENT)
    withdrawn = np.array(sorted(gone), np.int64)
    table = records(events)
    count = play(core, table, withdrawn, records(follow), seen)
    assert seen[:count].tolist() == order
    assert (table["time"][withdrawn] == 0.0).all()


def test_any_agenda_of_this_order_gives_the_same_bits():
    """A heap and a sorted array tell one story; an array that breaks ties otherwise tells another, so
    that there are ties to break."""
    program = Path(agendas.__file__)
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    answer = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True, check=True
    )
    heap, total, backwards = answer.stdout.splitlines()
    assert heap == agendas.bits()
    assert total == heap
    assert backwards != heap
