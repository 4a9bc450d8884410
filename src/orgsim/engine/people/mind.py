"""Customer knowledge, morale, fatigue, and the care with which people work."""

import math

from orgsim.kernel.compiled import compiled


@compiled
def contact_hours(core, staff, row):
    """Hours of the week in contact with customers."""
    hours = 0.0
    for function in range(staff.treatment.shape[0]):
        hours += core.worked[row, function] * staff.treatment[function].contact
    return hours


@compiled
def know(rules, treatment, knowledge, of_unit, contact):
    """Customer knowledge after a week: a stock that grows with contact, exposure, customers' messages
    and personas (which caricature: up to half of what can be known), moves to the mean of the unit,
    and is forgotten."""
    missing = 1.0 - knowledge
    gained = rules.knowledge_contact * (contact + treatment.exposure) * missing
    gained += rules.knowledge_feedback * treatment.feedback * missing
    gained += rules.knowledge_personas * treatment.personas * max(0.0, 0.5 - knowledge)
    shared = rules.knowledge_sharing * (of_unit - knowledge)
    level = knowledge + gained + shared - rules.knowledge_forgotten * knowledge
    return min(1.0, max(0.0, level))


@compiled
def tire(rules, load):
    """Fatigue from the load of late, the busy share of time with overtime: none below a turning point
    (Berry Jaeker & Tucker 2017: near 93 %), full where no pause is left."""
    if rules.fatigue_from >= 1.0:
        return 0.0
    return min(1.0, max(0.0, (load - rules.fatigue_from) / (1.0 - rules.fatigue_from)))


@compiled
def feel(rules, treatment, person, returned):
    """Morale follows workload, returned work, autonomy, recognition and management."""
    level = rules.morale_at_start
    level -= rules.morale_workload * person.fatigue + rules.morale_bounces * returned
    scripted = (treatment.scripts - rules.reference_scripts) * treatment.contact
    level += rules.morale_autonomy * (treatment.autonomy - rules.reference_autonomy - scripted)
    level += rules.morale_recognition * (treatment.recognition - rules.reference_recognition)
    level += rules.morale_management * (treatment.people_skills - rules.reference_people_skills)
    level = min(1.0, max(0.0, level))
    return person.morale + (level - person.morale) / rules.morale_weeks


@compiled
def care(rules, treatment, person, knowledge):
    """Factor on a person's defects: less with customer knowledge and morale (service quality mediates
    both: Brown & Lam 2008); scripts help newcomers and hinder experts; rewarded satisfaction draws
    attention to quality where people see the customer."""
    known = rules.knowledge_quality * (knowledge - rules.knowledge_at_start)
    minded = rules.morale_quality * (person.morale - rules.morale_at_start)
    factor = math.exp(-known - minded)
    scripted = (treatment.scripts - rules.reference_scripts) * treatment.contact
    new = person.newness
    factor *= 1.0 - scripted * (rules.scripts_novices * new - rules.scripts_experts * (1.0 - new))
    return factor * (1.0 - rules.attention * treatment.satisfaction_reward * knowledge)


@compiled
def set_standard(rules, standard, pressure):
    """Time spent per case and the time that people think right, after a week: pressure makes people cut
    corners, and the standard anchors on what is spent, quickly down and hardly up (Oliva & Sterman
    2001). Both relative to what was right at first. Returns effort, standard."""
    spent = standard * (1.0 - rules.corner_cutting * min(1.0, pressure))
    if spent < standard:
        standard += rules.erosion * (spent - standard) / rules.standard_down_weeks
    else:
        standard += rules.erosion * (1.0 - standard) / rules.standard_up_weeks
    return standard * (1.0 - rules.corner_cutting * min(1.0, pressure)), standard
