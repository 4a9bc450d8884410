"""A reorganisation: people change places, waiting cases and open matters find their new desks."""

import numpy as np

from orgsim.engine.operations.arbitration import attend, consult, own_head
from orgsim.engine.operations.booking import book_everybody
from orgsim.engine.operations.queues import end_idleness, join_queue, leave_queue
from orgsim.engine.operations.state import IN_ARBITRATION, IN_QUEUE, NONE, Core, write_stage
from orgsim.engine.operations.ties import carry
from orgsim.engine.people.state import Staff
from orgsim.kernel.compiled import compiled_entry, wrapping_keys


@compiled_entry
def _leave_everything(core, waiting, matters):
    """Empty queues (into `waiting`, which is in the order in which cases came), idle lists and desks
    (into `matters`). Returns the number of matters."""
    book_everybody(core)
    for i in range(waiting.shape[0]):
        case = core.cases[waiting[i]]
        leave_queue(core, core.routes[case.step, case.segment], waiting[i])
    for row in range(core.members.shape[0]):
        if core.members[row].idle:
            end_idleness(core, row)
    count = 0
    for row in range(core.nodes.shape[0]):
        node = core.nodes[row]
        while node.head != NONE:
            matters[count] = node.head
            count += 1
            node.head = core.cases[node.head].next
        node.tail = NONE
        node.waiting = 0
    return count


@compiled_entry
def _take_places(core, staff, units, pools, groups, shock):
    """Seats move to new units, pools and groups; whoever moves is among strangers and loses morale. Returns
    how many moved."""
    moved = 0
    for place in range(staff.seats.shape[0]):
        seat = staff.seats[place]
        changes = seat.unit != units[place]
        seat.unit = units[place]
        seat.pool = pools[place]
        seat.group = groups[place]
        if seat.member == NONE:
            continue
        member = core.members[seat.member]
        member.unit = seat.unit
        member.pool = seat.pool
        member.group = seat.group
        member.account = seat.pool
        if changes and not seat.closed:
            moved += 1
            person = staff.persons[seat.member]
            person.strange = 1.0
            person.morale = max(0.0, person.morale - shock)
    return moved


@compiled_entry
def _begin_anew(core, waiting, matters, count):
    """Cases join their new queues, matters their new desks."""
    for i in range(waiting.shape[0]):
        case = core.cases[waiting[i]]
        join_queue(core, core.routes[case.step, case.segment], waiting[i])
    for slot in range(core.cases.shape[0]):
        case = core.cases[slot]
        if case.state == IN_ARBITRATION and case.node != NONE:  # whoever has it in hand now decides
            case.node = own_head(core, slot)
            case.target = case.node
            case.levels = 0
    for i in range(count):
        consult(core, matters[i])
    for row in range(core.nodes.shape[0]):
        for _ in range(core.nodes[row].managers):
            attend(core, row)


def reorganise(
    core: Core,
    staff: Staff,
    tables: dict[str, np.ndarray],
    units: np.ndarray,
    pools: np.ndarray,
    groups: np.ndarray,
    shock: float,
) -> int:
    """Change to the `tables` of another structure, in which the seats sit in `units`, `pools` and `groups`.
    Returns how many people moved."""
    queued = np.flatnonzero(core.cases["state"] == IN_QUEUE)
    waiting = queued[np.argsort(core.cases["since"][queued], kind="stable")]
    matters = np.zeros(len(core.cases), np.int64)
    held = staff.seats["member"] != NONE
    before = staff.seats["group"].copy()
    with wrapping_keys():
        count = _leave_everything(core, waiting, matters)
        nodes = core.nodes
        busy = nodes["managers"] - nodes["idle"]
        write_stage(core, tables)
        nodes["idle"] = nodes["managers"] - busy
        moved = int(_take_places(core, staff, units, pools, groups, shock))
        carry(core, before[held], groups[held])
        _begin_anew(core, waiting, matters, count)
    return moved
