"""The market of one organisation: its customers' table and its weekly course."""

import math

import numpy as np

from orgsim.compiled import wrapping_keys
from orgsim.market.customers import ACTIVE, CUSTOMER, LOST, RULES, UNKNOWN, judge, live_a_week
from orgsim.operations.state import Core

# occasions of a customer's key, apart from weeks (which count from 0)
_LEAVING, _JOINING = 1 << 40, 1 << 41


class Market:
    """Customers of one organisation. `rows` of `customers` are in use."""

    def __init__(self, values: dict[str, float], segments: list[int], wins: list[bool]):
        """`values` by the names of RULES; initial customers by segment; which case types win one."""
        self.rules = np.zeros(1, RULES)
        for name in RULES.names or ():
            self.rules[name] = values[name]
        self._rules = self.rules[0]
        self.wins = np.array(wins)
        self.rows = sum(segments)
        self.customers = np.zeros(self.rows + 256, CUSTOMER)
        self.next_need = np.full(len(self.customers), UNKNOWN)
        first = self.customers[: self.rows]
        first["segment"] = np.repeat(np.arange(len(segments)), segments)
        first["status"] = ACTIVE
        first["left"] = -1
        first["joined"] = -104  # the customers of the start have known the company for two years
        first["satisfaction"] = values["initial_satisfaction"]
        first["expectation"] = values["initial_expectation"]
        self._segments = len(segments)

    def week(self, core: Core, week: int) -> np.ndarray:
        """React to the week's closed cases and live on; returns, per segment, active customers, lost,
        sum of satisfaction, top box, and (fifth column) customers won."""
        count = int(core.clock["closed"][0])
        if len(self.customers) < self.rows + count:
            self._grow(2 * len(self.customers) + count)
        before = self.rows
        books = np.zeros((self._segments, 5))
        with wrapping_keys():
            self.rows = int(
                judge(
                    self._rules, self.customers, self.next_need, self.rows, core.closed, count, core.types,
                    self.wins, week, _JOINING,
                )
            )  # fmt: skip
            live_a_week(self._rules, self.customers, self.next_need, before, week, _LEAVING, books)
        won = np.bincount(self.customers["segment"][before : self.rows], minlength=self._segments)
        books[:, 4] = won
        core.clock["closed"] = 0
        return books

    def dismiss(self, leaving: np.ndarray, week: int, books: np.ndarray) -> None:
        """Let the customers of these rows go, and say so in the week's `books` (for rules of one's
        own: see docs/mesa.md)."""
        self.customers["status"][leaving] = LOST
        self.customers["left"][leaving] = week
        self.next_need[leaving] = np.inf
        segments = self.customers["segment"][leaving]
        books[:, 1] += np.bincount(segments, minlength=self._segments)

    def _grow(self, rows: int) -> None:
        customers, next_need = np.zeros(rows, CUSTOMER), np.full(rows, UNKNOWN)
        customers[: self.rows] = self.customers[: self.rows]
        next_need[: self.rows] = self.next_need[: self.rows]
        self.customers, self.next_need = customers, next_need

    @property
    def active(self) -> int:
        """Active customers now."""
        return int((self.customers["status"][: self.rows] == ACTIVE).sum())


def weekly_hazard(share_per_year: float) -> float:
    """The constant weekly hazard that loses this share in a year."""
    if share_per_year >= 1.0:
        return 1.0
    return -math.log(1.0 - share_per_year) / 52.0
