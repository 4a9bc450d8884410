"""From the stages of a design to the arrays that the compiled core reads: a new design is new tables."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from orgsim.engine.operations import state
from orgsim.engine.operations.state import GONE, NONE, OFF_DUTY, PERMANENT, Core
from orgsim.kernel.policies import OWN, Policies
from orgsim.kernel.randomness import CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL, log_spread
from orgsim.mechanisms.catalogue import write_rules, write_state
from orgsim.mechanisms.coordination import share_of_time
from orgsim.organisation.stages import Stage
from orgsim.organisation.structure import NOBODY, Structure
from orgsim.scenario import Scenario
from orgsim.scenario.company import Activity
from orgsim.scenario.reach import processes_at_work

_FAMILIES = {
    "constant": CONSTANT,
    "exponential": EXPONENTIAL,
    "gamma": GAMMA,
    "lognormal": LOGNORMAL,
}
_FIRST_SLOTS = 256
#: of a manager: sums of shares are no more than that off a whole number
_ROUNDING = 1e-9


def core_for(scenario: Scenario, stages: Sequence[Stage], policies: Policies = OWN) -> Core:
    """The core of one organisation in the first of its stages, at time 0, empty of cases."""
    structures = [stage.structure for stage in stages]
    steps, types = _routes(scenario)
    pools, helps = _pools(scenario, structures)
    members, skill = _members(scenario, structures, pools)
    kinds, functions = len(types), len(scenario.company.functions)
    clock = np.zeros(1, state.CLOCK)
    clock["free"] = _FIRST_SLOTS
    longest = int((types["last"] - types["first"]).max()) + 1
    nodes, owners = _nodes(scenario, structures)
    core = Core(
        clock=clock,
        rules=_rules(scenario),
        steps=steps,
        types=types,
        routes=np.zeros((len(steps), len(scenario.segments)), np.int64),
        pools=pools,
        nodes=nodes,
        members=members,
        skill=skill,
        arbiters=np.zeros((len(structures[0].units),) * 2, np.int64),
        owners=owners,
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
        kinds=np.zeros((len(members), kinds)),
        tallies=np.zeros(kinds, state.TALLY),
        cycles=np.zeros((kinds, state.CYCLE_BINS), np.int64),
        policies=policies,
    )
    first = stage_tables(scenario, structures[0], core)
    core.routes[:], core.arbiters[:] = first["routes"], first["arbiters"]
    for name in ("parent", "managers", "leadership", "case_worker", "case_owner"):
        nodes[name] = first[name]
    nodes["idle"] = nodes["managers"]
    return core


def stage_tables(scenario: Scenario, structure: Structure, core: Core) -> dict[str, np.ndarray]:
    """What changes in the core's tables when a structure takes over."""
    rows = len(core.nodes)
    known = len(structure.parents)
    owners = int(core.nodes["is_owner"].sum())
    parents, leadership = np.full(rows, NONE), np.zeros(rows)
    parents[:known], leadership[:known] = structure.parents, structure.leadership
    leadership[rows - owners :] = 1.0 if owners else 0.0
    return {
        "routes": _routing(scenario, structure, core.pools),
        "arbiters": _arbiters(structure),
        "parent": parents,
        "managers": np.ceil(leadership - _ROUNDING).astype(np.int64),
        "leadership": leadership,
        "case_worker": np.full(rows, structure.design.case_worker),
        "case_owner": np.full(rows, structure.design.case_owner),
    }


def pools_of(structure: Structure, pools: np.ndarray) -> np.ndarray:
    """The pool of every member."""
    at = _pool_rows(pools)
    homes = zip(structure.member_unit, structure.member_function, strict=True)
    return np.array([at[int(unit), int(function)] for unit, function in homes], int)


def _pool_rows(pools: np.ndarray) -> dict[tuple[int, int], int]:
    return {(int(pool["unit"]), int(pool["function"])): row for row, pool in enumerate(pools)}


def _rules(scenario: Scenario) -> np.ndarray:
    """The rules of the core; those that practices change stand at the company's practices at first."""
    rules = np.zeros(1, state.RULES)
    write_rules("operations", rules, scenario)
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
            list(scenario.processes).index(case_type.process),
            case_type.automatable,
            case_type.is_experiment,
            case_type.is_complaint,
            log_spread(case_type.complexity_cv),
            case_type.patience,
            case_type.promise,
        )
        first += len(case_type.route)
    return steps, types


