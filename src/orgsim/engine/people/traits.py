"""What is a person's own, wherever the person is put: drawn from keys, the same in every design."""

from orgsim.kernel.compiled import compiled, compiled_entry
from orgsim.kernel.randomness import derive
from orgsim.mechanisms.morale_set_points import set_point
from orgsim.mechanisms.talent import talent_of
from orgsim.mechanisms.tenure import left_after, weeks_served
from orgsim.mechanisms.ties import sociability_of

# occasions of the key of a person's traits
TALENT, SET_POINT, TENURE, SOCIABILITY = range(4)
#: occasions of the root of people's keys, by function, apart from places (which count from 0)
FOUNDERS = 1 << 43


@compiled
def draw_traits(rules, person, member, key):
    """A person's talent, sociability and own morale, in which the person begins."""
    person.talent = talent_of(rules, derive(key, TALENT))
    person.morale_set_point = set_point(rules, derive(key, SET_POINT))
    person.morale = person.morale_set_point
    member.sociability = sociability_of(rules, derive(key, SOCIABILITY))


@compiled
def look_back(rules, person, member, key):
    """What the years of somebody of the start have left: of being new and among strangers, and of how little
    of customers a newcomer knows."""
    if rules.tenure_spread <= 0.0:
        return
    weeks = weeks_served(rules, derive(key, TENURE))
    person.first_week = -1 - int(weeks)
    person.newness = left_after(rules.newness_kept, weeks)
    person.strange = left_after(rules.familiarity_kept, weeks)
    missing = (1.0 - rules.newcomer_knowledge) * left_after(1.0 - rules.knowledge_forgotten, weeks)
    member.knowledge = rules.knowledge_at_start * (1.0 - missing)


@compiled_entry
def name_founders(rules, seats, persons, members, key):
    """The keys of seats and of the people of the start, and these people's traits, which follow from their
    function and their number in it: a hire elsewhere changes nobody. People of a function are neighbours."""
    number = 0
    for place in range(seats.shape[0]):
        seat = seats[place]
        seat.key = derive(key, place)
        person = persons[place]
        person.key = derive(seat.key, 0)
        number = number + 1 if place > 0 and seats[place - 1].function == seat.function else 0
        own = derive(derive(key, FOUNDERS + seat.function), number)
        draw_traits(rules[0], person, members[place], own)
        look_back(rules[0], person, members[place], own)
