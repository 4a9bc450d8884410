"""A case is opened, judged at its close, and may come back as a repeat contact."""

import math

from orgsim.engine.operations.agenda import schedule
from orgsim.engine.operations.follow_ons import open_follow_ons
from orgsim.engine.operations.occasions import COMPLEXITY, PATIENCE, REPEAT, REPEAT_LAG
from orgsim.engine.operations.state import (
    ARRIVES,
    CLOSES,
    CONTACT_RETURNS,
    CYCLE_BINS,
    CYCLE_MIN,
    CYCLE_RATIO,
    DORMANT,
    FREE,
    IN_QUEUE,
    NONE,
    WORK,
)
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import derive, exponential, lognormal, uniform
from orgsim.mechanisms.automation import can_be_automated
from orgsim.mechanisms.follow_ons import opens_others
from orgsim.mechanisms.impatience import patience


@compiled
def clear_case(core, slot):
    """Bring a slot to the state of a case that has just begun its route."""
    case = core.cases[slot]
    case.stamp += 1
    case.mode = WORK
    case.next = NONE
    case.prev = NONE
    case.member = NONE
    case.origin = NONE
    case.resume = NONE
    case.defect_step = NONE
    case.levels = 0
    case.handoffs = 0
    case.crossings = 0
    case.bounces = 0
    case.reworks = 0
    case.handed = 0
    case.told = 0
    case.early = 0
    case.alarm = 0
    case.information = 1.0
    case.portion = 1.0
    case.left = 1.0


@compiled
def count_open_cases(core, change):
    """A case is opened or closed: add to the integral of open cases over time."""
    clock = core.clock[0]
    clock.area += clock.open_cases * (clock.now - clock.area_at)
    clock.area_at = clock.now
    clock.open_cases += change


@compiled
def is_automated(core, slot):
    """Whether a case is done at once."""
    rules = core.rules[0]
    case = core.cases[slot]
    if not can_be_automated(rules, core.types[case.type], case):
        return False
    return uniform(derive(case.key, COMPLEXITY)) < rules.automation


@compiled
def designers_knowledge(core, slot):
    """Mean customer knowledge of those who worked on a case."""
    case = core.cases[slot]
    route = core.types[case.type]
    total, people = 0.0, 0
    for position in range(route.last - route.first + 1):
        row = core.visits[slot, position].member
        if row != NONE:
            total += core.members[row].knowledge
            people += 1
    return total / people if people else 0.0


@compiled
def local_targets_of_makers(core, slot):
    """Mean local targets of those who worked on a case."""
    case = core.cases[slot]
    route = core.types[case.type]
    total, people = 0.0, 0
    for position in range(route.last - route.first + 1):
        row = core.visits[slot, position].member
        if row != NONE:
            total += core.pools[core.members[row].pool].local_targets
            people += 1
    return total / people if people else 0.0


@compiled
def begin_case(core, slot, follows):
    """A contact reaches the company, or what `follows` from another case comes up: its content is drawn from
    the case's own key. Returns what becomes of it; what somebody hands over is sent to its first step."""
    clock = core.clock[0]
    case = core.cases[slot]
    route = core.types[case.type]
    giver, inherits = case.member, case.information
    clear_case(core, slot)
    if follows:
        case.information = inherits
    case.step = route.first
    case.complexity = lognormal(derive(case.key, COMPLEXITY), 1.0, route.complexity_spread)
    case.opened = clock.now
    case.since = clock.now
    case.state = IN_QUEUE
    case.deadline = float("inf")
    if route.patience > 0.0:
        case.deadline = clock.now + patience(route, derive(case.key, PATIENCE))
    for position in range(route.last - route.first + 1):
        visit = core.visits[slot, position]
        visit.member = NONE
        visit.performed = 0
    core.tallies[case.type].opened += 1
    core.tallies[case.type].repeats += case.is_repeat
    core.tallies[case.type].follow_ons += follows
    count_open_cases(core, 1)
    if is_automated(core, slot):
        core.tallies[case.type].automated += 1
        return CLOSES
    if not follows or giver == NONE:
        return ARRIVES
    case.member = giver
    case.step = NONE
    return route.first


@compiled
def open_case(core):
    """The next arrival of the week takes a case slot, which is returned."""
    clock = core.clock[0]
    arrival = core.arrivals[clock.next_arrival]
    clock.next_arrival += 1
    clock.free -= 1
    slot = core.free[clock.free]
    case = core.cases[slot]
    case.key = arrival.key
    case.customer = arrival.customer
    case.type = arrival.type
    case.segment = arrival.segment
    case.is_repeat = 0
    return slot


@compiled
def count_close(core, slot, cycle):
    """Add a completed case to the tallies of its type."""
    case = core.cases[slot]
    route = core.types[case.type]
    tally = core.tallies[case.type]
    tally.closed += 1
    tally.cycle += cycle
    tally.within_promise += cycle <= route.promise
    place = 0
    if cycle > CYCLE_MIN:
        place = min(CYCLE_BINS - 1, int(math.log(cycle / CYCLE_MIN) / math.log(CYCLE_RATIO)))
    core.cycles[case.type, place] += 1


@compiled
def close_case(core, slot, abandoned):
    """A case ends: done, or given up by a customer out of patience. A defect that nobody caught comes
    back after a lag as a new contact (failure demand)."""
    clock = core.clock[0]
    case = core.cases[slot]
    tally = core.tallies[case.type]
    cycle = clock.now - case.opened
    returns = case.defect_step != NONE and not abandoned
    if abandoned:
        tally.abandoned += 1
    else:
        count_close(core, slot, cycle)
    tally.handoffs += case.handoffs
    tally.crossings += case.crossings
    tally.bounces += case.bounces
    tally.reworks += case.reworks
    tally.bounced += case.bounces > 0
    tally.handed_over += case.handoffs > 0
    record = core.closed[clock.closed]
    clock.closed += 1
    record.key = case.key
    record.customer = case.customer
    record.type = case.type
    record.segment = case.segment
    record.member = case.member
    record.handoffs = case.handoffs
    record.bounces = case.bounces
    record.defect = returns
    record.is_repeat = case.is_repeat
    record.abandoned = abandoned
    record.opened = case.opened
    record.cycle = cycle
    kind = core.types[case.type]
    record.knowledge = designers_knowledge(core, slot) if kind.is_experiment else 0.0
    record.information = case.information
    record.local_targets = local_targets_of_makers(core, slot) if kind.wins_customer else 0.0
    count_open_cases(core, -1)
    if not abandoned and opens_others(kind, case.customer, case.is_repeat):
        open_follow_ons(core, record)
    if returns:
        case.state = DORMANT
        lag = core.rules[0].repeat_lag * exponential(derive(case.key, REPEAT_LAG))
        case.key = derive(case.key, REPEAT)
        case.type = core.types[case.type].repeat_as
        case.is_repeat = 1
        schedule(core, clock.now + lag, CONTACT_RETURNS, slot, 0)
    else:
        case.state = FREE
        core.free[clock.free] = slot
        clock.free += 1
