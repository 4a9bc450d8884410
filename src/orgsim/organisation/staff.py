"""The people of an organisation as arrays for their weekly life."""

import math

import numpy as np

from orgsim.engine.operations.state import GONE, Core
from orgsim.engine.people import state
from orgsim.engine.people.state import Staff
from orgsim.engine.people.traits import name_founders
from orgsim.kernel.compiled import wrapping_keys
from orgsim.mechanisms.catalogue import write_rules, write_state
from orgsim.organisation.structure import NOBODY, Structure
from orgsim.organisation.workload import in_order
from orgsim.scenario import Scenario
from orgsim.scenario.reach import types_that_come
from orgsim.scenario.volume import weekly_cases
from orgsim.working_time import HOURS_PER_WEEK


def staff_for(scenario: Scenario, structure: Structure, core: Core, key: np.uint64) -> Staff:
    """Everybody at the start, in the first structure; `key` is the root of people's keys."""
    people = scenario.people
    places = len(structure.member_unit)
    rows, kinds = len(core.members), len(scenario.case_types)
    rules = _rules(scenario)
    persons = np.zeros(rows, state.PERSON)
    persons["seat"][:places] = np.arange(places)
    persons["seat"][places:] = NOBODY
    write_state("person", persons, scenario)
    seats = np.zeros(places, state.SEAT)
    seats["member"] = np.arange(places)
    for name in ("unit", "function", "pool", "group"):
        seats[name] = core.members[name][:places]
    with wrapping_keys():
        name_founders(rules, seats, persons, core.members, key)
    base = core.skill.copy()
    shares = np.zeros_like(base)
    shares[np.arange(rows), core.members["function"]] = 1.0
    exponent = float(rules["learning_exponent"][0])
    mastered = np.vectorize(lambda skill: math.pow(skill, 1.0 / exponent), otypes=[float])
    experience = people.mastery_hours * (mastered(base) if exponent > 0 else base)
    mixture = _expected_mixture(scenario, core)[core.members["pool"]]
    persons["variety"] = 1.0 - in_order(mixture**2)
    totals = np.zeros(1, state.TOTALS)
    totals["rows"] = int((core.members["status"] != GONE).sum())
    return Staff(
        rules=rules,
        persons=persons,
        seats=seats,
        treatment=treatments(scenario),
        units=unit_facts(scenario, structure),
        base=base,
        experience=experience,
        shares=shares,
        mixture=np.ascontiguousarray(mixture) if rows else np.zeros((0, kinds)),
        present=np.zeros((len(structure.units), base.shape[1])),
        beside=np.zeros(core.seated.shape),
        groups=np.zeros(len(core.groups), state.GROUP),
        standard=np.ones(len(core.pools)),
        totals=totals,
    )


def unit_facts(scenario: Scenario, structure: Structure) -> np.ndarray:
    """What a structure makes of every unit."""
    units = np.zeros(len(structure.units), state.UNIT)
    write_state("unit", units, scenario)
    units["ownership"] = structure.ownership
    return units


def contact_shares(scenario: Scenario) -> np.ndarray:
    """The share of each function's work that is done in contact with customers."""
    functions = list(scenario.company.functions)
    met, whole = np.zeros(len(functions)), np.zeros(len(functions))
    for case_type, cases in zip(scenario.case_types.values(), weekly_cases(scenario), strict=True):
        for activity in case_type.route:
            hours = activity.hours * cases.sum()
            met[functions.index(activity.function)] += hours * activity.contact
            whole[functions.index(activity.function)] += hours
    return met / np.maximum(whole, 1e-300)


def treatments(scenario: Scenario) -> np.ndarray:
    """How the people of each function are treated, by the company's own practices."""
    table = np.zeros(len(scenario.company.functions), state.TREATMENT)
    table["contact"] = contact_shares(scenario)
    table["turnover"] = [function.turnover for function in scenario.company.functions.values()]
    for name in table.dtype.names or ():
        if name in type(scenario.practices).model_fields:
            table[name] = getattr(scenario.practices, name)
    return table


def _expected_mixture(scenario: Scenario, core: Core) -> np.ndarray:
    """Shares of kinds of case in the work that is sent to each pool; where none is sent, all kinds that
    come alike."""
    hours = np.zeros((len(core.pools), len(core.types)))
    cases = weekly_cases(scenario)
    for row, step in enumerate(core.steps):
        for segment, pool in enumerate(core.routes[row]):
            if sent := step["hours"] * cases[step["type"], segment]:
                hours[pool, step["type"]] += sent
    whole = in_order(hours)[:, None]
    coming = types_that_come(scenario)
    kinds = np.array([name in coming or not coming for name in scenario.case_types], float)
    return np.where(whole > 0, hours / np.maximum(whole, 1e-300), kinds / kinds.sum())


def _rules(scenario: Scenario) -> np.ndarray:
    rules = np.zeros(1, state.RULES)
    write_rules("people", rules, scenario)
    rules["week_hours"] = HOURS_PER_WEEK
    return rules
