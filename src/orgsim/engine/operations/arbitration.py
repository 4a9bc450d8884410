"""Exceptions and their decisions: near (the head of the group) or far (the lowest common superior).

Managers are servers with few attention hours; each level between the group and the superior adds its
own queue, so that arbitration congests by itself (Galbraith 1974; the exception handling of the
Virtual Design Team, Jin & Levitt 1996). A node's leadership is counted in time: its desks share what it
has. Whoever decides gives a matter full attention, and is then taken for as much longer as a desk's share of
a manager is smaller: a fifth of a manager is not five times as slow, but five times as soon busy.
"""

from orgsim.engine.operations.agenda import schedule
from orgsim.engine.operations.booking import book_wait
from orgsim.engine.operations.nearness import sits_beside, sits_in
from orgsim.engine.operations.occasions import (
    CENTRALISE,
    CONCERN,
    DECISION,
    EXCEPTION,
    OUTCOME,
    PROCEED,
    draw,
    draw_again,
    occasion,
)
from orgsim.engine.operations.quality import record_defect
from orgsim.engine.operations.state import (
    ARRIVES,
    DECISION_ENDS,
    DESK_FREES,
    FORWARD,
    HELD,
    IN_ARBITRATION,
    NONE,
    REWORK,
)
from orgsim.engine.operations.ties import meet, tie, tie_to_pool
from orgsim.kernel.compiled import compiled
from orgsim.kernel.decisions import DECIDES, ask
from orgsim.kernel.policies import either
from orgsim.kernel.randomness import exponential
from orgsim.mechanisms.arbitration import exception_chance, is_too_old, part_to_redo, rework_chance
from orgsim.mechanisms.asking_friends import friend_chance

#: levels of a matter that nobody has decided in time
OVERDUE = -1


@compiled
def exception_arises(core, slot):
    """Whether an activity needs a decision."""
    case = core.cases[slot]
    chance = exception_chance(core.rules[0], core.steps[case.step], case)
    return chance > 0.0 and draw(core, slot, EXCEPTION) < chance


@compiled
def own_head(core, slot):
    """The next superior of whoever has the case: the head of the group; of somebody who helps another unit,
    the head of that unit."""
    case = core.cases[slot]
    unit = core.pools[core.routes[case.step, case.segment]].unit
    return core.groups[core.members[case.member].group].head if sits_in(core, case.member, unit) else unit


@compiled
def head_of_step(core, slot, step):
    """Who leads those whom a step of the case concerns: the head of whoever has done it, else that of the own
    group where somebody of the function sits in it, else the head of the unit that does it."""
    case = core.cases[slot]
    pool_row = core.routes[step, case.segment]
    unit = core.pools[pool_row].unit
    row = core.visits[slot, step - core.types[case.type].first].member
    if row == NONE and sits_beside(core, case.member, pool_row):
        row = case.member
    if row == NONE or not sits_in(core, row, unit):
        return unit
    return core.groups[core.members[row].group].head


@compiled
def common_superior(core, one, other):
    """The lowest node that is above both, or is one of them; `one` where there is none."""
    first = one
    while one != other:
        depth = core.nodes[one].depth
        if depth >= core.nodes[other].depth:
            one = core.nodes[one].parent
        if core.nodes[other].depth >= depth:
            other = core.nodes[other].parent
        if one == NONE or other == NONE:
            return first
    return one


@compiled
def concerned_step(core, slot):
    """Another step of the case's route that a matter concerns; NONE where it concerns the own group alone."""
    rules = core.rules[0]
    case = core.cases[slot]
    route = core.types[case.type]
    others = route.last - route.first
    if others <= 0 or draw(core, slot, CONCERN) >= rules.concerns_others:
        return NONE
    other = route.first + int(draw_again(core, slot, CONCERN, 1) * others)
    return other + 1 if other >= case.step else other


@compiled
def asks_a_friend(core, slot, step):
    """Whether a matter is settled directly with whoever has done that other step, or with the people of the
    pool that will do it."""
    rules = core.rules[0]
    if rules.friend <= 0.0:
        return False
    case = core.cases[slot]
    row = core.visits[slot, step - core.types[case.type].first].member
    if row != NONE:
        known = tie(core, case.member, core.members[row].group)
    else:
        known = tie_to_pool(core, case.member, core.routes[step, case.segment])
    targets = core.pools[core.members[case.member].pool].local_targets
    return draw_again(core, slot, CONCERN, 5) < friend_chance(rules, targets, known)


@compiled
def decide_together(core, slot, step):
    """Whoever has the case and whoever has done the other step that a matter concerns come to know each
    other."""
    row = core.visits[slot, step - core.types[core.cases[slot].type].first].member
    if row != NONE:
        meet(core, core.cases[slot].member, row)


@compiled
def deciding_node(core, slot, other):
    """Who decides a matter that concerns the step `other` too (or NONE): the own head if everyone concerned
    is in the group, else the lowest common superior of those concerned, or (in a matrix) between units the
    owner of the process; one level further up with the chance `centralisation`."""
    rules = core.rules[0]
    home = own_head(core, slot)
    node = home
    if rules.far < 1.0 and draw_again(core, slot, CONCERN, 2) >= rules.far:
        return node
    if other != NONE:
        node = common_superior(core, home, head_of_step(core, slot, other))
        owner = core.owners[core.types[core.cases[slot].type].process]
        between = core.nodes[node].led_unit == NONE
        if between and owner != NONE and draw_again(core, slot, CONCERN, 3) < rules.transversality:
            return owner
    parent = core.nodes[node].parent
    if parent != NONE and rules.centralisation > 0.0:
        if draw(core, slot, CENTRALISE) < rules.centralisation:
            node = parent
    return node


