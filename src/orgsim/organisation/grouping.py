"""Who sits together: the groups of a unit, and what of a person's work leaves the group."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np

from orgsim.scenario import Scenario

#: the units and the functions of the activities of a kind of case, and cases a week
Way = tuple[list[int], list[int], float]
#: from the unit and function of a giver to those of a taker: cases a week
Link = tuple[int, int, int, int, float]


@dataclass(frozen=True)
class Groups:
    """The groups of a structure, those of one unit after those of another."""

    of: np.ndarray  # [place] -> group
    unit: np.ndarray  # [group] -> unit
    seated: np.ndarray  # [group, function] people

    @property
    def sizes(self) -> np.ndarray:
        """People by group."""
        return self.seated.sum(axis=1)


def seated_in_groups(
    scenario: Scenario, grouping: str, functions: np.ndarray, homes: np.ndarray, units: int
) -> Groups:
    """The groups of people of `functions` who sit in the units `homes`: each of at most a span of control,
    as alike in size as can be; of one function each, or each with a share of every function."""
    span = scenario.company.managers.span_of_control
    of = np.zeros(len(homes), int)
    unit_of: list[int] = []
    for unit in range(units):
        here = np.flatnonzero(homes == unit)
        for people in _bodies(here, functions) if grouping == "function" else [here]:
            count = ceil(len(people) / span)
            # dealt out in turn: neighbours in the order of functions sit in different groups
            dealt = np.arange(len(people)) % count if grouping == "mixed" else _blocks(len(people), count)
            of[people] = len(unit_of) + dealt
            unit_of += [unit] * count
    seated = np.zeros((len(unit_of), len(scenario.company.functions)), np.int64)
    np.add.at(seated, (of, functions), 1)
    return Groups(of, np.array(unit_of, int), seated)


def _bodies(people: np.ndarray, functions: np.ndarray) -> list[np.ndarray]:
    """People by function."""
    return [people[functions[people] == function] for function in np.unique(functions[people])]


def _blocks(people: int, count: int) -> np.ndarray:
    """The block of each of so many people, in `count` blocks as alike in size as can be."""
    return np.arange(people) * count // max(1, people)


def colleagues(groups: Groups, units: int) -> np.ndarray:
    """Other people in the group, in the mean over those of a function in a unit: [function, unit]."""
    return _mean_by_place(groups, units, np.repeat((groups.sizes - 1.0)[:, None], groups.seated.shape[1], 1))


def _mean_by_place(groups: Groups, units: int, values: np.ndarray) -> np.ndarray:
    """The mean of what is known by group and function, over the people of a function in a unit."""
    total, people = (np.zeros((units, values.shape[1])) for _ in range(2))
    np.add.at(total, groups.unit, values * groups.seated)
    np.add.at(people, groups.unit, groups.seated)
    return (total / np.maximum(people, 1.0)).T


def reach(
    groups: Groups, between: np.ndarray, ways: list[Way],
    keeps: Set[tuple[int, int]] = frozenset(), links: Sequence[Link] = (),
) -> np.ndarray:  # fmt: skip
    """The share of the ways into and out of the activities of a function in a unit that lead to another
    group, each weighted by its distance: [function, unit]. `ways` are the units and functions of the
    activities of a kind of case, and cases a week; `keeps` the functions from the one to the other of which
    nobody hands over in a unit, since all can do both; `links` the handoffs between cases that follow from
    each other."""
    functions, units = groups.seated.shape[1], len(between)
    people = np.zeros((units, functions))
    np.add.at(people, groups.unit, groups.seated)
    left, all_ways = np.zeros((functions, units)), np.zeros((functions, units))
    for way, done_by, cases in ways:
        for unit, function in zip(way, done_by, strict=True):
            all_ways[function, unit] += 2.0 * cases
    for one, giver, other, taker, cases in (*_handed_over(ways, keeps), *links):
        far = between[one, other]
        if one == other:
            mine = groups.unit == one
            together = int((groups.seated[mine, giver] * groups.seated[mine, taker]).sum())
            far *= 1.0 - together / max(1.0, people[one, giver] * people[one, taker])
        left[giver, one] += cases * far
        left[taker, other] += cases * far
    return left / np.maximum(all_ways, 1e-300)


def contacts(
    groups: Groups, units: int, ways: list[Way],
    keeps: Set[tuple[int, int]], links: Sequence[Link] = (),
) -> np.ndarray:  # fmt: skip
    """Handoffs a week of a person of each function and unit with each group, given or taken, where everybody
    is as likely to have a case: [function, unit, group]. `ways`, `keeps` and `links` are those
    of `reach`."""
    functions = groups.seated.shape[1]
    people = np.zeros((units, functions))
    np.add.at(people, groups.unit, groups.seated)
    found = np.zeros((functions, units, len(groups.unit)))
    for one, giver, other, taker, cases in (*_handed_over(ways, keeps), *links):
        each = cases / max(1.0, people[one, giver]) / max(1.0, people[other, taker])
        found[giver, one] += each * groups.seated[:, taker] * (groups.unit == other)
        found[taker, other] += each * groups.seated[:, giver] * (groups.unit == one)
    return found


def _handed_over(ways: list[Way], keeps: Set[tuple[int, int]]) -> Iterator[Link]:
    """The handoffs of the ways."""
    for way, done_by, cases in ways:
        for (one, giver), (other, taker) in pairwise(zip(way, done_by, strict=True)):
            if one != other or (giver != taker and (giver, taker) not in keeps):
                yield one, giver, other, taker, cases
