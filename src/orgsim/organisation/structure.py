"""A design made concrete: units, seats, reporting lines, and who does which activity of which case."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orgsim.errors import DesignError
from orgsim.messages import Message, joined
from orgsim.organisation.distances import distances, near
from orgsim.organisation.grouping import Groups, Link, colleagues, contacts, reach, seated_in_groups
from orgsim.organisation.hierarchy import Hierarchy, divisions, led
from orgsim.organisation.workload import largest_remainder, related_functions, weekly_hours
from orgsim.scenario import Scenario
from orgsim.scenario.designs import ALL, Design, Unit
from orgsim.scenario.offspring import openings
from orgsim.scenario.reach import cases_that_come, functions_apart
from orgsim.scenario.volume import weekly_cases

NOBODY = -1


@dataclass(frozen=True)
class Structure:
    """Who is where. Rows of `units` are also the first nodes of the hierarchy."""

    design: Design
    units: tuple[Unit, ...]
    unit_of: np.ndarray  # [function, process, segment] -> unit, NOBODY where there is no such work
    member_function: np.ndarray
    member_unit: np.ndarray
    abilities: tuple[tuple[int, ...], ...]  # functions that each member can do, home first
    hierarchy: Hierarchy  # who reports to whom
    interfaces: np.ndarray  # [unit] -> other units with which it exchanges cases
    ownership: np.ndarray  # [unit] -> share of its work in cases that it does from end to end
    apart: np.ndarray  # [unit] -> whether no work comes to it, in any design
    groups: Groups  # who sits together
    near: np.ndarray  # [group] distance in it
    distances: np.ndarray  # [unit, unit] distance between their people; inside the unit on the diagonal
    colleagues: np.ndarray  # [function, unit] others in the group
    reach: np.ndarray  # [function, unit] share of the ways of its work that leave the group, × distance
    contacts: np.ndarray  # [function, unit, group] handoffs a week of a person of the one with the other

    @property
    def sizes(self) -> np.ndarray:
        """Staff by unit."""
        return np.bincount(self.member_unit, minlength=len(self.units))

    @property
    def managers(self) -> np.ndarray:
        """Managers inside each unit, in time: persons."""
        inside = self.hierarchy.unit != NOBODY
        return np.bincount(
            self.hierarchy.unit[inside], weights=self.hierarchy.leadership[inside], minlength=len(self.units)
        )


def build(scenario: Scenario, name: str) -> Structure:
    """The structure of a design. Raises DesignError where it contradicts the company."""
    if name not in scenario.designs:
        known = ", ".join(scenario.designs)
        raise DesignError("designs.{name} does not exist; this scenario has: {known}", name=name, known=known)
    units, unit_of, seats = _divided(scenario, name)
    homes = np.concatenate([np.repeat(np.arange(len(units)), row) for row in seats])
    return assembled(scenario, name, units, unit_of, homes)


def _divided(scenario: Scenario, name: str) -> tuple[tuple[Unit, ...], np.ndarray, np.ndarray]:
    """Units, division of work and seats of a design; units in which nobody sits are left out."""
    design = scenario.designs[name]
    units = _set_apart(scenario, _units(scenario, design))
    unit_of = _division_of_work(scenario, name, units)
    seats = seats_for(scenario, name, units, unit_of)
    if design.small_functions == "share":
        for function in _too_small(scenario, unit_of, seats):
            units = _share(scenario, units, function)
        units = _set_apart(scenario, units)
        unit_of = _division_of_work(scenario, name, units)
        seats = seats_for(scenario, name, units, unit_of)
    staffed = np.flatnonzero(seats.sum(axis=0) > 0)
    renumbered = np.full(len(units) + 1, NOBODY)
    renumbered[staffed] = np.arange(len(staffed))
    return tuple(units[u] for u in staffed), renumbered[unit_of], seats[:, staffed]


def assembled(
    scenario: Scenario, name: str, units: tuple[Unit, ...], unit_of: np.ndarray, homes: np.ndarray
) -> Structure:
    """The structure of units in which people sit at `homes` (a unit for each, function by function)."""
    design = scenario.designs[name]
    staff = [function.staff for function in scenario.company.functions.values()]
    functions = np.repeat(np.arange(len(staff)), staff)
    seats = np.zeros((len(staff), len(units)), int)
    np.add.at(seats, (functions, homes), 1)
    apart = _apart(scenario, units)
    sizes = seats.sum(axis=0)
    groups = seated_in_groups(scenario, design.grouping, functions, homes, len(units))
    division_of = divisions(design, name, units)
    hierarchy = led(scenario, units, groups, division_of, apart)
    between = distances(scenario, groups, sizes, division_of, hierarchy, apart)
    ways = [(way, done_by, cases) for way, done_by, _, cases in _ways(scenario, unit_of)]
    abilities = _abilities(scenario, design, functions, homes, unit_of, seats)
    keeps, links = _kept_in_hand(design, functions, abilities), _links(scenario, unit_of)
    return Structure(
        design, units, unit_of, functions, homes.astype(int),
        abilities, hierarchy,
        _interfaces(scenario, unit_of, len(units), links), _ownership(scenario, unit_of, len(units)), apart,
        groups, near(scenario, groups), between, colleagues(groups, len(units)),
        reach(groups, between, ways, keeps, links),
        contacts(groups, len(units), ways, keeps, links),
    )  # fmt: skip


def _set_apart(scenario: Scenario, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units, a function to which no work comes in one of its own after them: alike in all designs."""
    for key in functions_apart(scenario):
        units = _share(scenario, units, key)
    return units


