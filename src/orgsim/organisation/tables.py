"""From the stages of a design to the arrays that the compiled core reads: a new design is new tables."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from orgsim.engine.operations import state
from orgsim.engine.operations.state import GONE, NONE, OFF_DUTY, PERMANENT, Core, write_stage
from orgsim.engine.operations.ties import write_ties
from orgsim.kernel.policies import OWN, Policies
from orgsim.kernel.randomness import CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL, log_spread
from orgsim.mechanisms.catalogue import write_rules, write_state
from orgsim.mechanisms.coordination import share_of_time
from orgsim.organisation.acquaintance import founding_ties
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
#: pools that a pool asks for help at the most, the nearest first
_ASKED = 24


def core_for(
    scenario: Scenario,
    stages: Sequence[Stage],
    policies: Policies = OWN,
    decisions: np.ndarray | None = None,
) -> Core:
    """The core of one organisation in the first of its stages, at time 0, empty of cases."""
    structures = [stage.structure for stage in stages]
    steps, types = _routes(scenario)
    follows = _follows(scenario, types)
    pools = _pools(scenario, structures)
    members, skill = _members(scenario, structures, pools)
    kinds, functions = len(types), len(scenario.company.functions)
    clock = np.zeros(1, state.CLOCK)
    clock["free"] = _FIRST_SLOTS
    most = np.where(follows["chance"] > 0, follows["cases"], 0)
    clock["most_follow_ons"] = max(most[t["follows_from"] : t["follows_to"]].sum() for t in types)
    longest = int((types["last"] - types["first"]).max()) + 1
    nodes, owners = _nodes(scenario, structures)
    most_groups = max(1, *(len(each.groups.unit) for each in structures))
    core = Core(
        clock=clock,
        rules=_rules(scenario),
        steps=steps,
        types=types,
        follows=follows,
        routes=np.zeros((len(steps), len(scenario.segments)), np.int64),
        pools=pools,
        nodes=nodes,
        members=members,
        skill=skill,
        groups=np.zeros(most_groups, state.GROUP),
        seated=np.zeros((most_groups, functions), np.int64),
        distances=np.zeros((len(structures[0].units),) * 2),
        owners=owners,
        pool_at=_pool_at(structures[0], pools, functions),
        ties=np.zeros((len(members), most_groups)),
        acquaintance=np.zeros((len(members), len(pools))),
        helps=np.zeros(len(pools) * _ASKED, np.int64),
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
        decisions=decisions,
    )
    clock["fading"] = 1.0
    write_stage(core, stage_tables(scenario, structures[0], core))
    write_ties(core, founding_ties(scenario, structures[0]))
    nodes["idle"] = nodes["managers"]
    members["coordination"] = pools["coordination"][members["pool"]]
    members["pace"] = 1.0 - members["coordination"]
    return core


def stage_tables(scenario: Scenario, structure: Structure, core: Core) -> dict[str, np.ndarray]:
    """What changes in the core's tables when a structure takes over."""
    rows = len(core.nodes)
    hierarchy = structure.hierarchy
    known = len(hierarchy.parents)
    owners = int(core.nodes["is_owner"].sum())
    parents, leadership, led_units = np.full(rows, NONE), np.zeros(rows), np.full(rows, NONE)
    parents[:known], leadership[:known] = hierarchy.parents, hierarchy.leadership
    led_units[:known] = hierarchy.unit
    leadership[rows - owners :] = 1.0 if owners else 0.0
    groups, seated = np.zeros_like(core.groups), np.zeros_like(core.seated)
    count = len(structure.groups.unit)
    groups["unit"][:count], groups["near"][:count] = structure.groups.unit, structure.near
    groups["head"][:count], groups["people"][:count] = hierarchy.heads, structure.groups.sizes
    seated[:count] = structure.groups.seated
    functions, units = core.pools["function"], core.pools["unit"]
    places = np.zeros((len(structure.units), core.seated.shape[1]), int)
    np.add.at(places, (structure.member_unit, structure.member_function), 1)
    coordination = share_of_time(scenario.frictions.coordination, structure.colleagues, structure.reach)
    return {
        "groups": groups,
        "seated": seated,
        "distances": structure.distances,
        "group": _groups_of_members(structure, core),
        **_helpers(structure, core),
        "places": places[units, functions],
        "coordination": coordination[functions, units],
        "routes": _routing(scenario, structure, core.pools),
        "parent": parents,
        "depth": _depths(parents),
        "led_unit": led_units,
        "managers": np.ceil(leadership - _ROUNDING).astype(np.int64),
        "leadership": leadership,
        "case_worker": np.full(rows, structure.design.case_worker),
        "case_owner": np.full(rows, structure.design.case_owner),
    }


