"""Who leaves and who is hired: quitting as a hazard, vacancies, newcomers, absence."""

import math

from orgsim.engine.operations.queues import end_idleness
from orgsim.engine.operations.state import ABSENT, GONE, LEAVING, NONE, PERMANENT
from orgsim.engine.people.traits import draw_traits
from orgsim.kernel.compiled import compiled, compiled_entry
from orgsim.kernel.decisions import LEAVES, ask
from orgsim.kernel.randomness import derive, exponential, uniform
from orgsim.mechanisms.customer_knowledge import newcomers_knowledge
from orgsim.mechanisms.fatigue import leaves_for_fatigue
from orgsim.mechanisms.learning import experience_for
from orgsim.mechanisms.morale import stays_for_morale
from orgsim.mechanisms.staff_loss import is_absent
from orgsim.mechanisms.turnover import quit_hazard
from orgsim.mechanisms.vacancies import vacancy
from orgsim.mechanisms.variety import stays_for_variety

# occasions of a person's key, apart from weeks (which count from 0), and of a seat's
ABSENCE, CHOICE, TRAITS = 1 << 40, 1 << 41, 1 << 43
VACANCY = 1 << 42


@compiled
def take_off_duty(core, row):
    """Nobody calls this member any more; the job in hand is finished first."""
    member = core.members[row]
    member.overtime = 0.0
    if member.idle:
        end_idleness(core, row)
    if member.case == NONE:
        member.status = GONE
        member.left_at = core.clock[0].now
    else:
        member.status = LEAVING


@compiled
def leave(core, staff, row, week):
    """A person leaves: the place is vacant for a while."""
    rules = staff.rules[0]
    seat = staff.seats[staff.persons[row].seat]
    take_off_duty(core, row)
    seat.member = NONE
    seat.generation += 1
    key = derive(derive(seat.key, seat.generation), VACANCY)
    weeks = vacancy(rules, staff.treatment[seat.function], exponential(key))
    seat.vacant_until = week + 1 + int(weeks)
    staff.totals[0].left += 1


@compiled
def quits(core, staff, row, week):
    """Whether a person quits this week: of their own will, or else by chance."""
    return ask(core.decisions, LEAVES, row, week, NONE, may_quit(core, staff, row, week)) != 0


@compiled
def may_quit(core, staff, row, week):
    """Whether chance makes a person quit this week."""
    rules = staff.rules[0]
    if rules.hazard <= 0.0:
        return False
    person = staff.persons[row]
    tired, content = leaves_for_fatigue(rules, person), stays_for_morale(rules, person)
    treatment = staff.treatment[core.members[row].function]
    hazard = quit_hazard(rules, treatment, tired, content, stays_for_variety(rules, person))
    return uniform(derive(person.key, week)) < 1.0 - math.exp(-hazard)


@compiled
def settle_in(core, staff, row, place, week):
    """A newcomer takes a place: mastered home function, no recent work, no acquaintances."""
    rules = staff.rules[0]
    seat = staff.seats[place]
    member = core.members[row]
    person = staff.persons[row]
    treatment = staff.treatment[seat.function]
    now = core.clock[0].now
    person.key = derive(seat.key, seat.generation)
    person.seat = place
    person.first_week = week
    draw_traits(rules, person, member, derive(person.key, TRAITS))
    person.fatigue = 0.0
    person.strange = 1.0
    person.newness = 1.0
    person.variety = rules.variety_usual
    person.chosen_for_service = uniform(derive(person.key, CHOICE)) < treatment.service_minded
    member.knowledge = newcomers_knowledge(rules, person.chosen_for_service)
    member.unit = seat.unit
    member.pool = seat.pool
    member.group = seat.group
    member.account = seat.pool
    member.function = seat.function
    member.status = PERMANENT
    member.booked = now
    member.joined_at = now
    member.care = 1.0
    member.coordination = core.pools[seat.pool].coordination
    member.pace = 1.0 - member.coordination
    seat.member = row


@compiled
def inherit_skills(core, staff, row, model):
    """A newcomer can do what the first holder of the place could, at the level of the start."""
    for function in range(staff.base.shape[1]):
        base = staff.base[model, function]
        staff.base[row, function] = base
        staff.shares[row, function] = 1.0 if function == core.members[row].function else 0.0
        staff.experience[row, function] = experience_for(staff.rules[0], base)


@compiled
def fill_places(core, staff, week):
    """Newcomers take the places whose vacancy is over, as far as there are rows. Returns how many."""
    hired = 0
    totals = staff.totals[0]
    for place in range(staff.seats.shape[0]):
        seat = staff.seats[place]
        if seat.member != NONE or seat.closed or seat.vacant_until > week:
            continue
        row = totals.rows
        if row == core.members.shape[0]:
            break
        totals.rows += 1
        hired += 1
        settle_in(core, staff, row, place, week)
        inherit_skills(core, staff, row, place)
    return hired


@compiled_entry
def set_absence(core, staff, share):
    """People are absent, the same ones in every organisation, or come back, to begin with the week;
    absence is paid."""
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row == NONE:
            continue
        member = core.members[row]
        absent = is_absent(uniform(derive(staff.persons[row].key, ABSENCE)), share)
        if absent and member.status == PERMANENT:
            if member.idle:
                end_idleness(core, row)
            member.status = ABSENT
        elif not absent and member.status == ABSENT:
            member.status = PERMANENT


@compiled_entry
def dismiss(core, staff, places):
    """Close these places; whoever has one leaves."""
    for i in range(places.shape[0]):
        seat = staff.seats[places[i]]
        seat.closed = 1
        if seat.member != NONE:
            take_off_duty(core, seat.member)
            seat.member = NONE