def _pools(scenario: Scenario, structures: Sequence[Structure]) -> tuple[np.ndarray, np.ndarray]:
    """A pool for each function that has people or work in a unit, and the pools that help each other:
    first those of the unit, then those of the same function elsewhere (mutual aid)."""
    pairs: set[tuple[int, int]] = set()
    able: dict[int, set[tuple[int, int]]] = {}
    for structure in structures:
        homes = zip(structure.member_unit, structure.member_function, strict=True)
        pairs |= {(int(unit), int(function)) for unit, function in homes}
        for function, division in enumerate(structure.unit_of):
            pairs |= {(int(unit), function) for unit in division.ravel() if unit != NOBODY}
        for unit, function, abilities in zip(
            structure.member_unit, structure.member_function, structure.abilities, strict=True
        ):
            able.setdefault(int(unit), set()).update((int(function), other) for other in abilities)
    ordered = sorted(pairs)
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
        helps += [o for o, (where, what) in enumerate(ordered) if where != unit and what == function]
        pools[row]["aid_to"] = len(helps)
    for field in ("head", "tail", "idle_head", "idle_tail"):
        pools[field] = NONE
    write_state("pool", pools, scenario)
    return pools, np.array(helps, np.int64)


def _members(
    scenario: Scenario, structures: Sequence[Structure], pools: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """All places, then the seats of temporary staff, then room for newcomers; `skill` is proficiency
    without experience."""
    first = structures[0]
    rows = pools_of(first, pools)
    largest = np.max(
        [np.bincount(pools_of(other, pools), minlength=len(pools)) for other in structures], axis=0
    )
    seats = [ceil(scenario.people.temps_cap * size) for size in largest]
    temporary = np.repeat(np.arange(len(pools)), seats)
    spare = len(rows) // 4 + 8 if scenario.people.turnover > 0 else 0
    every = np.concatenate([rows, temporary, np.zeros(spare, int)]).astype(int)
    members = np.zeros(len(every), state.MEMBER)
    members["pool"] = every
    members["unit"], members["function"] = pools["unit"][every], pools["function"][every]
    members["status"][len(rows) :] = OFF_DUTY
    members["status"][len(rows) + len(temporary) :] = GONE
    members["account"] = every + np.where(members["status"] == PERMANENT, 0, len(pools))
    members["case"] = members["last_type"] = members["next"] = members["prev"] = NONE
    members["coordination"] = coordination_share(scenario, first)[members["unit"]]
    members["pace"] = 1.0 - members["coordination"]
    members["care"] = 1.0
    write_state("member", members[: len(rows)], scenario)
    skill = np.zeros((len(every), len(scenario.company.functions)))
    for row, abilities in enumerate(first.abilities):
        skill[row, list(abilities)] = scenario.people.second_skill
    skill[np.arange(len(rows)), first.member_function] = 1.0
    called = np.arange(len(rows), len(rows) + len(temporary))
    skill[called, members["function"][called]] = scenario.people.temps_skill
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
    return share_of_time(scenario.frictions.coordination, structure.sizes, structure.interfaces)


def _routing(scenario: Scenario, structure: Structure, pools: np.ndarray) -> np.ndarray:
    """The pool of every activity and segment. Where no case can come, any pool of the function (or of the
    company) stands in: nobody goes that way."""
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    pool_at = _pool_rows(pools)
    rows = []
    for case_type in scenario.case_types.values():
        process = processes.index(case_type.process)
        for activity in case_type.route:
            function = functions.index(activity.function)
            stand_in = int(np.argmax(pools["function"] == function)) if len(pools) else 0
            units = structure.unit_of[function, process]
            rows.append([pool_at.get((int(unit), function), stand_in) for unit in units])
    return np.array(rows, np.int64)


def _nodes(scenario: Scenario, structures: Sequence[Structure]) -> tuple[np.ndarray, np.ndarray]:
    """Units, superiors, and the owners of processes, if any stage has them."""
    busy = processes_at_work(scenario)
    owned = any(structure.design.coordinators.process_owners for structure in structures)
    count = len(busy) if owned else 0
    known = max(len(structure.parents) for structure in structures)
    nodes = np.zeros(known + count, state.NODE)
    nodes["head"] = nodes["tail"] = NONE
    nodes["attention"] = scenario.company.managers.attention
    nodes["is_owner"][known:] = 1
    owners = np.full(len(scenario.processes), NONE)
    if owned:
        owners[[list(scenario.processes).index(key) for key in busy]] = known + np.arange(count)
    return nodes, owners


def _arbiters(structure: Structure) -> np.ndarray:
    """The lowest common superior of every two units."""
    chains = []
    for unit in range(len(structure.units)):
        chain, node = [], unit
        while node != NOBODY:
            chain.append(node)
            node = int(structure.parents[node])
        chains.append(chain)
    return np.array(
        [[next((n for n in one if n in other), one[0]) for other in chains] for one in chains], np.int64
    )
