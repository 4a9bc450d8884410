"""The market of one organisation: its customers, its offer, and their weekly course."""

import math

import numpy as np

from orgsim.engine.market import offer
from orgsim.engine.market.customers import (
    ACTIVE,
    BOOKS,
    CUSTOMER,
    EXPERIENCE,
    LOST,
    SEGMENT,
    UNKNOWN,
    begin_all,
    judge,
    live_a_week,
)
from orgsim.engine.operations.state import Core
from orgsim.kernel.compiled import compiled_entry, wrapping_keys
from orgsim.mechanisms.word_of_mouth import prospects_against_start

# occasions of a customer's key, apart from weeks (which count from 0), and of a closed case's
_LEAVING, _JOINING, _IMPROVING = 1 << 40, 1 << 41, 1 << 43


@compiled_entry
def close_week(
    rules, offer_rules, policies, customers, next_need, rows, segments, fit, closed, count, types,
    week, jump, pull, felt, books, won,
):  # fmt: skip
    """A week of the market; see the parts. Returns the number of rows of customers."""
    rules, offer_rules, felt = rules[0], offer_rules[0], felt[0]
    offer.learn_from_experiments(offer_rules, fit, closed, count, types, _IMPROVING)
    offer.follow_the_offer(offer_rules, fit, segments, rules.baseline, jump, pull)
    after = judge(
        rules, policies, customers, next_need, rows, segments, closed, count, types, week, _JOINING, felt,
        books, won,
    )  # fmt: skip
    live_a_week(rules, policies, customers, next_need, rows, segments, week, _LEAVING, books)
    return after


class Market:
    """Customers of one organisation. `rows` of `customers` are in use."""

    def __init__(
        self, rules: np.ndarray, offer_rules: np.ndarray, segments: list[int], slopes: np.ndarray,
        network: np.ndarray,
    ):  # fmt: skip
        """The rules of customers and of the offer; initial customers by segment; factors on the slope of
        leaving and on word of mouth, by segment."""
        self.rules = rules
        self._offer = offer_rules
        self.fit = np.full(len(segments), float(offer_rules["fit_at_start"][0]))
        self.segments = np.zeros(len(segments), SEGMENT)
        self.segments["slope_factor"] = slopes
        self.network = network
        self.experience = np.zeros(1, EXPERIENCE)
        self.leads = 1.0
        #: places, among the cases closed in the week, of those that won a customer; theirs are the last rows
        self.won = np.zeros(0, np.int64)
        self.rows = sum(int(customers) for customers in segments)
        self.customers = np.zeros(self.rows + 256, CUSTOMER)
        self.next_need = np.full(len(self.customers), UNKNOWN)
        first = self.customers[: self.rows]
        first["segment"] = np.repeat(np.arange(len(segments)), segments)
        first["status"] = ACTIVE
        first["left"] = -1
        first["joined"] = -rules["tenure_at_start"][0]
        self._net_at_start = 0.0

    def begin(self) -> None:
        """The customers of the start, who have their keys by now, get their own levels; word of mouth is
        relative to what they say."""
        with wrapping_keys():
            begin_all(self.rules, self.customers, self.rows)
        first = self.customers[: self.rows]
        level, talks = first["satisfaction"], self.network[first["segment"]]
        promoting = talks[level >= self.rules["promoter_from"][0]]
        warning = talks[level < self.rules["detractor_below"][0]]
        talkers = math.fsum(talks)
        self._net_at_start = (math.fsum(promoting) - math.fsum(warning)) / talkers if talkers else 0.0

    def week(self, core: Core, week: int, pull: np.ndarray, jump: np.ndarray) -> np.ndarray:
        """React to the week's closed cases and live on. `pull` is the factor on leaving, `jump` the
        share of the offer's fit that is lost at once, both by segment. Returns the books: a
        record of BOOKS for each segment."""
        count = int(core.clock["closed"][0])
        if len(self.customers) < self.rows + count:
            self._grow(2 * len(self.customers) + count)
        books = np.zeros(len(self.segments), BOOKS)
        self.experience = np.zeros(1, EXPERIENCE)
        before, won = self.rows, np.zeros(count, np.int64)
        with wrapping_keys():
            self.rows = int(
                close_week(
                    self.rules, self._offer, core.policies, self.customers, self.next_need, self.rows,
                    self.segments, self.fit, core.closed, count, core.types, week, jump, pull,
                    self.experience, books, won,
                )
            )  # fmt: skip
        self.won = won[: self.rows - before]
        core.clock["closed"] = 0
        self.leads = self._word_of_mouth(books)
        return books

    def _word_of_mouth(self, books: np.ndarray) -> float:
        """Prospects relative to the start, each customer with the weight of the segment's network."""
        talkers = math.fsum(books["active"] * self.network)
        balance = (books["promoters"] - books["detractors"]) * self.network
        net = math.fsum(balance) / talkers if talkers else 0.0
        innovation, imitation = self.rules["innovation"][0].item(), self.rules["imitation"][0].item()
        return prospects_against_start(innovation, imitation, net - self._net_at_start)

    def dismiss(self, leaving: np.ndarray, week: int, books: np.ndarray) -> None:
        """Let the customers of these rows go, and say so in the week's `books` (for rules of one's
        own: see docs/mesa.md)."""
        self.customers["status"][leaving] = LOST
        self.customers["left"][leaving] = week
        self.next_need[leaving] = np.inf
        segments = self.customers["segment"][leaving]
        books["lost"] += np.bincount(segments, minlength=len(self.segments))

    def _grow(self, rows: int) -> None:
        customers, next_need = np.zeros(rows, CUSTOMER), np.full(rows, UNKNOWN)
        customers[: self.rows] = self.customers[: self.rows]
        next_need[: self.rows] = self.next_need[: self.rows]
        self.customers, self.next_need = customers, next_need

    @property
    def active(self) -> int:
        """Active customers now."""
        return int((self.customers["status"][: self.rows] == ACTIVE).sum())


def lifetime_value(margin_per_week: np.ndarray, hazard: float, discount_per_week: float) -> np.ndarray:
    """Customer lifetime value: margin while the customer stays, discounted, ∫ m·e^−(λ+δ)t dt = m/(λ+δ)
    (Gupta, Lehmann & Stuart 2004, in continuous time)."""
    return margin_per_week / max(1e-9, hazard + discount_per_week)
