"""Work: a member takes up a case, spends hours on it, and leaves it done, returned or in doubt."""

from orgsim.engine.operations.agenda import schedule, withdraw
from orgsim.engine.operations.booking import book_idle, book_wait, book_work
from orgsim.engine.operations.handoff import keeps
from orgsim.engine.operations.nearness import distance, mean_distance
from orgsim.engine.operations.occasions import BOUNCES, EARLY, HOURS, draw, draw_again, occasion
from orgsim.engine.operations.quality import defect_is_caught
from orgsim.engine.operations.state import (
    BOUNCE,
    IN_QUEUE,
    IN_TRANSIT,
    IN_WORK,
    NONE,
    REPAIR,
    REWORKING,
    TRANSFER_ENDS,
    TRIAGE,
    WORK,
    WORK_ENDS,
)
from orgsim.engine.operations.ties import meet, tie, ties_act
from orgsim.kernel.compiled import compiled
from orgsim.kernel.policies import either
from orgsim.kernel.randomness import duration
from orgsim.mechanisms.bounces import bounce_chance, repair_hours, triage_hours
from orgsim.mechanisms.early_handoff import early_handoff_chance, left_after_early_handoff
from orgsim.mechanisms.familiarisation import familiarisation_hours
from orgsim.mechanisms.information import kept_between
from orgsim.mechanisms.switching import hours_to_switch
from orgsim.mechanisms.ties import strangeness


@compiled
def has_touched(core, slot, row):
    """Whether this member has worked on this case before."""
    route = core.types[core.cases[slot].type]
    for position in range(route.last - route.first + 1):
        if core.visits[slot, position].member == row:
            return True
    return False


@compiled
def is_bounced(core, slot, far):
    """Whether whoever takes over a case, at the distance `far`, returns it to the step before."""
    policy = core.policies.bounce
    case = core.cases[slot]
    if not case.handed or case.origin == NONE:
        return False
    pool = core.pools[core.routes[case.step, case.segment]]
    chance = min(1.0, far) * either(policy, bounce_chance, policy)(case, pool, core.rules[0])
    return chance > 0.0 and draw_again(core, slot, BOUNCES, case.bounces) < chance


@compiled
def is_handed_over_early(core, slot, row):
    """Whether member `row` passes on incomplete work to others."""
    rules = core.rules[0]
    case = core.cases[slot]
    if rules.early_handoff <= 0.0 or case.step == core.types[case.type].last:
        return False
    if keeps(core, row, slot, case.step + 1):
        return False
    here = core.pools[core.routes[case.step, case.segment]]
    far = mean_distance(core, row, core.routes[case.step + 1, case.segment])
    chance = early_handoff_chance(rules, here, far)
    return chance > 0.0 and draw(core, slot, EARLY) < chance


@compiled
def lose_information(core, slot, row, far):
    """What is not passed on to member `row`, at the distance `far`, by whoever had the case: nothing on the
    way back from a detour."""
    case = core.cases[slot]
    if not case.handed or case.told:
        return
    rules = core.rules[0]
    here, there = core.members[case.member], core.members[row]
    knows = core.skill[case.member, there.function] > 0.0 or core.skill[row, here.function] > 0.0
    strange = here.function != there.function and not knows
    far *= strangeness(rules, tie(core, case.member, there.group))
    kept = kept_between(rules, core.pools[here.pool], core.pools[there.pool], far, strange)
    case.information *= kept
    if case.early:
        case.information *= left_after_early_handoff(rules)


@compiled
def take_over(core, slot, row):
    """Member `row` takes over a case from somebody else: some of what is known is lost, and what the receiver
    sees may have to go back; and they come to know each other."""
    case = core.cases[slot]
    case.handoffs += 1
    if case.mode == WORK:
        far = distance(core, case.member, row)
        lose_information(core, slot, row, far)
        if is_bounced(core, slot, far):
            case.mode = TRIAGE
            case.cause = BOUNCE
        elif defect_is_caught(core, slot, row):
            case.mode = TRIAGE
            case.cause = REWORKING
    if ties_act(core):
        tally = core.tallies[case.type]
        tally.changes += 1
        tally.tie += tie(core, case.member, core.members[row].group)
        meet(core, case.member, row)


@compiled
def base_hours(core, slot):
    """Hours of the current step at complexity 1 and speed 1: the same in every organisation."""
    step = core.steps[core.cases[slot].step]
    return duration(occasion(core, slot, HOURS), step.family, step.hours, step.spread)


@compiled
def job_hours(core, slot, row):
    """Hours that the job takes this member, and the share of them spent on getting into it.

    base hours × complexity × part to do × what is left of it × effort ÷ speed, + familiarisation for a
    new person (grows with the missing information), + a switch cost if the kind of case differs from the
    member's last."""
    rules = core.rules[0]
    case = core.cases[slot]
    member = core.members[row]
    step = core.steps[case.step]
    if case.mode == TRIAGE:
        return triage_hours(rules, step, case), 0.0
    if case.mode == REPAIR:
        return repair_hours(rules, step, case), 0.0
    hours = base_hours(core, slot) * case.complexity * case.portion * case.left
    hours *= core.pools[core.routes[case.step, case.segment]].effort / core.skill[row, step.function]
    if case.mode == WORK and is_handed_over_early(core, slot, row):
        case.early = 1
        hours *= left_after_early_handoff(rules)
    overhead = 0.0
    if rules.familiarisation > 0.0 and not has_touched(core, slot, row):
        overhead += familiarisation_hours(rules, step, case)
    if member.last_type != case.type:
        overhead += hours_to_switch(rules, step)
    total = hours + overhead
    return total, (overhead / total if total > 0.0 else 0.0)


@compiled
def start_job(core, row, slot):
    """A member takes up a case (which has left its queue)."""
    now = core.clock[0].now
    case = core.cases[slot]
    member = core.members[row]
    if case.state == IN_QUEUE:
        core.tallies[case.type].waiting += now - case.since
    book_wait(core, slot)
    if member.booked < now:
        book_idle(core, row)
    if case.member != row:
        if case.member >= 0:
            take_over(core, slot, row)
        case.member = row
    case.handed = case.told = case.early = 0
    hours, member.familiar_share = job_hours(core, slot, row)
    member.returned += case.mode == REPAIR
    visit = core.visits[slot, case.step - core.types[case.type].first]
    visit.member = row
    case.state = IN_WORK
    member.case = slot
    member.last_type = case.type
    member.started = now
    schedule(core, now + hours / member.pace, WORK_ENDS, row, 0)


@compiled
def give_up_job(core, row):
    """Between two events, a member leaves the job in hand, as far as it is, to whoever does it now: the
    case is handed over at once."""
    now = core.clock[0].now
    member = core.members[row]
    slot = member.case
    case = core.cases[slot]
    book_work(core, row, slot)
    ends = withdraw(core, WORK_ENDS, row)
    case.left *= (ends - now) / (ends - member.started)
    case.early = 0
    case.state = IN_TRANSIT
    member.case = NONE
    schedule(core, now, TRANSFER_ENDS, slot, 0)
