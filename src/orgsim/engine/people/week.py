"""A week in people's lives, in one pass over everybody."""

from orgsim.engine.operations.booking import book_everybody
from orgsim.engine.operations.state import ABSENT, NONE, PERMANENT
from orgsim.engine.operations.ties import strengthen, ties_act
from orgsim.engine.people.care import care, contact_hours
from orgsim.engine.people.proficiency import remember_work, set_speed
from orgsim.engine.people.staffing import (
    backlog_of,
    call_and_release,
    count_on_duty,
    order,
    seek_and_start,
    set_overtime,
)
from orgsim.engine.people.turnover import fill_places, leave, quits
from orgsim.kernel.compiled import compiled, compiled_entry
from orgsim.mechanisms.catalogue import EVERY_WEEK
from orgsim.mechanisms.corner_cutting import haste_of, set_standard
from orgsim.mechanisms.customer_knowledge import hearsay, know
from orgsim.mechanisms.fatigue import loaded, tire
from orgsim.mechanisms.gaming import rewarded_unseen, time_on_the_score
from orgsim.mechanisms.morale import feel
from orgsim.mechanisms.scripts import scripted


@compiled
def count_present(core, staff):
    """Write who is where, and what units and groups know of customers."""
    for unit in range(staff.units.shape[0]):
        staff.units[unit].knowledge = 0.0
        staff.units[unit].people = 0.0
        for function in range(staff.present.shape[1]):
            staff.present[unit, function] = 0.0
    for group in range(staff.beside.shape[0]):
        staff.groups[group].knowledge = 0.0
        staff.groups[group].people = 0.0
        for function in range(staff.beside.shape[1]):
            staff.beside[group, function] = 0.0
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row == NONE:
            continue
        member = core.members[row]
        unit = staff.units[member.unit]
        unit.knowledge += member.knowledge
        unit.people += 1.0
        staff.present[member.unit, member.function] += 1.0
        staff.beside[member.group, member.function] += 1.0
        group = staff.groups[member.group]
        group.knowledge += member.knowledge
        group.people += 1.0


@compiled
def set_pace(core, staff, row):
    """The part of paid time that is left for cases: coordination, time spent with customers or on the
    score takes the rest."""
    rules = staff.rules[0]
    member = core.members[row]
    treatment = staff.treatment[member.function]
    share = core.pools[member.pool].coordination
    share += treatment.exposure * (1.0 - treatment.contact) / rules.week_hours
    share += time_on_the_score(rules, treatment, member.knowledge)
    member.coordination = min(rules.ceiling, share)
    member.pace = (1.0 - member.coordination) * (1.0 + member.overtime)


@compiled
def what_is_told(core, staff, row):
    """What a person hears of customers from the group and the rest of the unit, as they were when the week
    began."""
    member = core.members[row]
    unit, group = staff.units[member.unit], staff.groups[member.group]
    others = unit.people - group.people
    of_rest = (unit.knowledge - group.knowledge) / others if others > 0.0 else 0.0
    far = core.distances[member.unit, member.unit]
    near = core.groups[member.group].near
    return hearsay(member.knowledge, group.knowledge / group.people, near, of_rest, far, others / unit.people)


@compiled
def change(core, staff, row):
    """What a week does to one person."""
    rules = staff.rules[0]
    member = core.members[row]
    person = staff.persons[row]
    treatment = staff.treatment[member.function]
    unit = staff.units[member.unit]
    busy = (member.busy_hours - person.busy_before) / rules.week_hours * (1.0 + member.overtime)
    person.busy_before = member.busy_hours
    told = what_is_told(core, staff, row)
    member.knowledge = know(rules, treatment, member.knowledge, told, contact_hours(core, staff, row))
    person.load = loaded(rules, person.load, busy)
    person.fatigue = tire(rules, person.load)
    person.morale = feel(rules, treatment, person, member.returned, scripted(rules, treatment))
    member.returned = 0
    EVERY_WEEK(rules, treatment, unit, member, person)
    if ties_act(core):
        strengthen(core, row, member.group, rules.group_gain)
    remember_work(core, staff, row)
    member.care = care(rules, treatment, person, member.knowledge)


@compiled
def add_up(core, staff, row):
    """Add one person to the week's totals."""
    totals = staff.totals[0]
    rules = staff.rules[0]
    member = core.members[row]
    totals.people += 1.0
    totals.knowledge += member.knowledge
    totals.morale += staff.persons[row].morale
    totals.fatigue += staff.persons[row].fatigue
    totals.reward_unseen += rewarded_unseen(staff.treatment[member.function], member.knowledge)
    totals.staff_promoters += staff.persons[row].morale >= rules.staff_promoter_from
    totals.staff_detractors += staff.persons[row].morale < rules.staff_detractor_below


@compiled
def add_up_management(core, totals):
    """Write who leads, and how many exceptions have been decided, and where."""
    totals.managers = 0.0
    totals.exceptions = totals.far_exceptions = 0
    for row in range(core.nodes.shape[0]):
        node = core.nodes[row]
        totals.managers += 0.0 if node.is_owner else node.leadership
    for row in range(core.tallies.shape[0]):
        totals.exceptions += core.tallies[row].exceptions
        totals.far_exceptions += core.tallies[row].far_exceptions


@compiled_entry
def live_a_week(core, staff, week, backlogs):
    """Everybody's week: accounts are brought up to date; people learn, tire, feel, leave. `backlogs`
    receives the hours of work that wait in each pool."""
    book_everybody(core)
    for row in range(core.pools.shape[0]):
        backlogs[row] = backlog_of(core, row)
    totals = staff.totals[0]
    totals.people = 0.0
    totals.knowledge = totals.morale = totals.fatigue = totals.reward_unseen = 0.0
    totals.staff_promoters = totals.staff_detractors = 0.0
    totals.left = 0
    add_up_management(core, totals)
    count_present(core, staff)
    core.clock[0].fading *= staff.rules[0].tie_kept
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row == NONE:
            continue
        change(core, staff, row)
        if core.members[row].status != ABSENT and quits(core, staff, row, week):
            leave(core, staff, row, week)
        else:
            add_up(core, staff, row)


@compiled_entry
def begin_a_week(core, staff, week, hires, sizes, overtime, temporary):
    """Newcomers (if the company `hires`), overtime and temporary staff, speeds, paces and standards of
    the week that begins. Written by pool: `sizes`, the permanent staff on duty, and what is ordered,
    `overtime` as a share of working time and `temporary` staff in persons. Returns how many were
    hired."""
    hired = fill_places(core, staff, week) if hires else 0
    count_on_duty(core, staff, sizes)
    order(core, staff, sizes, overtime, temporary)
    set_overtime(core, staff, overtime)
    rules = staff.rules[0]
    count_present(core, staff)
    for row in range(core.pools.shape[0]):
        pool = core.pools[row]
        pool.effort, staff.standard[row] = set_standard(rules, staff.standard[row], pool.pressure)
        pool.haste = haste_of(rules, pool.effort)
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row == NONE:
            continue
        set_speed(core, staff, row)
        set_pace(core, staff, row)
    for place in range(staff.seats.shape[0]):
        row = staff.seats[place].member
        if row == NONE:
            continue
        member = core.members[row]
        if member.status == PERMANENT and member.case == NONE and not member.idle:
            seek_and_start(core, row)
    call_and_release(core, staff, temporary)
    return hired
