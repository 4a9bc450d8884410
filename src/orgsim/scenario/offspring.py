"""Which cases follow from others, and how many: whether there is an end of them, and what they come to."""

from collections.abc import Iterator, Mapping

import numpy as np

from orgsim.messages import Message
from orgsim.scenario.company import CaseType

#: a share of cases that is rounding alone
_ROUNDING = 1e-9


class EndlessError(ArithmeticError):
    """Cases follow from each other without end: one of type `row` brings `again` of its own kind, by way of
    types that come before it."""

    def __init__(self, row: int, again: float):
        super().__init__(row, again)
        self.row, self.again = row, again


def openings(case_types: Mapping[str, CaseType], won: float = 1.0) -> np.ndarray:
    """Mean number of cases of type j that a case of type i opens itself, [i, j]; `won` is the share of
    prospects' cases that win a customer."""
    names = list(case_types)
    opened = np.zeros((len(names), len(names)))
    for row, case_type in enumerate(case_types.values()):
        share = won if case_type.wins_customer else 1.0
        for follow in case_type.follows:
            opened[row, names.index(follow.case_type)] += share * follow.cases * follow.chance
    return opened


def offspring(opened: np.ndarray) -> np.ndarray:
    """Mean number of cases of type j that a case of type i brings in all, itself among them, [i, j]: the sum
    of all generations of `opened` cases O, (1 − O)^−1, by Gauss-Jordan elimination. It is finite if and only
    if every pivot is above 0: the spectral radius of O is below 1 then (1 − O is an M-matrix: Berman &
    Plemmons 1994).

    Raises EndlessError where it is not."""
    left, brought = np.eye(len(opened)) - opened, np.eye(len(opened))
    for row in range(len(opened)):
        pivot = float(left[row, row])
        if pivot <= _ROUNDING:
            raise EndlessError(row, 1.0 - pivot)
        left[row] /= pivot
        brought[row] /= pivot
        for other in np.flatnonzero(left[:, row]):
            if other != row:
                factor = left[other, row]
                left[other] -= factor * left[row]
                brought[other] -= factor * brought[row]
    return brought


def endless(case_types: Mapping[str, CaseType]) -> Iterator[Message]:
    """What is wrong with cases that follow from each other without end, as a message."""
    opened = openings(case_types)
    try:
        offspring(opened)
    except EndlessError as found:
        names = list(case_types)
        yield Message(
            "case_types.{key}.follows: a case of '{key}' brings {again:.3g} more of its own kind on average, "
            "by way of {names}; make `chance` or `cases` of their `follows` smaller, until these are fewer "
            "than 1",
            key=names[found.row],
            again=found.again,
            names=", ".join(names[row] for row in _loop(opened, found.row)),
        )


def _loop(opened: np.ndarray, row: int) -> list[int]:
    """The types by way of which a type comes back to itself."""
    there, back = _reached(opened, row), _reached(opened.T, row)
    return sorted(there & back)


def _reached(opened: np.ndarray, row: int) -> set[int]:
    """The types of which a case of this one brings some."""
    found: set[int] = set()
    ahead = [row]
    while ahead:
        following = {int(other) for other in np.flatnonzero(opened[ahead.pop()])} - found
        found |= following
        ahead += following
    return found
