"""What the company does about a backlog: overtime up to a cap, then temporary staff, then it waits.

Both are ordered for a week, by pool, when the week begins: by what waits and by who is on duty then,
after a reorganisation, leavings and hirings. What is ordered is what is worked and paid."""

from orgsim.engine.operations.handoff import seek_work
from orgsim.engine.operations.queues import end_idleness
from orgsim.engine.operations.state import NONE, OFF_DUTY, PERMANENT, TEMPORARY
from orgsim.engine.operations.work import give_up_job, start_job
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.overtime import overtime_for
from orgsim.mechanisms.pressure import pressure_of
from orgsim.mechanisms.temporary_staff import temporary_called, temporary_due


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


@compiled
def count_on_duty(core, staff, sizes):
    """Write how many permanent staff are on duty by pool."""
    for row in range(sizes.shape[0]):
        sizes[row] = 0
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row != NONE and core.members[row].status == PERMANENT:
            sizes[core.members[row].pool] += 1


@compiled
def order(core, staff, sizes, overtime, temporary):
    """The week's pressure, overtime (share of working time) and temporary staff (persons) by pool."""
    rules = staff.rules[0]
    for row in range(sizes.shape[0]):
        weeks = backlog_of(core, row) / (max(1, sizes[row]) * rules.week_hours)
        pool = core.pools[row]
        pool.pressure = pressure_of(rules, weeks)
        overtime[row] = overtime_for(rules, weeks)
        due = temporary_due(rules, weeks, sizes[row], pool.temporary_due)
        temporary[row] = temporary_called(due)
        pool.temporary_due = max(0.0, due - temporary[row])


@compiled
def set_overtime(core, staff, overtime):
    """Apply overtime by pool to permanent staff on duty: more pace and more paid hours in the same week."""
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row != NONE:
            member = core.members[row]
            member.overtime = overtime[member.pool] if member.status == PERMANENT else 0.0


@compiled
def seek_and_start(core, row):
    """A member who has come on duty takes the first case, or is idle."""
    slot = seek_work(core, row)
    if slot != NONE:
        start_job(core, row, slot)


@compiled
def come_on_duty(core, staff, row):
    """Temporary staff begin the week, or go on, as members of the unit as it is now."""
    member = core.members[row]
    member.status = TEMPORARY
    member.coordination = core.pools[member.pool].coordination
    member.pace = 1.0 - member.coordination
    if member.case == NONE and not member.idle:
        seek_and_start(core, row)


@compiled
def call_and_release(core, staff, temporary):
    """Temporary staff come on duty or leave, so that each pool has as many as ordered: whoever leaves
    hands over the job in hand. The rows of a pool's temporary staff are neighbours."""
    pool, called = NONE, 0
    for row in range(core.members.shape[0]):
        member = core.members[row]
        if member.status != TEMPORARY and member.status != OFF_DUTY:
            continue
        if member.pool != pool:
            pool, called = member.pool, 0
        if called < temporary[pool]:
            called += 1
            come_on_duty(core, staff, row)
        elif member.status == TEMPORARY:
            member.status = OFF_DUTY
            if member.idle:
                end_idleness(core, row)
            if member.case != NONE:
                give_up_job(core, row)
