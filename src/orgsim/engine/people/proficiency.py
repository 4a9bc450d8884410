"""Proficiency: who is how fast at what, from skill, experience, recent work, colleagues and strain."""

from orgsim.kernel.compiled import compiled

#: peers of a function in the unit with which half of the gain from asking is reached
HALF_GAIN_PEERS = 3.0


@compiled
def skill_of(base, experience, mastery, exponent):
    """Skill on a function: time falls as experience^log2(PR) until it is mastered (Wright 1936), so
    skill = min(1, (n/n₁)^−log2(PR)); without learning, what it was at first."""
    if exponent <= 0.0:
        return base
    if experience >= mastery:
        return 1.0
    return (experience / mastery) ** exponent


@compiled
def gain_from_work(rules, share_of_work, peers):
    """(1 + s·share of recent work) · (1 + p·n/(n+3)), with n peers of the function in the unit: facts
    of the structure, never a bonus for a design's name (frame: Hopp & Van Oyen 2004)."""
    asked = 1.0 + rules.peers * peers / (peers + HALF_GAIN_PEERS)
    return (1.0 + rules.specialisation * share_of_work) * asked


@compiled
def condition(rules, person, unit):
    """What makes a person faster or slower at everything: varied work (Staats & Gino 2012), owning
    cases from end to end (Song, Tucker & Murrell 2015), strangers around (Huckman, Staats & Upton
    2009), fatigue (KC & Terwiesch 2009), being new."""
    gains = (1.0 + rules.variety * person.variety) * (1.0 + rules.ownership * unit.ownership)
    losses = (1.0 - rules.unfamiliarity * person.strange) * (1.0 - rules.fatigue_speed * person.fatigue)
    return gains * losses * (1.0 - (1.0 - rules.newcomer_speed) * person.newness)


@compiled
def remember_work(core, staff, row):
    """Bring a person's recent work, its variety and experience up to date and empty the week's hours:
    exponential averages; a week without work changes no share. Variety is Simpson's index over kinds
    of case; experience decays (Argote, Beckman & Epple 1990) and grows by the hours worked."""
    rules = staff.rules[0]
    total = 0.0
    for function in range(staff.shares.shape[1]):
        hours = core.worked[row, function]
        total += hours
        staff.experience[row, function] = staff.experience[row, function] * rules.retained + hours
    if total <= 0.0:
        return
    for function in range(staff.shares.shape[1]):
        change = core.worked[row, function] / total - staff.shares[row, function]
        staff.shares[row, function] += change / rules.memory
        core.worked[row, function] = 0.0
    concentration = 0.0
    for kind in range(staff.mixture.shape[1]):
        change = core.kinds[row, kind] / total - staff.mixture[row, kind]
        staff.mixture[row, kind] += change / rules.memory
        concentration += staff.mixture[row, kind] ** 2
        core.kinds[row, kind] = 0.0
    staff.persons[row].variety = 1.0 - concentration


@compiled
def set_speed(core, staff, row):
    """Write a person's speed on every function."""
    rules = staff.rules[0]
    member = core.members[row]
    general = condition(rules, staff.persons[row], staff.units[member.unit])
    for function in range(staff.shares.shape[1]):
        base = staff.base[row, function]
        if base <= 0.0:
            continue
        experience = staff.experience[row, function]
        skill = skill_of(base, experience, rules.mastery, rules.learning_exponent)
        peers = staff.present[member.unit, function] - (member.function == function)
        work = gain_from_work(rules, staff.shares[row, function], max(0.0, peers))
        core.skill[row, function] = skill * work * general
