"""Proficiency: who is how fast at what, from skill, experience, recent work, colleagues and strain."""

from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.fatigue import tired
from orgsim.mechanisms.learning import experienced, skill_of
from orgsim.mechanisms.ownership import owning
from orgsim.mechanisms.peers import asked, peers_near
from orgsim.mechanisms.ramp_up import new_at_it
from orgsim.mechanisms.recent_work import remembered
from orgsim.mechanisms.specialisation import specialised
from orgsim.mechanisms.team_familiarity import among_strangers
from orgsim.mechanisms.variety import varied


@compiled
def gain_from_work(rules, share_of_work, peers):
    """What practice and colleagues of the function make of a person's speed on it: facts of the structure,
    never a bonus for a design's name (frame: Hopp & Van Oyen 2004)."""
    return specialised(rules, share_of_work) * asked(rules, peers)


@compiled
def condition(rules, person, unit):
    """What makes a person faster or slower at everything."""
    gains = varied(rules, person) * owning(rules, unit)
    losses = among_strangers(rules, person) * tired(rules, person)
    return gains * losses * new_at_it(rules, person) * person.talent


@compiled
def remember_work(core, staff, row):
    """Bring a person's recent work, its variety (Simpson's index over kinds of case) and experience up to
    date and empty the week's hours; a week without work changes no share."""
    rules = staff.rules[0]
    total = 0.0
    for function in range(staff.shares.shape[1]):
        hours = core.worked[row, function]
        total += hours
        staff.experience[row, function] = experienced(rules, staff.experience[row, function], hours)
    if total <= 0.0:
        return
    for function in range(staff.shares.shape[1]):
        share = core.worked[row, function] / total
        staff.shares[row, function] = remembered(rules, staff.shares[row, function], share)
        core.worked[row, function] = 0.0
    concentration = 0.0
    for kind in range(staff.mixture.shape[1]):
        share = core.kinds[row, kind] / total
        staff.mixture[row, kind] = remembered(rules, staff.mixture[row, kind], share)
        concentration += staff.mixture[row, kind] ** 2
        core.kinds[row, kind] = 0.0
    staff.persons[row].variety = 1.0 - concentration


@compiled
def set_speed(core, staff, row):
    """Write a person's speed on every function."""
    rules = staff.rules[0]
    member = core.members[row]
    near = core.groups[member.group].near
    far = core.distances[member.unit, member.unit]
    general = condition(rules, staff.persons[row], staff.units[member.unit])
    for function in range(staff.shares.shape[1]):
        base = staff.base[row, function]
        if base <= 0.0:
            continue
        experience = staff.experience[row, function]
        skill = skill_of(rules, base, experience)
        beside = staff.beside[member.group, function]
        elsewhere = staff.present[member.unit, function] - beside
        beside = max(0.0, beside - (member.function == function))
        peers = peers_near(beside, near, elsewhere, far)
        work = gain_from_work(rules, staff.shares[row, function], peers)
        core.skill[row, function] = skill * work * general