def _apart(scenario: Scenario, units: tuple[Unit, ...]) -> np.ndarray:
    idle = set(functions_apart(scenario))
    return np.array([unit.functions != ALL and idle.issuperset(unit.functions) for unit in units], bool)


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
        Unit(name=_team_name(scenario, key, group), functions=own, processes=(key,), segments=group)
        if group
        else Unit(name=_team_name(scenario, key, ()), functions=own, processes=(key,))
        for key in scenario.processes
        for group in design.split_segments or ((),)
    )
    return (*teams, *pools) if own else pools


def _team_name(scenario: Scenario, process: str, segments: tuple[str, ...]) -> str:
    name = scenario.processes[process].label or process
    whom = ", ".join(scenario.segments[key].label or key for key in segments)
    return f"{name}: {whom}" if whom else name


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
    """Which unit does a function's activities in a process for a segment, where cases can come."""
    types = scenario.case_types
    work = {
        (activity.function, types[case_type].process, segment)
        for case_type, segment in cases_that_come(scenario)
        for activity in types[case_type].route
    }
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    segments = list(scenario.segments)
    unit_of = np.full((len(functions), len(processes), len(segments)), NOBODY)
    for function, process, segment in sorted(work):
        able = [
            row
            for row, unit in enumerate(units)
            if _takes(unit.functions, function)
            and _takes(unit.processes, process)
            and _takes(unit.segments, segment)
        ]
        what = Message(
            "{function} in {process} for segment {segment}",
            function=function, process=process, segment=segment,
        )  # fmt: skip
        if not able:
            raise DesignError(
                "designs.{name}: no unit does {what}; add '{function}' to the functions of a unit that "
                "takes '{process}', or to `shared`",
                name=name,
                what=what,
                function=function,
                process=process,
            )
        if len(able) > 1:
            names = joined((units[row].name for row in able), " and ")
            raise DesignError(
                "designs.{name}: {names} all do {what}; divide their functions, processes or segments so "
                "that one of them does",
                name=name,
                names=names,
                what=what,
            )
        place = functions.index(function), processes.index(process), segments.index(segment)
        unit_of[place] = able[0]
    return unit_of


