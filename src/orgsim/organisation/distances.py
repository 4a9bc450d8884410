"""How far apart people sit: by the size of the smallest body that two of them share, or, to see what hangs on
that assumption, by the people below their common superior, or by the levels up to it."""

from collections.abc import Callable

import numpy as np

from orgsim.mechanisms.distance import LEVELS, TREE, distance_of_levels, distance_within
from orgsim.organisation.grouping import Groups
from orgsim.organisation.hierarchy import Hierarchy
from orgsim.scenario import Scenario

_NOBODY = -1


def near(scenario: Scenario, groups: Groups) -> np.ndarray:
    """Distance between two people of a group, by group."""
    rule = scenario.frictions.distance
    if rule.by == LEVELS:
        return np.full(len(groups.unit), distance_of_levels(rule, 1))
    return np.array([distance_within(rule, int(size), False) for size in groups.sizes], float)


def distances(
    scenario: Scenario, groups: Groups, sizes: np.ndarray, division_of: dict[int, str],
    hierarchy: Hierarchy, apart: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Distance between people of two units [unit, unit]; on the diagonal that between two groups of the unit.
    People who sit apart count in no body but their own."""
    rule = scenario.frictions.distance
    at_work = np.where(apart, 0, sizes)
    if rule.by == LEVELS:
        heights = np.array([_height(hierarchy, groups, unit) for unit in range(len(sizes))])
        above = _by_common_superior(hierarchy, len(sizes), lambda one, other, steps: max(
            heights[one] + steps[0], heights[other] + steps[1]
        ))  # fmt: skip
        levels = np.where(np.eye(len(sizes), dtype=bool), heights, above)
        return np.array([[distance_of_levels(rule, int(level)) for level in row] for row in levels])
    if rule.by == TREE:
        below = [at_work[_below(hierarchy, node, len(sizes))].sum() for node in range(len(hierarchy.parents))]
        people = _by_common_superior(hierarchy, len(sizes), lambda one, other, steps: below[steps[2]])
    else:
        people = _of_common_body(at_work, division_of)
    between = np.array([[distance_within(rule, max(1, int(n)), True) for n in row] for row in people])
    np.fill_diagonal(between, [distance_within(rule, max(1, int(size)), False) for size in sizes])
    return between


def _of_common_body(at_work: np.ndarray, division_of: dict[int, str]) -> np.ndarray:
    """People of the division that two units are both in, or of the firm."""
    people = np.full((len(at_work),) * 2, int(at_work.sum()))
    for division in dict.fromkeys(division_of.values()):
        members = [unit for unit, name in division_of.items() if name == division]
        people[np.ix_(members, members)] = int(at_work[members].sum())
    return people


def _superiors(hierarchy: Hierarchy, node: int) -> list[int]:
    """The node and all above it."""
    chain = [node]
    while (node := int(hierarchy.parents[node])) != _NOBODY:
        chain.append(node)
    return chain


def _below(hierarchy: Hierarchy, node: int, units: int) -> list[int]:
    """The units that a node is the head of, or above."""
    return [unit for unit in range(units) if node in _superiors(hierarchy, unit)]


def _height(hierarchy: Hierarchy, groups: Groups, unit: int) -> int:
    """Levels of heads in a unit, that of its groups included."""
    chains = [_superiors(hierarchy, int(head)) for head in hierarchy.heads[groups.unit == unit]]
    return max((chain.index(unit) + 1 for chain in chains), default=1)


def _by_common_superior(
    hierarchy: Hierarchy, units: int, told: Callable[[int, int, tuple[int, int, int]], int]
) -> np.ndarray:
    """What is told of each two units by the steps from either up to their lowest common superior, and that;
    of units without one, as if it were above both chains."""
    chains = [_superiors(hierarchy, unit) for unit in range(units)]
    found = np.zeros((units, units), int)
    for one, mine in enumerate(chains):
        for other, theirs in enumerate(chains):
            common = next((node for node in mine if node in theirs), None)
            steps = (
                (len(mine), len(theirs), mine[-1])
                if common is None
                else (mine.index(common), theirs.index(common), common)
            )
            found[one, other] = told(one, other, steps)
    return found
