"""A design made concrete: units, seats, reporting lines, and who does which activity of which case."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np

from orgsim.errors import DesignError
from orgsim.organisation.workload import largest_remainder, related_functions, weekly_hours
from orgsim.scenario import Scenario
from orgsim.scenario.designs import ALL, Design, Unit

NOBODY = -1


@dataclass(frozen=True)
class Structure:
    """Who is where. Rows of `units` are also the first rows of `parents` and `managers`."""

    design: Design
    units: tuple[Unit, ...]
    unit_of: np.ndarray  # [function, process, segment] -> unit, NOBODY where there is no such work
    member_function: np.ndarray
    member_unit: np.ndarray
    abilities: tuple[tuple[int, ...], ...]  # functions that each member can do, home first
    parents: np.ndarray  # [node] -> superior, NOBODY for the top
    managers: np.ndarray  # [node]
    interfaces: np.ndarray  # [unit] -> other units with which it exchanges cases

    @property
    def sizes(self) -> np.ndarray:
        """Staff by unit."""
        return np.bincount(self.member_unit, minlength=len(self.units))


def build(scenario: Scenario, name: str) -> Structure:
    """The structure of a design. Raises DesignError where it contradicts the company."""
    if name not in scenario.designs:
        known = ", ".join(scenario.designs)
        raise DesignError(f"designs.{name} does not exist; this scenario has: {known}")
    design = scenario.designs[name]
    units = _units(scenario, design)
    unit_of = _division_of_work(scenario, name, units)
    seats = _seats(scenario, name, units, unit_of)
    if design.small_functions == "share":
        for function in _too_small(scenario, unit_of, seats):
            units = _share(scenario, units, function)
        unit_of = _division_of_work(scenario, name, units)
        seats = _seats(scenario, name, units, unit_of)
    staffed = np.flatnonzero(seats.sum(axis=0) > 0)
    renumbered = np.full(len(units) + 1, NOBODY)
    renumbered[staffed] = np.arange(len(staffed))
    units = tuple(units[u] for u in staffed)
    unit_of, seats = renumbered[unit_of], seats[:, staffed]
    functions, homes, abilities = _people(scenario, design, unit_of, seats)
    parents, managers = _hierarchy(seats.sum(axis=0), scenario.company.managers.span_of_control)
    return Structure(
        design, units, unit_of, functions, homes, abilities, parents, managers,
        _interfaces(scenario, unit_of, len(units)),
    )  # fmt: skip


def _units(scenario: Scenario, design: Design) -> tuple[Unit, ...]:
    functions = scenario.company.functions
    pools = tuple(
        Unit(name=functions[key].label or key, functions=(key,))
        for key in (functions if design.group_by == "function" else design.shared)
    )
    if design.group_by == "function":
        return pools
    if design.group_by == "units":
        units: tuple[Unit, ...] = design.units
        for key in design.shared:
            units = _share(scenario, units, key)
        return units
    own = tuple(key for key in functions if key not in design.shared)
    teams = tuple(
        Unit(name=process.label or key, functions=own, processes=(key,))
        for key, process in scenario.processes.items()
    )
    return (*teams, *pools) if own else pools


def _share(scenario: Scenario, units: tuple[Unit, ...], function: str) -> tuple[Unit, ...]:
    """Take a function out of all units into one pool of its own."""
    kept = []
    for unit in units:
        has = tuple(scenario.company.functions) if unit.functions == ALL else unit.functions
        left = tuple(key for key in has if key != function)
        if left:
            kept.append(unit.model_copy(update={"functions": left}))
    label = scenario.company.functions[function].label or function
    return (*kept, Unit(name=label, functions=(function,)))


def _takes(choice: tuple[str, ...] | str, key: str) -> bool:
    return choice == ALL or key in choice


def _division_of_work(scenario: Scenario, name: str, units: tuple[Unit, ...]) -> np.ndarray:
    """Which unit does a function's activities in a process for a segment."""
    routes = {
        (activity.function, case_type.process)
        for case_type in scenario.case_types.values()
        for activity in case_type.route
    }
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    segments = list(scenario.segments)
    unit_of = np.full((len(functions), len(processes), len(segments)), NOBODY)
    for function, process in sorted(routes):
        for column, segment in enumerate(segments):
            able = [
                row
                for row, unit in enumerate(units)
                if _takes(unit.functions, function)
                and _takes(unit.processes, process)
                and _takes(unit.segments, segment)
            ]
            what = f"{function} in {process} for segment {segment}"
            if not able:
                raise DesignError(
                    f"designs.{name}: no unit does {what}; add '{function}' to the functions of a "
                    f"unit that takes '{process}', or to `shared`"
                )
            if len(able) > 1:
                names = " and ".join(units[row].name for row in able)
                raise DesignError(
                    f"designs.{name}: {names} all do {what}; divide their functions, processes or "
                    "segments so that one of them does"
                )
            unit_of[functions.index(function), processes.index(process), column] = able[0]
    return unit_of


