"""What the company does about a backlog: overtime up to a cap, then temporary staff, then it waits."""

import numpy as np

from orgsim.compiled import compiled, compiled_entry
from orgsim.operations.handoff import seek_work
from orgsim.operations.queues import end_idleness
from orgsim.operations.state import NONE, OFF_DUTY, PERMANENT, TEMPORARY
from orgsim.operations.work import start_job


@compiled
def backlog_of(core, pool_row):
    """Mean hours of work that wait in a pool's queue."""
    hours = 0.0
    slot = core.pools[pool_row].head
    while slot != NONE:
        case = core.cases[slot]
        hours += core.steps[case.step].hours * case.complexity * case.portion
        slot = case.next
    return hours


@compiled_entry
def call_and_release(core, wanted):
    """Temporary staff come on duty or leave, so that each pool has as many as `wanted`: whoever leaves
    finishes the job in hand first."""
    for row in range(core.members.shape[0]):
        member = core.members[row]
        if member.status == PERMANENT:
            continue
        if wanted[member.pool] > 0:
            wanted[member.pool] -= 1
            if member.status == OFF_DUTY:
                member.status = TEMPORARY
                if member.case == NONE:
                    slot = seek_work(core, row)
                    if slot != NONE:
                        start_job(core, row, slot)
        elif member.status == TEMPORARY:
            member.status = OFF_DUTY
            if member.idle:
                end_idleness(core, row)


def overtime_share(backlog_weeks: np.ndarray, threshold: float, cap: float) -> np.ndarray:
    """Overtime of next week by pool: enough to work off what is above the threshold, up to the cap."""
    return np.clip(backlog_weeks - threshold, 0.0, cap)


def temporary_seats(backlog_weeks: np.ndarray, sizes: np.ndarray, threshold: float, cap: float) -> np.ndarray:
    """Temporary staff of next week by pool."""
    share = np.clip(backlog_weeks - threshold, 0.0, cap)
    return np.ceil(share * sizes - 1e-9).astype(np.int64)


@compiled
def set_overtime(core, staff, overtime, sizes):
    """Apply overtime by pool to permanent staff on duty, more pace and more paid hours in the same
    week, and write how many they are."""
    for row in range(sizes.shape[0]):
        sizes[row] = 0
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row == NONE:
            continue
        member = core.members[row]
        member.overtime = 0.0
        if member.status == PERMANENT:
            member.overtime = overtime[member.pool]
            sizes[member.pool] += 1
