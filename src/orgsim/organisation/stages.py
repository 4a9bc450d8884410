"""The way from one design to another: a structure for every stage, all over the same units.

Work moves across first, process by process, then what is left of the old is removed: with every wave
some processes are done by the new design's units, and people follow their work.
"""

from dataclasses import dataclass, replace

import numpy as np

from orgsim.organisation.structure import NOBODY, Structure, assembled, build, seats_for
from orgsim.scenario import Scenario
from orgsim.scenario.designs import Unit
from orgsim.scenario.levers import Lever


@dataclass(frozen=True)
class Stage:
    """A structure and the week of the measures in which it begins."""

    week: int
    structure: Structure
    organised: str  # the design that rules: the old one until the last wave
    target: str  # the design that it is on the way to, or has reached
    moved: float  # share of the way to `target`: 1 where it is reached
    lever: str = ""


#: what was laid out of late, found again by the very same scenario: replications ask for it every time
_recent: tuple[tuple[Scenario, str, tuple[Stage, ...]], ...] = ()
_REMEMBERED = 8


def stages(scenario: Scenario, name: str) -> tuple[Stage, ...]:
    """The stages of a design, as its transitions make them; one stage where there are none. Nobody
    changes them: they are shared between runs.

    Raises DesignError where a design contradicts the company."""
    global _recent
    for known, design, found in _recent:
        if known is scenario and design == name:
            return found
    laid_out = _laid_out(scenario, name)
    _recent = ((scenario, name, laid_out), *_recent[: _REMEMBERED - 1])
    return laid_out


def _laid_out(scenario: Scenario, name: str) -> tuple[Stage, ...]:
    first = build(scenario, name)
    found = [Stage(0, first, name, name, 1.0)]
    moves = sorted(
        ((key, lever) for key, lever in scenario.levers.items() if _concerns(lever, name)),
        key=lambda item: item[1].start_week,
    )
    for key, lever in moves:
        found += _moves(scenario, found[-1], key, lever)
    return _over_same_units(scenario, found)


def _concerns(lever: Lever, name: str) -> bool:
    return lever.kind == "transition" and (lever.designs == "all" or name in lever.designs)


def _moves(scenario: Scenario, origin: Stage, key: str, lever: Lever) -> list[Stage]:
    """The stages of one transition; people and work of each are settled later, over all units."""
    assert lever.design is not None
    target = build(scenario, lever.design)
    processes = list(scenario.processes)
    waves = lever.waves or (tuple(processes),)
    units = _union(origin.structure.units, target.units)
    old = _renumbered(origin.structure, units)
    new = _renumbered(target, units)
    found, unit_of, homes = [], old.copy(), _places(origin.structure, units)
    for number, wave in enumerate(waves):
        for process in wave:
            unit_of[:, processes.index(process)] = new[:, processes.index(process)]
        last = number == len(waves) - 1
        name = lever.design if last else origin.organised
        homes = _seated(scenario, name, units, unit_of, homes, new if last else None, target)
        feasible = unit_of if last else _with_people(scenario, unit_of, old, homes, len(units))
        structure = assembled(scenario, name, units, feasible, homes)
        week = lever.start_week + number * lever.wave_weeks
        found.append(Stage(week, structure, name, lever.design, (number + 1) / len(waves), key))
    return found


def _union(one: tuple[Unit, ...], other: tuple[Unit, ...]) -> tuple[Unit, ...]:
    return (*one, *(unit for unit in other if unit not in one))


def _rows(units: tuple[Unit, ...], among: tuple[Unit, ...]) -> np.ndarray:
    return np.array([*(among.index(unit) for unit in units), NOBODY])


def _renumbered(structure: Structure, units: tuple[Unit, ...]) -> np.ndarray:
    return _rows(structure.units, units)[structure.unit_of]


def _places(structure: Structure, units: tuple[Unit, ...]) -> np.ndarray:
    return _rows(structure.units, units)[structure.member_unit]


def _seated(
    scenario: Scenario, name: str, units: tuple[Unit, ...], unit_of: np.ndarray, homes: np.ndarray,
    final: np.ndarray | None, target: Structure,
) -> np.ndarray:  # fmt: skip
    """Where people sit after a wave: nobody moves who can stay."""
    if final is not None:
        seats = np.zeros((len(scenario.company.functions), len(units)), int)
        np.add.at(seats, (target.member_function, _places(target, units)), 1)
    else:
        seats = seats_for(scenario, name, units, unit_of)
    functions = target.member_function
    settled = np.full(len(homes), NOBODY)
    for function in range(len(seats)):
        left = seats[function].copy()
        people = np.flatnonzero(functions == function)
        for row in people:
            if left[homes[row]] > 0:
                settled[row] = homes[row]
                left[homes[row]] -= 1
        movers = people[settled[people] == NOBODY]
        settled[movers] = np.repeat(np.arange(len(units)), left)[: len(movers)]
    return settled


def _with_people(
    scenario: Scenario, unit_of: np.ndarray, old: np.ndarray, homes: np.ndarray, units: int
) -> np.ndarray:
    """The division of work of a wave: a function too small to be in every unit already stays, for the
    time being, where it was."""
    staff = [function.staff for function in scenario.company.functions.values()]
    present = np.zeros((len(staff), units + 1), bool)
    present[np.repeat(np.arange(len(staff)), staff), homes] = True
    present[:, NOBODY] = True
    feasible = unit_of.copy()
    for function in range(len(staff)):
        missing = ~present[function][unit_of[function]]
        feasible[function][missing] = old[function][missing]
        if not present[function][feasible[function]].all():  # nobody is left there either
            somewhere = homes[np.flatnonzero(np.repeat(np.arange(len(staff)), staff) == function)[0]]
            missing = ~present[function][feasible[function]]
            feasible[function][missing] = somewhere
    return feasible


def _over_same_units(scenario: Scenario, found: list[Stage]) -> tuple[Stage, ...]:
    """All stages over one list of units, so that the core's tables can change from one to the next."""
    units: tuple[Unit, ...] = ()
    for stage in found:
        units = _union(units, stage.structure.units)
    aligned = []
    for stage in found:
        structure = stage.structure
        if structure.units != units:
            structure = assembled(
                scenario, stage.organised, units, _renumbered(structure, units),
                _places(structure, units),
            )  # fmt: skip
        aligned.append(replace(stage, structure=structure))
    return tuple(aligned)