def _seats(scenario: Scenario, name: str, units: tuple[Unit, ...], unit_of: np.ndarray) -> np.ndarray:
    """Staff [function, unit]: each function's people spread in proportion to the work, by largest
    remainder, so that units come out near their share as a whole too; a function without work sits in
    the first unit that has it."""
    hours = weekly_hours(scenario)
    seats = np.zeros((len(scenario.company.functions), len(units)), int)
    short = np.zeros(len(units))
    for row, (key, function) in enumerate(scenario.company.functions.items()):
        needed = unit_of[row] != NOBODY
        if needed.any() and function.staff == 0:
            raise DesignError(f"company.functions.{key}.staff = 0, but routes need it; give it at least 1")
        load = np.bincount(
            unit_of[row][needed], weights=hours[row][needed], minlength=len(units)
        )  # fmt: skip
        if load.sum() == 0:
            homes = [u for u, unit in enumerate(units) if _takes(unit.functions, key)]
            if function.staff and not homes:
                raise DesignError(
                    f"designs.{name}: the {function.staff} people of '{key}' sit in no unit; add "
                    f"'{key}' to the functions of a unit or to `shared`"
                )
            load[homes[:1]] = 1.0
        seats[row] = largest_remainder(function.staff, load, np.round(short, 9))
        short += function.staff * load / max(load.sum(), 1e-300) - seats[row]
    return seats


def _too_small(scenario: Scenario, unit_of: np.ndarray, seats: np.ndarray) -> list[str]:
    """Functions with work in a unit in which nobody of them sits."""
    return [
        key
        for row, key in enumerate(scenario.company.functions)
        if any(seats[row, u] == 0 for u in np.unique(unit_of[row][unit_of[row] != NOBODY]))
    ]


def _people(
    scenario: Scenario, design: Design, unit_of: np.ndarray, seats: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[tuple[int, ...], ...]]:
    """Home function, unit and abilities of every member. Second skills are facts about the person,
    the same in every design; only a design that cross-trains adds to them."""
    related = related_functions(scenario)
    count = scenario.people.second_skills
    functions, homes, abilities = [], [], []
    for function in range(len(seats)):
        near = related[function][: max(3, count)]
        for number, unit in enumerate(np.repeat(np.arange(seats.shape[1]), seats[function])):
            chosen = [near[(number + i) % len(near)] for i in range(min(count, len(near)))]
            functions.append(function)
            homes.append(int(unit))
            abilities.append((function, *chosen))
    if design.small_functions == "cross-train":
        for function in range(len(seats)):
            units = np.unique(unit_of[function][unit_of[function] != NOBODY])
            for unit in (u for u in units if seats[function, u] == 0):
                learners = int(np.argmax(seats[:, unit]))
                for row, (home, where) in enumerate(zip(functions, homes, strict=True)):
                    if home == learners and where == unit and function not in abilities[row]:
                        abilities[row] = (*abilities[row], function)
    return np.array(functions, int), np.array(homes, int), tuple(abilities)


def _hierarchy(sizes: np.ndarray, span: int) -> tuple[np.ndarray, np.ndarray]:
    """Parents and numbers of managers by node: one common span of control, level by level."""
    managers = [max(1, ceil(size / span)) for size in sizes]
    parents = [NOBODY] * len(managers)
    level = list(range(len(managers)))
    while len(level) > 1:
        above = []
        for group in np.array_split(np.array(level), ceil(len(level) / max(2, span))):
            node = len(managers)
            managers.append(max(1, ceil(sum(managers[child] for child in group) / span)))
            parents.append(NOBODY)
            for child in group:
                parents[int(child)] = node
            above.append(node)
        level = above
    return np.array(parents), np.array(managers)


def _interfaces(scenario: Scenario, unit_of: np.ndarray, units: int) -> np.ndarray:
    """With how many other units each unit exchanges cases."""
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    meets = np.zeros((units, units), bool)
    for case_type in scenario.case_types.values():
        process = processes.index(case_type.process)
        for segment in range(unit_of.shape[2]):
            way = [unit_of[functions.index(a.function), process, segment] for a in case_type.route]
            for one, other in pairwise(way):
                meets[one, other] = meets[other, one] = one != other
    np.fill_diagonal(meets, False)
    return meets.sum(axis=1)
