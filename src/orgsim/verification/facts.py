"""What the model should show, if it is any good, beyond exact results: regions where each design loses,
stylised facts from the literature, and orders of magnitude. None was used to set a parameter.

A row compares two runs under the same seeds and says which sign is expected of the difference, or in
which range one run is expected to lie.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orgsim.simulation.result import RunResult

Read = Callable[[RunResult], float]


@dataclass(frozen=True)
class Side:
    """One of the runs that a row compares."""

    scenario: str
    design: str
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """An expectation: `one` − `other` has the sign `expected`, or, where no sign is expected, it lies between
    `low` and `high`; without `other`, `one` does."""

    group: str
    name: str
    quantity: str
    read: Read
    one: Side
    other: Side | None
    expected: int = 0
    low: float = float("nan")
    high: float = float("nan")
    source: str = ""
    remark: str = ""
    #: two more runs, whose difference is taken from that of the first two (difference in differences)
    against: tuple[Side, Side] | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Every run that the row needs."""
        return tuple(s for s in (self.one, self.other, *(self.against or ())) if s is not None)


def measure(key: str) -> Read:
    """A measure of the catalogue."""
    return lambda result: result.measures[key]


def weekly_mean(key: str, first: int, last: int) -> Read:
    """The mean of a weekly series from a week to before another."""
    return lambda result: float(np.nanmean(result.weekly[key][first:last]))


ADVERSARIAL, STYLISED, CALIBRATION = "Where each design loses", "Stylised facts", "Orders of magnitude"
HEADLINE, CONTINUITY = "The headline under other rules", "Small changes have small effects"
SIX = "six-designs"
SIMPLE = "validity/simple-volume"
EQUAL = "validity/equal-units"


def _loses(
    design: str, rival: str, scenario: str, quantity: str, read: Read, sign: int, *overrides: str
) -> Fact:
    """`design` comes off worse than `rival`: the difference has this sign."""
    return Fact(
        ADVERSARIAL,
        f"{design} against {rival}",
        quantity,
        read,
        Side(scenario, design, overrides),
        Side(scenario, rival, overrides),
        sign,
    )


def adversarial() -> list[Fact]:
    """For every design a region where it loses."""
    surge = "validity/surge-without-friction"
    key = "validity/surge-key-accounts"
    in_surge = weekly_mean("backlog_hours", 26, 38)
    return [
        _loses("silos", "teams", SIX, "cycle time, h", measure("cycle_time"), 1),
        _loses("teams", "silos", surge, "backlog in the surge, h", in_surge, 1),
        _loses("teams", "silos", SIMPLE, "cycle time, h", measure("cycle_time"), 1),
        _loses("directorate", "silos", SIX, "result, €", measure("result"), -1),
        _loses(
            "matrix", "teams", "validity/conflicts", "arbitration delay, h", measure("arbitration_latency"), 1
        ),
        _loses("chained", "teams", SIMPLE, "result, €", measure("result"), -1),
        _loses(
            "by-segment", "teams", key, "backlog in the surge, h", weekly_mean("backlog_hours", 26, 39), 1
        ),
        _loses("digital-native", "teams", SIX, "result, €", measure("result"), -1),
    ]


def _lies(
    name: str,
    quantity: str,
    key: str,
    low: float,
    high: float,
    source: str,
    remark: str = "",
    design: str = "silos",
    overrides: tuple[str, ...] = (),
) -> Fact:
    return Fact(
        CALIBRATION,
        name,
        quantity,
        measure(key),
        Side("default", design, overrides),
        None,
        low=low,
        high=high,
        source=source,
        remark=remark,
    )


def calibration() -> list[Fact]:
    """Orders of magnitude of the default company in calm, in silos."""
    office = ("company.functions.service.turnover=1.0",)
    broken = ("frictions.handoff.transfer_hours=60.0", "horizon.weeks=312")
    return [
        _lies(
            "Ping-pong",
            "% of cases that change hands",
            "ping_pong",
            10,
            28,
            "BPI Challenge 2013: 15.6 % A-B-A; 2014: 28 %",
        ),
        _lies(
            "First-contact resolution",
            "%",
            "first_contact_resolution",
            70,
            95,
            "vendor figures: 70–72 % on average in call centres, more in offices",
        ),
        _lies(
            "Staff turnover, offices",
            "%/year",
            "staff_turnover",
            8,
            12,
            "assumption: 8–12 % at headquarters",
            "customer service like all others",
            overrides=office,
        ),
        _lies(
            "Spread of satisfaction",
            "standard deviation, points",
            "satisfaction_spread",
            15,
            29,
            "surveys on a scale of 0 to 100: 23–29",
        ),
        _lies(
            "Satisfaction after years of broken promises",
            "0–100, six years",
            "satisfaction",
            41,
            61,
            "orders of magnitude: on-time 90 → 10 % costs 15–35 points",
            "transfers of 60 h: nine of ten cases are late",
            overrides=broken,
        ),
        _lies(
            "Churn after years of broken promises",
            "%/year, six years",
            "churn",
            18,
            40,
            "orders of magnitude: at least doubled",
            "the same company",
            overrides=broken,
        ),
        _lies("Churn", "%/year", "churn", 7.4, 16.3, "French internet providers: 1.9–4.4 % a quarter"),
        _lies("Utilisation", "% of paid hours", "utilisation", 75, 85, "assumption: about 80 % in calm"),
        _lies(
            "Value-adding work",
            "% of paid hours",
            "touch_share",
            60,
            70,
            "design value: about 65 % in calm",
            "standard hours fill 66 %; at the speed that practice brings, they take less",
        ),
        _lies("Coordination", "% of paid hours", "coordination_share", 5, 20, "assumption: 5–20 % of time"),
        _lies("Offer", "fit of the offer, 0–100", "offer_fit", 60, 80, "kept in calm by the experiments"),
    ]
