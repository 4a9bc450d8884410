"""From a structure to the arrays that the compiled core reads: a new design is new tables."""

from math import ceil

import numpy as np

from orgsim.operations import state
from orgsim.operations.state import NONE, OFF_DUTY, PERMANENT, Core
from orgsim.organisation.structure import NOBODY, Structure
from orgsim.randomness import CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL, log_spread
from orgsim.scenario import HOURS_PER_WEEK, Scenario
from orgsim.scenario.company import Activity

_FAMILIES = {
    "constant": CONSTANT,
    "exponential": EXPONENTIAL,
    "gamma": GAMMA,
    "lognormal": LOGNORMAL,
}
_FIRST_SLOTS = 256


def core_for(scenario: Scenario, structure: Structure) -> Core:
    """The core of one organisation, at time 0, empty of cases."""
    steps, types = _routes(scenario)
    pools, helps = _pools(structure)
    members, skill = _members(scenario, structure, pools)
    kinds, functions = len(types), len(scenario.company.functions)
    clock = np.zeros(1, state.CLOCK)
    clock["free"] = _FIRST_SLOTS
    longest = int((types["last"] - types["first"]).max()) + 1
    return Core(
        clock=clock,
        rules=_rules(scenario, structure),
        steps=steps,
        types=types,
        routes=_routing(scenario, structure, pools),
        pools=pools,
        nodes=_nodes(scenario, structure),
        members=members,
        skill=skill,
        arbiters=_arbiters(structure),
        helps=helps,
        cases=np.zeros(_FIRST_SLOTS, state.CASE),
        visits=np.zeros((_FIRST_SLOTS, longest), state.VISIT),
        free=np.arange(_FIRST_SLOTS)[::-1].copy(),
        agenda=np.zeros(1024, state.EVENT),
        arrivals=np.zeros(0, state.ARRIVAL),
        closed=np.zeros(4096, state.CLOSED),
        paid=np.zeros((2 * len(pools), len(state.LINES))),
        lead=np.zeros((kinds, len(state.LINES))),
        worked=np.zeros((len(members), functions)),
        tallies=np.zeros(kinds, state.TALLY),
        cycles=np.zeros((kinds, state.CYCLE_BINS), np.int64),
    )


def _rules(scenario: Scenario, structure: Structure) -> np.ndarray:
    handoff = scenario.frictions.handoff
    arbitration = scenario.frictions.arbitration
    quality = scenario.frictions.quality
    lost = (1.0 - handoff.information_kept) * (1.0 - handoff.data_sharing)
    values = {
        "transfer_hours": handoff.transfer_hours,
        "transfer_spread": log_spread(handoff.transfer_cv),
        "transfer_factor": 1.0 + handoff.remote_penalty * handoff.remote_share,
        "information_kept": 1.0 - lost,
        "familiarisation": handoff.familiarisation,
        "switch_hours": scenario.people.switch_hours,
        "bounce": handoff.bounce,
        "triage_share": handoff.triage,
        "repair_share": handoff.repair_work,
        "repair": handoff.repair,
        "early_handoff": handoff.early_handoff,
        "early_share": handoff.early_share,
        "local_kpi": structure.design.local_targets,
        "exception_rate": arbitration.exception_rate,
        "novelty": 1.0,
        "concerns_others": arbitration.concerns_others,
        "centralisation": arbitration.centralisation,
        "decision_hours": arbitration.decision_hours,
        "forwarding": arbitration.forwarding,
        "outcome_rework": arbitration.rework,
        "outcome_rework_per_level": arbitration.rework_per_level,
        "outcome_correct": arbitration.correct,
        "rework_share": quality.rework_share,
        "correction_share": arbitration.correction_share,
        "proceed_defect": arbitration.proceed_defect,
        "defect_rate": quality.defect_rate,
        "defect_information": quality.missing_information,
        "defect_pressure": quality.pressure,
        "catch": quality.catch,
        "repeat_lag": quality.repeat_lag,
    }
    rules = np.zeros(1, state.RULES)
    if set(values) != set(rules.dtype.names or ()):
        raise AssertionError("the rules of the core and their values have parted")
    for name, value in values.items():
        rules[name] = value
    return rules


def _spread(activity: Activity) -> float:
    return log_spread(activity.cv) if activity.distribution == "lognormal" else activity.cv


