"""The care with which people work, where what they know, feel and are told comes together."""

import math

from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.attention import care_from_attention
from orgsim.mechanisms.customer_knowledge import care_from_knowledge
from orgsim.mechanisms.morale import care_from_morale
from orgsim.mechanisms.scripts import care_from_scripts


@compiled
def contact_hours(core, staff, row):
    """Hours of the week in contact with customers."""
    hours = 0.0
    for function in range(staff.treatment.shape[0]):
        hours += core.worked[row, function] * staff.treatment[function].contact
    return hours


@compiled
def care(rules, treatment, person, knowledge):
    """Factor on a person's defects: less with customer knowledge and morale (service quality mediates
    both: Brown & Lam 2008), with scripts for newcomers, with attention to quality."""
    factor = math.exp(-care_from_knowledge(rules, knowledge) - care_from_morale(rules, person))
    factor *= care_from_scripts(rules, treatment, person.newness)
    return factor * care_from_attention(rules, treatment, knowledge)