def seats_for(scenario: Scenario, name: str, units: tuple[Unit, ...], unit_of: np.ndarray) -> np.ndarray:
    """Staff [function, unit]: each function's people spread in proportion to the work, by largest
    remainder, so that units come out near their share as a whole too; a function whose work is rare
    (repeat contacts only) sits in the first unit that has it."""
    hours = weekly_hours(scenario)
    seats = np.zeros((len(scenario.company.functions), len(units)), int)
    short = np.zeros(len(units))
    for row, (key, function) in enumerate(scenario.company.functions.items()):
        needed = unit_of[row] != NOBODY
        if needed.any() and function.staff == 0:
            raise DesignError(
                "company.functions.{key}.staff = 0, but routes need it; give it at least 1", key=key
            )
        load = np.bincount(
            unit_of[row][needed], weights=hours[row][needed], minlength=len(units)
        )  # fmt: skip
        if load.sum() == 0:
            homes = [u for u, unit in enumerate(units) if _takes(unit.functions, key)]
            if function.staff and not homes:
                raise DesignError(
                    "designs.{name}: the {staff} people of '{key}' sit in no unit; add '{other}' to the "
                    "functions of a unit or to `shared`",
                    name=name,
                    staff=function.staff,
                    key=key,
                    other=key,
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


def _abilities(
    scenario: Scenario, design: Design, functions: np.ndarray, homes: np.ndarray, unit_of: np.ndarray,
    seats: np.ndarray,
) -> tuple[tuple[int, ...], ...]:  # fmt: skip
    """What every member can do, home first. Second skills are facts about the person, the same in
    every design; only a design that trains people adds to them."""
    related = related_functions(scenario)
    count = scenario.people.second_skills
    first = np.searchsorted(functions, functions)
    abilities = []
    for row, function in enumerate(functions):
        near = related[function][: max(3, count)]
        number = row - first[row]
        chosen = [near[(number + i) % len(near)] for i in range(min(count, len(near)))]
        abilities.append((int(function), *chosen))
    learners: dict[tuple[int, int], int] = {}  # (home function, unit) -> function to learn
    if design.chained_skills:
        for unit in range(seats.shape[1]):
            chain = np.flatnonzero(seats[:, unit])
            learners |= {(int(f), unit): int(g) for f, g in zip(chain, np.roll(chain, -1), strict=True)}
        abilities = _taught(abilities, homes, learners)
    if design.small_functions == "cross-train":
        for function in range(len(seats)):
            units = np.unique(unit_of[function][unit_of[function] != NOBODY])
            for unit in (u for u in units if seats[function, u] == 0):
                abilities = _taught(abilities, homes, {(int(np.argmax(seats[:, unit])), int(unit)): function})
    return tuple(abilities)


def _kept_in_hand(
    design: Design, functions: np.ndarray, abilities: tuple[tuple[int, ...], ...]
) -> set[tuple[int, int]]:
    """From which function to which other a case worker goes on with a case: where everybody can."""
    if not design.case_worker:
        return set()
    able: dict[int, set[int]] = {}
    for function, own in zip(functions.tolist(), abilities, strict=True):
        able[function] = able.get(function, set(own)) & set(own)
    return {(function, other) for function, own in able.items() for other in own}


def _taught(
    abilities: list[tuple[int, ...]], homes: np.ndarray, learners: dict[tuple[int, int], int]
) -> list[tuple[int, ...]]:
    taught = []
    for able, home in zip(abilities, homes, strict=True):
        new = learners.get((able[0], int(home)))
        taught.append(able if new is None or new in able else (*able, new))
    return taught


def _ways(scenario: Scenario, unit_of: np.ndarray) -> list[tuple[list[int], list[int], list[float], float]]:
    """For every case type and segment of which cases can come: the unit and the function of each activity,
    its hours, and cases a week."""
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    coming = cases_that_come(scenario)
    ways = []
    for (name, case_type), cases in zip(scenario.case_types.items(), weekly_cases(scenario), strict=True):
        process = processes.index(case_type.process)
        hours = [activity.hours for activity in case_type.route]
        done_by = [functions.index(activity.function) for activity in case_type.route]
        for column, segment in enumerate(scenario.segments):
            if (name, segment) in coming:
                way = [int(unit_of[function, process, column]) for function in done_by]
                ways.append((way, done_by, hours, float(cases[column])))
    return ways


def _links(scenario: Scenario, unit_of: np.ndarray) -> list[Link]:
    """For every kind of case that follows from another, by segment: who ends the one, who begins the other,
    and how many a week."""
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    types, names = list(scenario.case_types.values()), list(scenario.case_types)
    opened = openings(scenario.case_types, scenario.market.conversion)
    volumes, coming = weekly_cases(scenario), cases_that_come(scenario)
    links = []
    for parent, child in np.argwhere(opened > 0):
        giver, taker = (
            functions.index(types[row].route[end].function) for row, end in ((parent, -1), (child, 0))
        )
        ends = [
            (giver, processes.index(types[parent].process)),
            (taker, processes.index(types[child].process)),
        ]
        for column, segment in enumerate(scenario.segments):
            if (names[parent], segment) in coming:
                one, other = (int(unit_of[function, process, column]) for function, process in ends)
                cases = float(volumes[parent, column] * opened[parent, child])
                links.append((one, giver, other, taker, cases))
    return links


def _interfaces(
    scenario: Scenario, unit_of: np.ndarray, units: int, links: Sequence[Link]
) -> np.ndarray:  # fmt: skip
    """With how many other units each unit exchanges cases."""
    meets = np.zeros((units, units), bool)
    for way, *_ in _ways(scenario, unit_of):
        for one, other in pairwise(way):
            meets[one, other] = meets[other, one] = one != other
    for one, _, other, _, _ in links:
        meets[one, other] = meets[other, one] = one != other
    np.fill_diagonal(meets, False)
    return meets.sum(axis=1)


def _ownership(scenario: Scenario, unit_of: np.ndarray, units: int) -> np.ndarray:
    """The share of each unit's work that belongs to cases which it does alone, of several activities."""
    own, whole = np.zeros(units), np.zeros(units)
    for way, _, hours, cases in _ways(scenario, unit_of):
        for unit, time in zip(way, hours, strict=True):
            whole[unit] += time * cases
            own[unit] += time * cases * (len(way) > 1 and len(set(way)) == 1)
    return own / np.maximum(whole, 1e-300)
