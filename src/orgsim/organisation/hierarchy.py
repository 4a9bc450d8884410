"""Who reports to whom: heads of groups, level by level inside a unit, then across units."""

import math
from dataclasses import dataclass
from math import ceil

import numpy as np

from orgsim.errors import DesignError
from orgsim.organisation.grouping import Groups
from orgsim.scenario import Scenario
from orgsim.scenario.designs import Design, Unit

_NOBODY = -1


@dataclass(frozen=True)
class Hierarchy:
    """The nodes of the reporting tree: the heads of units first, in the order of units, then the heads of
    groups in units that have several, and who is between and above them."""

    parents: np.ndarray  # [node] -> superior, NOBODY for the top
    leadership: np.ndarray  # [node] managers, in time: persons
    unit: np.ndarray  # [node] -> unit in which it leads, NOBODY above the units
    heads: np.ndarray  # [group] -> node that leads it


class _Tree:
    """A reporting tree that grows level by level."""

    def __init__(self, units: int, span: int):
        self.span = max(2, span)
        self.share = span
        self.parents, self.leadership = [_NOBODY] * units, [0.0] * units
        self.unit = list(range(units))

    def add(self, led: float, unit: int = _NOBODY) -> int:
        """A new node that leads so many."""
        self.parents.append(_NOBODY)
        self.leadership.append(led / self.share)
        self.unit.append(unit)
        return len(self.parents) - 1

    def put_above(self, node: int, below: list[int]) -> None:
        """A node leads these."""
        self.leadership[node] = len(below) / self.share
        for child in below:
            self.parents[child] = node

    def levelled(self, level: list[int], most: int, unit: int = _NOBODY) -> list[int]:
        """Superiors above superiors, at most a span to one, until no more than `most` are left."""
        while len(level) > most:
            parts = np.array_split(np.array(level), ceil(len(level) / self.span))
            level = [self.add(0.0, unit) for _ in parts]
            for node, part in zip(level, parts, strict=True):
                self.put_above(node, [int(child) for child in part])
        return level


def led(
    scenario: Scenario, units: tuple[Unit, ...], groups: Groups, division_of: dict[int, str],
    apart: np.ndarray,
) -> Hierarchy:  # fmt: skip
    """The reporting tree under one common span of control. Leadership is time, not heads: a group of g takes
    g ÷ span of a manager, whoever has c below c ÷ span, so that no design saves or costs a manager by
    rounding. Where a unit says how many managers it has, its nodes share them. A unit apart has no superior,
    so that it changes nothing for the others."""
    span = scenario.company.managers.span_of_control
    tree = _Tree(len(units), span)
    heads = np.zeros(len(groups.unit), int)
    for row, unit in enumerate(units):
        own = np.flatnonzero(groups.unit == row)
        first = len(tree.parents)
        if len(own) == 1:
            heads[own] = row
            tree.leadership[row] = float(groups.sizes[own[0]]) / span
        elif len(own):
            heads[own] = [tree.add(float(groups.sizes[group]), row) for group in own]
            tree.put_above(row, tree.levelled(heads[own].tolist(), tree.span, row))
        if unit.managers and len(own):
            _share_out(tree, [row, *range(first, len(tree.parents))], unit.managers)
    staffed = [row for row in range(len(units)) if (groups.unit == row).any() and not apart[row]]
    level = [row for row in staffed if row not in division_of]
    for division in dict.fromkeys(division_of.values()):
        below = [row for row in staffed if division_of.get(row) == division]
        if below:
            level.append(tree.add(0.0))
            tree.put_above(level[-1], below)
    tree.levelled(level, 1)
    return Hierarchy(np.array(tree.parents), np.array(tree.leadership), np.array(tree.unit), heads)


def _share_out(tree: _Tree, nodes: list[int], managers: int) -> None:
    """So many managers, among nodes in proportion to what they would have."""
    whole = math.fsum(tree.leadership[node] for node in nodes)
    for node in nodes:
        tree.leadership[node] *= managers / whole


def divisions(design: Design, name: str, units: tuple[Unit, ...]) -> dict[int, str]:
    """The division of every unit that is in one. Raises DesignError for a unit that there is not."""
    division_of = {row: unit.division for row, unit in enumerate(units) if unit.division}
    names = [unit.name for unit in units]
    for division, members in design.divisions.items():
        for member in members:
            if member not in names:
                raise DesignError(
                    "designs.{name}.divisions: '{member}' is no unit of it; units are: {names}",
                    name=name,
                    member=member,
                    names=", ".join(names),
                )
            division_of[names.index(member)] = division
    return division_of
