"""The two time ledgers: every hour of every case's lead time, and every hour of every member, is
booked to exactly one line at the moment when it ends."""

from orgsim.engine.operations.state import (
    ARBITRATION,
    BOUNCE,
    COORDINATION,
    FAILURE,
    FAMILIARISATION,
    GONE,
    IDLE,
    IN_ARBITRATION,
    IN_TRANSIT,
    OFF_DUTY,
    QUEUE,
    REPAIR,
    REWORK,
    REWORKING,
    TRANSFER,
    TRIAGE,
    VALUE,
)
from orgsim.kernel.compiled import compiled


@compiled
def detour_line(case):
    """The line that a case's detour is booked to, or VALUE where it is on its regular way.

    A repeat contact is failure demand from beginning to end (Seddon 1992)."""
    if case.is_repeat:
        return FAILURE
    if case.mode == REPAIR:
        return BOUNCE
    if case.mode == REWORK:
        return REWORKING
    if case.mode == TRIAGE:
        return case.cause
    return VALUE


@compiled
def book_wait(core, slot):
    """Book a case's time since its last change of state: queue, transfer or arbitration."""
    case = core.cases[slot]
    now = core.clock[0].now
    line = detour_line(case)
    if line == VALUE:
        if case.state == IN_TRANSIT:
            line = TRANSFER
        elif case.state == IN_ARBITRATION:
            line = ARBITRATION
        else:
            line = QUEUE
    core.lead[case.type, line] += now - case.since
    case.since = now


@compiled
def book_idle(core, member_row):
    """Book a member's idle time since the last booking, with the coordination that falls in it."""
    member = core.members[member_row]
    now = core.clock[0].now
    paid = (now - member.booked) * (1.0 + member.overtime)
    core.paid[member.account, COORDINATION] += paid * member.coordination
    core.paid[member.account, IDLE] += paid * (1.0 - member.coordination)
    member.booked = now


@compiled
def book_work(core, member_row, slot):
    """Book the time that a member has spent on a case since the last booking, on both ledgers."""
    member = core.members[member_row]
    case = core.cases[slot]
    now = core.clock[0].now
    line = detour_line(case)
    elapsed = now - member.booked
    coordinated = elapsed * member.coordination
    worked = elapsed - coordinated
    familiarised = 0.0
    if line == VALUE:
        familiarised = worked * member.familiar_share
        core.lead[case.type, FAMILIARISATION] += familiarised
    core.lead[case.type, line] += worked - familiarised
    core.lead[case.type, COORDINATION] += coordinated
    case.since = now
    rate = 1.0 + member.overtime
    core.paid[member.account, line] += (worked - familiarised) * rate
    core.paid[member.account, FAMILIARISATION] += familiarised * rate
    core.paid[member.account, COORDINATION] += coordinated * rate
    core.worked[member_row, core.steps[case.step].function] += worked
    core.kinds[member_row, case.type] += worked
    member.busy_hours += elapsed
    member.booked = now


@compiled
def book_everybody(core):
    """Bring every member's account up to now (before a change of pay, overtime or the week's books)."""
    for row in range(core.members.shape[0]):
        member = core.members[row]
        if member.case >= 0:
            book_work(core, row, member.case)
        elif member.status == OFF_DUTY or member.status == GONE:
            member.booked = core.clock[0].now
        else:
            book_idle(core, row)
