"""The floor plan of an organisation: where its units, functions, people and managers stand.

A unit of one function is a column; a unit of several is a lane, with a place for each function. A place
is where a queue and a group of people are: the pool of the core.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.engine.operations.state import DORMANT, FREE, GONE, NONE, OFF_DUTY, Core
from orgsim.language.language import Language
from orgsim.organisation import Structure
from orgsim.scenario import Scenario
from orgsim.simulation.schedule import Simulation


@dataclass(frozen=True)
class Floor:
    """The plan of one organisation; rows are those of the core."""

    design: str
    units: tuple[str, ...]
    lanes: tuple[bool, ...]
    places: tuple[tuple[int, int], ...]  # (unit, function) of every pool
    heads: tuple[tuple[int, int], ...]  # (parent, managers) of every desk, those of units first
    present: tuple[bool, ...]  # whether anybody sits in a unit, or a case is there

    def to_dict(self, settings: Scenario, say: Language) -> dict[str, Any]:
        """The plan for the page, with names for people."""
        functions = [say(function.label or key) for key, function in settings.company.functions.items()]
        return {
            "design": self.design, "label": say(settings.designs[self.design].label or self.design),
            "units": [say.unit(name) for name in self.units],
            "lanes": list(self.lanes), "functions": functions,
            "places": [list(place) for place in self.places], "heads": [list(head) for head in self.heads],
            "present": list(self.present),
        }  # fmt: skip


def floor_of(run: Simulation) -> Floor:
    """The floor plan of the structure that rules now."""
    structure: Structure = run.structure
    functions: dict[int, set[int]] = {}
    pools = [(int(pool["unit"]), int(pool["function"])) for pool in run.core.pools]
    for unit, function in pools:
        functions.setdefault(unit, set()).add(function)
    desk = desks_of(run.core)
    managers, above = np.zeros(desk.max() + 1, int), np.full(desk.max() + 1, NONE)
    for row in np.flatnonzero(desk != NONE):
        node = run.core.nodes[row]
        managers[desk[row]] += int(node["managers"])
        if node["parent"] != NONE and desk[node["parent"]] != desk[row]:
            above[desk[row]] = desk[node["parent"]]
    heads = tuple(zip(above.tolist(), managers.tolist(), strict=True))
    return Floor(
        run.design_name,
        tuple(unit.name for unit in structure.units),
        tuple(len(functions.get(row, ())) > 1 for row in range(len(structure.units))),
        tuple(pools),
        heads,
        _present(run),
    )


def desks_of(core: Core) -> np.ndarray:
    """The desk at which a node is shown: one for all who lead in a unit, then one for each above them; NONE
    for owners of processes, and where nobody leads now."""
    nodes = core.nodes
    inside = nodes["led_unit"] != NONE
    units = int(nodes["led_unit"].max()) + 1
    above = ~inside & (nodes["is_owner"] == 0) & (nodes["managers"] > 0)
    desk = np.where(inside, nodes["led_unit"], NONE)
    desk[above] = units + np.arange(int(above.sum()))
    return desk


def group_in_unit(core: Core) -> np.ndarray:
    """The number of every group among those of its unit, from 0."""
    units = core.groups["unit"]
    return np.arange(len(units)) - np.searchsorted(units[: np.argmax(units) + 1], units)


def _present(run: Simulation) -> tuple[bool, ...]:
    """Units with people or cases: a transition empties some, and fills others."""
    core = run.core
    here = ~np.isin(core.members["status"], (GONE, OFF_DUTY))
    cases = core.cases[(core.cases["state"] != FREE) & (core.cases["state"] != DORMANT)]
    at = core.pools["unit"][core.routes[cases["step"], cases["segment"]]]
    units = len(run.structure.units)
    people = np.bincount(core.members["unit"][here], minlength=units)
    return tuple(bool(n) for n in (people + np.bincount(at, minlength=units))[:units] > 0)