def _groups_of_members(structure: Structure, core: Core) -> np.ndarray:
    """The group of every row of members: that of the place for the people of the start, that of a place of
    the pool, in turn, for temporary staff, NONE for whoever has left. Who has a place later sits where the
    one before sat."""
    groups = np.full(len(core.members), NONE)
    homes = pools_of(structure, core.pools)
    here = core.members["status"][: len(homes)] != GONE
    groups[: len(homes)][here] = structure.groups.of[here]
    of_pool: dict[int, list[int]] = {}
    for pool, group in zip(homes, structure.groups.of, strict=True):
        if group not in (seen := of_pool.setdefault(int(pool), [])):
            seen.append(int(group))
    turn: dict[int, int] = {}
    for row in range(len(homes), len(groups)):
        pool = int(core.members["pool"][row])
        choice = of_pool.get(pool, [NONE])
        groups[row] = choice[turn.setdefault(pool, 0) % len(choice)]
        turn[pool] += 1
    return groups


def pools_of(structure: Structure, pools: np.ndarray) -> np.ndarray:
    """The pool of every member."""
    at = _pool_rows(pools)
    homes = zip(structure.member_unit, structure.member_function, strict=True)
    return np.array([at[int(unit), int(function)] for unit, function in homes], int)


def _pool_rows(pools: np.ndarray) -> dict[tuple[int, int], int]:
    return {(int(pool["unit"]), int(pool["function"])): row for row, pool in enumerate(pools)}


def _pool_at(structure: Structure, pools: np.ndarray, functions: int) -> np.ndarray:
    """The pool of every unit and function."""
    found = np.full((len(structure.units), functions), NONE)
    found[pools["unit"], pools["function"]] = np.arange(len(pools))
    return found


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
            case_type.wins_customer,
            0,
            0,
            log_spread(case_type.complexity_cv),
            case_type.patience,
            case_type.promise,
        )
        first += len(case_type.route)
    return steps, types


def _follows(scenario: Scenario, types: np.ndarray) -> np.ndarray:
    """What cases open when they are done, one type after the other; `types` receives where each begins and
    ends."""
    names = list(scenario.case_types)
    follows = [follow for case_type in scenario.case_types.values() for follow in case_type.follows]
    counts = [len(case_type.follows) for case_type in scenario.case_types.values()]
    types["follows_to"] = np.cumsum(counts)
    types["follows_from"] = types["follows_to"] - counts
    rows = np.zeros(len(follows), state.FOLLOW)
    for row, follow in enumerate(follows):
        rows[row] = (
            names.index(follow.case_type), follow.cases, follow.chance, follow.lag_hours, follow.inherits,
        )  # fmt: skip
    return rows


def _pools(scenario: Scenario, structures: Sequence[Structure]) -> np.ndarray:
    """A pool for each function that has people or work in a unit, in any stage."""
    pairs: set[tuple[int, int]] = set()
    for structure in structures:
        homes = zip(structure.member_unit, structure.member_function, strict=True)
        pairs |= {(int(unit), int(function)) for unit, function in homes}
        for function, division in enumerate(structure.unit_of):
            pairs |= {(int(unit), function) for unit in division.ravel() if unit != NOBODY}
    pools = np.zeros(len(pairs), state.POOL)
    for row, (unit, function) in enumerate(sorted(pairs)):
        pools[row]["unit"], pools[row]["function"] = unit, function
    for field in ("head", "tail", "idle_head", "idle_tail"):
        pools[field] = NONE
    write_state("pool", pools, scenario)
    return pools


def _helpers(structure: Structure, core: Core) -> dict[str, np.ndarray]:
    """Which pools can help each other, since somebody of the one has a skill of the other: the nearest first,
    of equally near ones those of the same function, and not more than anybody would ask."""
    units, functions = core.pools["unit"], core.pools["function"]
    able = np.zeros((core.skill.shape[1],) * 2, bool)
    for function in range(len(able)):
        able[function] = (core.skill[core.members["function"] == function] > 0).any(axis=0)
    able |= able.T | np.eye(len(able), dtype=bool)
    helps, count = np.zeros_like(core.helps), np.zeros(len(units), np.int64)
    for row, (unit, function) in enumerate(zip(units, functions, strict=True)):
        others = np.flatnonzero(able[function, functions])
        others = others[others != row]
        apart = np.abs(units[others] - unit)
        around = np.minimum(apart, len(structure.units) - apart)
        keys = (others, around, functions[others] != function, structure.distances[unit, units[others]])
        asked = others[np.lexsort((*keys, units[others] != unit))][:_ASKED]
        count[row] = len(asked)
        helps[row * _ASKED : row * _ASKED + len(asked)] = asked
    first = np.arange(len(units)) * _ASKED
    return {"helps": helps, "help_from": first, "help_to": first + count}


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
    members["care"] = members["sociability"] = 1.0
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
    known = max(len(structure.hierarchy.parents) for structure in structures)
    nodes = np.zeros(known + count, state.NODE)
    nodes["head"] = nodes["tail"] = NONE
    nodes["attention"] = scenario.company.managers.attention
    nodes["is_owner"][known:] = 1
    owners = np.full(len(scenario.processes), NONE)
    if owned:
        owners[[list(scenario.processes).index(key) for key in busy]] = known + np.arange(count)
    return nodes, owners


def _depths(parents: np.ndarray) -> np.ndarray:
    """How many superiors every node has above it."""
    depths = np.zeros(len(parents), np.int64)
    for node in range(len(parents)):
        above = parents[node]
        while above != NONE:
            depths[node] += 1
            above = parents[above]
    return depths
