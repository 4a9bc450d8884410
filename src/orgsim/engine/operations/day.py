"""The compiled day: events in the order of time, until the day is over.

Simultaneous events come in the order of the agenda, arrivals before them; a day ends with what happens
in its last instant. Each event is handled in two halves: what happened (an outcome), and what follows
from it (`act`).
"""

from collections.abc import Callable

from orgsim.engine.operations.agenda import STAMP, close_hole, kind_of, row_of, stamp_of
from orgsim.engine.operations.arbitration import end_decision, exception_arises, free_desk, raise_exception
from orgsim.engine.operations.booking import book_wait, book_work
from orgsim.engine.operations.cases import begin_case, close_case, open_case
from orgsim.engine.operations.handoff import admit, next_step, seek_work, send, set_alarm
from orgsim.engine.operations.quality import leave_defects
from orgsim.engine.operations.queues import leave_queue
from orgsim.engine.operations.state import (
    ARRIVES,
    BEGINS,
    BOUNCE,
    CASE_FOLLOWS,
    CLOSES,
    CONTACT_RETURNS,
    DECISION_ENDS,
    DESK_FREES,
    FOLLOWS,
    FORWARD,
    GIVEN_UP,
    HELD,
    IN_QUEUE,
    KEPT,
    NONE,
    PATIENCE_ENDS,
    REPAIR,
    REWORK,
    TRIAGE,
    WORK_ENDS,
    Core,
    with_room,
)
from orgsim.engine.operations.work import start_job
from orgsim.kernel.compiled import compiled, compiled_entry, wrapping_keys
from orgsim.mechanisms.bounces import repaired

#: no event schedules more than this many others, frees or takes more slots, closes more cases, besides what
#: follows from a case
_ROOM = 8


@compiled
def send_back(core, slot):
    """Triage is done: the case goes back to the sender (bounce) or to the maker of the defect."""
    case = core.cases[slot]
    case.resume = case.step
    if case.cause == BOUNCE:
        case.bounces += 1
        case.mode = REPAIR
        return case.origin
    case.reworks += 1
    case.mode = REWORK
    case.portion = case.defect_part
    target = case.defect_step
    case.defect_step = NONE
    return target


@compiled
def conclude_activity(core, slot, row):
    """An activity is done: it may raise an exception or leave a defect."""
    case = core.cases[slot]
    visit = core.visits[slot, case.step - core.types[case.type].first]
    outcome = FORWARD
    if exception_arises(core, slot):
        outcome = raise_exception(core, slot)
    else:
        leave_defects(core, slot, row)
    visit.performed += 1
    return outcome


@compiled
def end_work(core, row, slot):
    """A member finishes a job."""
    case = core.cases[slot]
    book_work(core, row, slot)
    core.members[row].case = NONE
    case.left = 1.0
    if case.mode == TRIAGE:
        return send_back(core, slot)
    if case.mode == REPAIR:
        case.information = repaired(core.rules[0], case.information)
        return FORWARD
    return conclude_activity(core, slot, row)


@compiled
def end_patience(core, slot, stamp):
    """A customer who still waits when patience ends gives up."""
    case = core.cases[slot]
    if case.state != IN_QUEUE or (case.stamp & STAMP) != stamp:
        return HELD
    leave_queue(core, core.routes[case.step, case.segment], slot)
    core.tallies[case.type].waiting += core.clock[0].now - case.since
    book_wait(core, slot)
    return GIVEN_UP


@compiled
def what_happened(core, code, slot, row):
    """What becomes of the case that an event of the agenda concerns."""
    kind = kind_of(code)
    if kind == WORK_ENDS:
        return end_work(core, row, slot)
    if kind == DECISION_ENDS:
        return end_decision(core, slot)
    if kind == DESK_FREES:
        return free_desk(core, slot)
    if kind == PATIENCE_ENDS:
        return end_patience(core, slot, stamp_of(code))
    if kind == CASE_FOLLOWS:
        return FOLLOWS
    return BEGINS if kind == CONTACT_RETURNS else ARRIVES


@compiled
def act(core, slot, row, outcome):
    """The consequences of an event, in this order: the case moves, or ends; whoever takes it up
    starts; the member `row` who has become free (or NONE) turns to the next case."""
    if outcome == BEGINS or outcome == FOLLOWS:
        outcome = begin_case(core, slot, outcome == FOLLOWS)
    if outcome == FORWARD:
        outcome = next_step(core, slot)
    if outcome >= 0:
        outcome = send(core, slot, outcome, row)
    taker = NONE
    if outcome == KEPT:
        taker = row
    elif outcome == ARRIVES:
        taker = admit(core, slot)
        if taker == GIVEN_UP:
            outcome = GIVEN_UP
    if outcome == CLOSES or outcome == GIVEN_UP:
        close_case(core, slot, outcome == GIVEN_UP)
    for turn in range(2):
        if turn == 1:
            if row == NONE or outcome == KEPT:
                break
            taker = row
            slot = seek_work(core, row)
        if taker >= 0 and slot != NONE:
            start_job(core, taker, slot)


@compiled
def pass_time(core, time):
    """Move the clock to an event."""
    core.clock[0].now = time


@compiled
def set_alarms(core):
    """At the start of a day: whose patience ends today, of all who wait. False if room is needed."""
    for row in range(core.pools.shape[0]):
        slot = core.pools[row].head
        while slot != NONE:
            if not has_room(core):
                return False
            set_alarm(core, slot)
            slot = core.cases[slot].next
    return True


@compiled
def has_room(core):
    """Whether the arrays can take whatever one more event brings."""
    clock = core.clock[0]
    return (
        clock.agenda_size + _ROOM + clock.most_follow_ons <= core.agenda.shape[0]
        and clock.closed + _ROOM <= core.closed.shape[0]
        and clock.free >= _ROOM + clock.most_follow_ons
    )


@compiled_entry
def advance(core, until):
    """Run to `until` (working hours). Returns False when it needs more room to go on."""
    clock = core.clock[0]
    clock.until = until
    if not set_alarms(core):
        return False
    while has_room(core):
        arrival = float("inf")
        if clock.next_arrival < clock.arrivals:
            arrival = core.arrivals[clock.next_arrival].time
        event = float("inf")
        if clock.agenda_size > 0:
            event = core.agenda[0].time
        if min(arrival, event) > until:
            pass_time(core, until)
            return True
        row = NONE
        if arrival <= event:
            pass_time(core, arrival)
            slot = open_case(core)
            outcome = BEGINS
        else:
            pass_time(core, event)
            code = core.agenda[0].code
            clock.hole = 1
            slot = row_of(code)
            if kind_of(code) == WORK_ENDS:
                row = slot
                slot = core.members[row].case
            outcome = what_happened(core, code, slot, row)
        act(core, slot, row, outcome)
        close_hole(core)
    return False


def run_until(core: Core, hour: float, made_room: Callable[[Core], None] | None = None) -> Core:
    """Run the operations up to an hour, making room as needed; returns the core to go on with. `made_room`
    is told of every core that takes over on the way."""
    more = int(core.clock["most_follow_ons"][0])
    with wrapping_keys():
        while not advance(core, hour):
            core = with_room(core, slots=len(core.cases) + more, events=1024 + more, closings=4096)
            if made_room:
                made_room(core)
    return core