@compiled
def start_decision(core, slot):
    """A manager gives the matter attention: in full where it is decided, in part on the way up. The desk is
    taken until the manager's share of time has paid for it. A matter that is too old proceeds as it is."""
    rules = core.rules[0]
    case = core.cases[slot]
    node = core.nodes[case.node]
    if is_too_old(rules, core.clock[0].now - case.exception_at):
        case.decision = 0.0
        case.target = case.node
        case.levels = OVERDUE
    hours = case.decision
    if case.node != case.target:
        hours *= rules.forwarding
    node.hours += hours
    now = core.clock[0].now
    taken = hours / node.attention
    schedule(core, now + taken, DECISION_ENDS, slot, 0)
    schedule(core, now + taken * (node.managers / node.leadership), DESK_FREES, case.node, 0)


@compiled
def consult(core, slot):
    """The matter joins the desk of the managers of its current level."""
    case = core.cases[slot]
    node = core.nodes[case.node]
    case.next = NONE
    if node.tail == NONE:
        node.head = slot
    else:
        core.cases[node.tail].next = slot
    node.tail = slot
    node.waiting += 1


@compiled
def attend(core, row):
    """A free manager of this node, if there is one, turns to the first matter on the desk."""
    node = core.nodes[row]
    if node.idle <= 0 or node.head == NONE:
        return
    slot = node.head
    node.head = core.cases[slot].next
    if node.head == NONE:
        node.tail = NONE
    node.waiting -= 1
    node.idle -= 1
    start_decision(core, slot)


@compiled
def raise_exception(core, slot):
    """The case stops until somebody with authority has decided: a manager, or whoever had the case: for what
    concerns the group alone with the chance `autonomy`, for what concerns others with a friend's help, unless
    that person decides otherwise whether to escalate."""
    rules = core.rules[0]
    case = core.cases[slot]
    other = concerned_step(core, slot)
    case.target = deciding_node(core, slot, other)
    case.node = own_head(core, slot)
    directly = case.target != case.node and other != NONE and asks_a_friend(core, slot, other)
    if directly:
        case.target = case.node
    if other != NONE:
        decide_together(core, slot, other)
    unit = core.pools[core.routes[case.step, case.segment]].unit
    alone = sits_in(core, case.member, unit) and core.groups[core.members[case.member].group].people == 1
    near = case.target == case.node
    own = alone or draw_again(core, slot, CONCERN, 4) < rules.autonomy
    by_oneself = directly or (near and own)
    by_oneself = ask(core.decisions, DECIDES, case.member, slot, not near, by_oneself) != 0
    case.levels = 0
    case.exception_at = core.clock[0].now
    case.decision = rules.decision_hours * exponential(occasion(core, slot, DECISION))
    tally = core.tallies[case.type]
    tally.exceptions += 1
    tally.far_exceptions += not near
    case.state = IN_ARBITRATION
    if by_oneself:
        case.node = NONE
        schedule(core, core.clock[0].now + case.decision, DECISION_ENDS, slot, 0)
        return HELD
    consult(core, slot)
    attend(core, case.node)
    return HELD


@compiled
def settle(core, slot):
    """The outcome: rework, correct or proceed; proceeding costs quality (Jin & Levitt 1996)."""
    rules = core.rules[0]
    case = core.cases[slot]
    tally = core.tallies[case.type]
    tally.settled += 1
    tally.latency += core.clock[0].now - case.exception_at
    book_wait(core, slot)
    if case.levels == OVERDUE:
        if draw(core, slot, PROCEED) < rules.proceed_defect:
            record_defect(core, slot, 0.0)
        return FORWARD
    policy = core.policies.outcome
    rework = either(policy, rework_chance, policy)(rules, case.levels)
    fate = draw(core, slot, OUTCOME)
    if fate < rework + rules.outcome_correct:
        share = rules.rework_share if fate < rework else rules.correction_share
        case.portion = part_to_redo(rules, core.steps[case.step], case, share)
        case.mode = REWORK
        case.reworks += 1
        return ARRIVES
    if draw(core, slot, PROCEED) < rules.proceed_defect:
        record_defect(core, slot, 0.0)
    return FORWARD


@compiled
def end_decision(core, slot):
    """A manager has looked at a case: it goes one level up, or the matter is settled."""
    case = core.cases[slot]
    row = case.node
    decided = True
    if row != NONE:
        node = core.nodes[row]
        decided = row == case.target or node.parent == NONE
        if not decided:
            case.node = case.target if core.nodes[case.target].is_owner else node.parent
            case.levels += 1
            consult(core, slot)
            attend(core, case.node)
        else:
            node.decisions += 1.0
    return settle(core, slot) if decided else HELD


@compiled
def free_desk(core, row):
    """A manager of this node has time again."""
    core.nodes[row].idle += 1
    attend(core, row)
    return HELD