def _routes(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    functions = list(scenario.company.functions)
    names = list(scenario.case_types)
    total = sum(len(case_type.route) for case_type in scenario.case_types.values())
    steps, types = np.zeros(total, state.STEP), np.zeros(len(names), state.TYPE)
    first = 0
    for row, (name, case_type) in enumerate(scenario.case_types.items()):
        for number, activity in enumerate(case_type.route):
            back = number if activity.return_to is None else activity.return_to - 1
            steps[first + number] = (
                functions.index(activity.function),
                _FAMILIES[activity.distribution],
                first + back,
                row,
                activity.hours,
                _spread(activity),
                activity.exceptions,
                activity.defects,
                activity.return_probability,
            )
        types[row] = (
            first,
            first + len(case_type.route) - 1,
            names.index(case_type.repeat_as or name),
            log_spread(case_type.complexity_cv),
            case_type.patience,
            case_type.promise,
        )
        first += len(case_type.route)
    return steps, types


def _pools(structure: Structure) -> tuple[np.ndarray, np.ndarray]:
    """A pool for each function that has people or work in a unit, and the pools that help each other."""
    homes = zip(structure.member_unit, structure.member_function, strict=True)
    pairs = {(int(unit), int(function)) for unit, function in homes}
    for function, division in enumerate(structure.unit_of):
        pairs |= {(int(unit), function) for unit in division.ravel() if unit != NOBODY}
    ordered = sorted(pairs)
    able: dict[int, set[tuple[int, int]]] = {}
    for unit, function, abilities in zip(
        structure.member_unit, structure.member_function, structure.abilities, strict=True
    ):
        able.setdefault(int(unit), set()).update((int(function), other) for other in abilities)
    pools = np.zeros(len(ordered), state.POOL)
    helps: list[int] = []
    for row, (unit, function) in enumerate(ordered):
        pools[row]["unit"], pools[row]["function"] = unit, function
        pools[row]["help_from"] = len(helps)
        links = able.get(unit, set())
        helps += [
            other
            for other, (where, what) in enumerate(ordered)
            if where == unit and what != function and ((function, what) in links or (what, function) in links)
        ]
        pools[row]["help_to"] = len(helps)
    for field in ("head", "tail", "idle_head", "idle_tail"):
        pools[field] = NONE
    return pools, np.array(helps, np.int64)


def _members(scenario: Scenario, structure: Structure, pools: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All members, then the seats of temporary staff; `skill` is proficiency without experience."""
    pool_at = {(int(p["unit"]), int(p["function"])): row for row, p in enumerate(pools)}
    homes = list(zip(structure.member_unit, structure.member_function, strict=True))
    rows = np.array([pool_at[int(unit), int(function)] for unit, function in homes], int)
    sizes = np.bincount(rows, minlength=len(pools))
    seats = [ceil(scenario.people.temps_cap * size) for size in sizes]
    temporary = np.repeat(np.arange(len(pools)), seats)
    every = np.concatenate([rows, temporary]).astype(int)
    members = np.zeros(len(every), state.MEMBER)
    members["pool"] = every
    members["unit"], members["function"] = pools["unit"][every], pools["function"][every]
    members["status"][len(rows) :] = OFF_DUTY
    members["account"] = every + np.where(members["status"] == PERMANENT, 0, len(pools))
    members["case"] = members["last_type"] = members["next"] = members["prev"] = NONE
    members["coordination"] = coordination_share(scenario, structure)[members["unit"]]
    members["pace"] = 1.0 - members["coordination"]
    skill = np.zeros((len(every), len(scenario.company.functions)))
    for row, abilities in enumerate(structure.abilities):
        skill[row, list(abilities)] = scenario.people.second_skill
        skill[row, abilities[0]] = 1.0
    skill[np.arange(len(rows), len(every)), members["function"][len(rows) :]] = scenario.people.temps_skill
    _seat_idle(members, pools, len(rows))
    return members, skill


def _seat_idle(members: np.ndarray, pools: np.ndarray, count: int) -> None:
    for row in range(count):
        pool = pools[members["pool"][row]]
        members["idle"][row] = 1
        members["prev"][row] = pool["idle_tail"]
        if pool["idle_tail"] == NONE:
            pool["idle_head"] = row
        else:
            members["next"][pool["idle_tail"]] = row
        pool["idle_tail"] = row
        pool["idle"] += 1


def coordination_share(scenario: Scenario, structure: Structure) -> np.ndarray:
    """Share of a member's time spent on coordination, by unit: pairs inside, interfaces outside."""
    rule = scenario.frictions.coordination
    hours = rule.pair_hours * (structure.sizes - 1) + rule.interface_hours * structure.interfaces
    return np.minimum(rule.ceiling, hours / HOURS_PER_WEEK)


def _routing(scenario: Scenario, structure: Structure, pools: np.ndarray) -> np.ndarray:
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    pool_at = {(int(p["unit"]), int(p["function"])): row for row, p in enumerate(pools)}
    rows = []
    for case_type in scenario.case_types.values():
        process = processes.index(case_type.process)
        for activity in case_type.route:
            function = functions.index(activity.function)
            units = structure.unit_of[function, process]
            rows.append([pool_at[int(unit), function] for unit in units])
    return np.array(rows, np.int64)


def _nodes(scenario: Scenario, structure: Structure) -> np.ndarray:
    nodes = np.zeros(len(structure.parents), state.NODE)
    nodes["parent"] = structure.parents
    nodes["managers"] = nodes["idle"] = structure.managers
    nodes["head"] = nodes["tail"] = NONE
    nodes["attention"] = scenario.company.managers.attention
    nodes["case_worker"] = structure.design.case_worker
    nodes["case_owner"] = structure.design.case_owner
    return nodes


def _arbiters(structure: Structure) -> np.ndarray:
    """The lowest common superior of every two units."""
    chains = []
    for unit in range(len(structure.units)):
        chain, node = [], unit
        while node != NOBODY:
            chain.append(node)
            node = int(structure.parents[node])
        chains.append(chain)
    return np.array([[next(n for n in one if n in other) for other in chains] for one in chains], np.int64)
