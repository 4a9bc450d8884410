"""Who waits for whom: the queue and the idle members of a pool, as doubly linked lists on rows."""

from orgsim.engine.operations.nearness import free_beside
from orgsim.engine.operations.occasions import HELP, draw
from orgsim.engine.operations.state import NONE
from orgsim.kernel.compiled import compiled
from orgsim.kernel.decisions import CHOOSE_CASE, HAND_TO, HELPS, ask, is_asked
from orgsim.kernel.policies import either
from orgsim.mechanisms.helping import help_chance


@compiled
def join_queue(core, pool_row, slot):
    """Put a case at the end of a pool's queue."""
    pool = core.pools[pool_row]
    case = core.cases[slot]
    case.next = NONE
    case.prev = pool.tail
    if pool.tail == NONE:
        pool.head = slot
    else:
        core.cases[pool.tail].next = slot
    pool.tail = slot
    pool.waiting += 1


@compiled
def leave_queue(core, pool_row, slot):
    """Take a case out of a pool's queue, wherever it stands."""
    pool = core.pools[pool_row]
    case = core.cases[slot]
    if case.prev == NONE:
        pool.head = case.next
    else:
        core.cases[case.prev].next = case.next
    if case.next == NONE:
        pool.tail = case.prev
    else:
        core.cases[case.next].prev = case.prev
    pool.waiting -= 1


@compiled
def become_idle(core, member_row):
    """Put a member at the end of its pool's idle list (the longest idle is called first)."""
    member = core.members[member_row]
    pool = core.pools[member.pool]
    member.idle = 1
    member.next = NONE
    member.prev = pool.idle_tail
    if pool.idle_tail == NONE:
        pool.idle_head = member_row
    else:
        core.members[pool.idle_tail].next = member_row
    pool.idle_tail = member_row
    pool.idle += 1


@compiled
def end_idleness(core, member_row):
    """Take a member out of its pool's idle list."""
    member = core.members[member_row]
    pool = core.pools[member.pool]
    member.idle = 0
    if member.prev == NONE:
        pool.idle_head = member.next
    else:
        core.members[member.prev].next = member.next
    if member.next == NONE:
        pool.idle_tail = member.prev
    else:
        core.members[member.next].prev = member.prev
    pool.idle -= 1


@compiled
def free_member_of(core, pool_row, preferred, giver):
    """The member of a pool's unit to call for its next case: the preferred one, else the longest idle in the
    group of whoever gives it (a member, or NONE), else the longest idle of the pool; NONE if nobody is
    free."""
    pool = core.pools[pool_row]
    if (
        preferred != NONE
        and core.members[preferred].idle
        and core.skill[preferred, pool.function] > 0.0
        and core.members[preferred].unit == pool.unit
    ):
        return preferred
    if giver != NONE:
        found = free_beside(core, giver, pool_row)
        if found != NONE:
            return found
    return pool.idle_head


@compiled
def member_to_call(core, slot, pool_row, preferred, giver):
    """The member of a pool to call for a case (see `free_member_of`); where several are free, whoever gives
    it (a member, or NONE) may choose another of them."""
    usual = free_member_of(core, pool_row, preferred, giver)
    if usual == NONE or giver == NONE:
        return usual
    return ask(core.decisions, HAND_TO, giver, slot, preferred, usual)


@compiled
def helps(core, helper_row, pool_row, slot):
    """Whether the members of a pool take up a case of another one: how far help comes is the case's own
    draw, so that whoever is nearer helps if anybody does."""
    helper, pool = core.pools[helper_row], core.pools[pool_row]
    chance = help_chance(core.rules[0], helper, pool, core.distances[helper.unit, pool.unit])
    return chance >= 1.0 or (chance > 0.0 and draw(core, slot, HELP) < chance)


@compiled
def free_helper_for(core, pool_row, slot):
    """The longest idle member of the nearest pool that helps with a case; NONE if nobody is free."""
    pool = core.pools[pool_row]
    for i in range(pool.help_from, pool.help_to):
        member = core.pools[core.helps[i]].idle_head
        if member == NONE:
            continue
        usual = helps(core, core.helps[i], pool_row, slot)
        if not usual and not is_asked(core.decisions, HELPS):
            continue
        while member != NONE:
            able = core.skill[member, pool.function] > 0.0
            if able and ask(core.decisions, HELPS, member, slot, NONE, usual) != 0:
                return member
            member = core.members[member].next
    return NONE


@compiled
def _first_come(policy, core, pool_row):
    return core.pools[pool_row].head


@compiled
def _highest_priority(policy, core, pool_row):
    chosen = NONE
    best = -float("inf")
    slot = core.pools[pool_row].head
    while slot != NONE:
        case = core.cases[slot]
        priority = policy(case, core.types[case.type], core.clock[0].now)
        if chosen == NONE or priority > best:
            chosen, best = slot, priority
        slot = case.next
    return chosen


@compiled
def first_in_line(core, pool_row):
    """The waiting case that is taken up next: the one that came first, or the one to which a policy
    gives the highest priority."""
    policy = core.policies.dispatch
    return either(policy, _first_come, _highest_priority)(policy, core, pool_row)


@compiled
def next_case_for(core, member_row):
    """The waiting case that a free member takes: of the own pool the one that is next in line, unless the
    member chooses another one, or none; else, of those that are next in line in pools that it helps, the one
    that has waited longest. NONE if nothing waits."""
    member = core.members[member_row]
    pool = core.pools[member.pool]
    if pool.head != NONE:
        slot = first_in_line(core, member.pool)
        slot = ask(core.decisions, CHOOSE_CASE, member_row, member.pool, NONE, slot)
        if slot != NONE:
            return slot
    chosen = NONE
    earliest = 0.0
    for i in range(pool.help_from, pool.help_to):
        other = core.pools[core.helps[i]]
        if other.head == NONE or core.skill[member_row, other.function] <= 0.0:
            continue
        slot = first_in_line(core, core.helps[i])
        since = core.cases[slot].since
        if chosen == NONE or since < earliest:
            usual = helps(core, member.pool, core.helps[i], slot)
            if ask(core.decisions, HELPS, member_row, slot, NONE, usual) != 0:
                chosen = slot
                earliest = since
    return chosen
