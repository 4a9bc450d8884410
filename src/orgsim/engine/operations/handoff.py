"""The way of a case through the organisation: to the next person, near or far, back and forth."""

from orgsim.engine.operations.agenda import schedule
from orgsim.engine.operations.booking import book_wait
from orgsim.engine.operations.nearness import distance, mean_distance
from orgsim.engine.operations.occasions import RETURN, TRANSFERS, draw, occasion
from orgsim.engine.operations.queues import (
    become_idle,
    end_idleness,
    free_helper_for,
    join_queue,
    leave_queue,
    member_to_call,
    next_case_for,
)
from orgsim.engine.operations.state import (
    ARRIVES,
    CLOSES,
    GIVEN_UP,
    GONE,
    HELD,
    IN_QUEUE,
    IN_TRANSIT,
    KEPT,
    LEAVING,
    NONE,
    OFF_DUTY,
    PATIENCE_ENDS,
    REPAIR,
    REWORK,
    TRANSFER_ENDS,
    WORK,
)
from orgsim.engine.operations.ties import tie, tie_to_pool
from orgsim.kernel.compiled import compiled
from orgsim.kernel.decisions import KEEPS, ask
from orgsim.mechanisms.ties import strangeness
from orgsim.mechanisms.transfer_delay import mean_transfer, transfer_hours


@compiled
def next_step(core, slot):
    """After a step is done: resume where a detour began, or return, or go on, or close the case."""
    case = core.cases[slot]
    step = core.steps[case.step]
    detour = case.mode == REWORK or case.mode == REPAIR
    target = case.resume
    resumes = detour and target != NONE
    case.mode = WORK
    case.portion = 1.0
    case.resume = NONE
    if resumes:
        case.told = 1  # what has been asked back, or made good, is not lost once more
        return target
    if step.return_probability > 0.0 and draw(core, slot, RETURN) < step.return_probability:
        case.reworks += 1
        return step.return_to
    if case.step == core.types[case.type].last:
        return CLOSES
    case.origin = case.step
    return case.step + 1


@compiled
def keeps(core, row, slot, step):
    """Whether member `row` (or NONE) who has a case also does another of its steps; who can do it decides,
    usually by `may_keep`."""
    if row == NONE:
        return False
    case = core.cases[slot]
    usual = may_keep(core, row, case, step)
    if core.skill[row, core.pools[core.routes[step, case.segment]].function] <= 0.0:
        return usual
    return ask(core.decisions, KEEPS, row, slot, step, usual) != 0


@compiled
def may_keep(core, row, case, step):
    """Whether member `row` is expected to do another step of the case: in the own pool always, in the own
    unit where its members are case workers who can do it."""
    member = core.members[row]
    pool_row = core.routes[step, case.segment]
    if pool_row == member.pool:
        return True
    pool = core.pools[pool_row]
    if pool.unit != member.unit or not core.nodes[pool.unit].case_worker:
        return False
    return core.skill[row, pool.function] > 0.0


@compiled
def pool_before(core, slot):
    """The pool from which a case goes on: that of its step, or, before its first, of whoever gives it."""
    case = core.cases[slot]
    if case.step == NONE:
        return core.members[case.member].pool
    return core.routes[case.step, case.segment]


@compiled
def way_to(core, slot, pool_row):
    """How far a case has to go from whoever had it last, and how well they know each other: to the member who
    would take it up now, or, where nobody is free, to the places of the pool in the mean."""
    giver = core.cases[slot].member
    preferred = preferred_member(core, slot, core.pools[pool_row].unit)
    taker = member_to_call(core, slot, pool_row, preferred, giver)
    if taker == NONE:
        return mean_distance(core, giver, pool_row), tie_to_pool(core, giver, pool_row)
    return distance(core, giver, taker), tie(core, giver, core.members[taker].group)


@compiled
def send(core, slot, target, row):
    """Move a case to a step: KEPT if the member `row` (or NONE) goes on with it; else it is handed over:
    HELD while it is under way, ARRIVES if that takes no time. To do a step again is rework."""
    rules = core.rules[0]
    case = core.cases[slot]
    here = core.pools[pool_before(core, slot)]
    case.step = target
    performed = core.visits[slot, target - core.types[case.type].first].performed
    if case.mode == WORK and performed > 0:
        case.mode = REWORK
    if keeps(core, row, slot, target):
        return KEPT
    there_row = core.routes[target, case.segment]
    there = core.pools[there_row]
    case.crossings += there.unit != here.unit
    case.handed = 1
    if rules.transfer_hours <= 0.0:
        return ARRIVES
    far, known = way_to(core, slot, there_row)
    mean = mean_transfer(rules, here, there, far) * strangeness(rules, known)
    if mean <= 0.0:
        return ARRIVES
    delay = transfer_hours(rules, occasion(core, slot, TRANSFERS), mean)
    case.state = IN_TRANSIT
    schedule(core, core.clock[0].now + delay, TRANSFER_ENDS, slot, 0)
    return HELD


@compiled
def preferred_member(core, slot, unit):
    """Who should get the case: who has done this step before, else (where cases have an owner) who
    had it last."""
    case = core.cases[slot]
    before = core.visits[slot, case.step - core.types[case.type].first].member
    if before == NONE and core.nodes[unit].case_owner:
        return case.member
    return before


@compiled
def set_alarm(core, slot):
    """Schedule the end of a waiting customer's patience if it falls into the present day: later ones
    wait for their day, so that the agenda stays short."""
    case = core.cases[slot]
    if case.deadline <= core.clock[0].until and not case.alarm:
        case.alarm = 1
        schedule(core, case.deadline, PATIENCE_ENDS, slot, case.stamp)


@compiled
def admit(core, slot):
    """A case reaches the pool that does its current step. Returns the member who takes it up, or HELD
    if it has to wait, or GIVEN_UP if its customer's patience is over already."""
    case = core.cases[slot]
    tally = core.tallies[case.type]
    pool_row = core.routes[case.step, case.segment]
    pool = core.pools[pool_row]
    book_wait(core, slot)
    case.state = IN_QUEUE
    tally.entries += 1
    preferred = preferred_member(core, slot, pool.unit)
    row = member_to_call(core, slot, pool_row, preferred, case.member)
    if row == NONE:
        row = free_helper_for(core, pool_row, slot)
    if row != NONE:
        end_idleness(core, row)
        return row
    tally.waits += 1
    if case.deadline <= core.clock[0].now:
        return GIVEN_UP
    join_queue(core, pool_row, slot)
    set_alarm(core, slot)
    return HELD


@compiled
def seek_work(core, row):
    """A free member takes the next case (returned, out of its queue), or becomes idle (NONE)."""
    member = core.members[row]
    if member.status >= OFF_DUTY:
        if member.status == LEAVING:
            member.status = GONE
            member.left_at = core.clock[0].now
        return NONE
    slot = next_case_for(core, row)
    if slot == NONE:
        become_idle(core, row)
        return NONE
    case = core.cases[slot]
    leave_queue(core, core.routes[case.step, case.segment], slot)
    return slot
