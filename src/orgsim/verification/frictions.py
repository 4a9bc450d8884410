"""Closed forms of single frictions: five departments of 24 in a row, among whom nobody waits, so that what a
case takes longer than its work is the one friction that is switched on. 120 people are at distance 1."""

import math
from collections.abc import Callable
from functools import partial

from orgsim.messages import Message
from orgsim.simulation.result import RunResult
from orgsim.verification import oracles
from orgsim.verification.row import Row

_HANDOFFS = 4
_WORK = 5.0


def cycle_time(result: RunResult) -> float:
    """Mean hours from opening to close."""
    return result.measures["cycle_time"]


def handoffs(result: RunResult) -> float:
    """Mean changes of person of a case."""
    return result.measures["handoffs"]


def decision_delay(result: RunResult) -> float:
    """Mean hours from an exception to its decision."""
    return result.measures["arbitration_latency"]


def leadership(result: RunResult) -> float:
    """The time of all who lead, in persons."""
    return result.measures["managers"]


def familiarised_time(share: float, kept: float) -> float:
    """Hours of a case where the k-th person needs `share` · (2 − I) of an hour to get into it, and of its
    information I the part `kept` survives each handoff: Σ (1 + share·(2 − kept^k))."""
    return math.fsum(1.0 + share * (2.0 - kept**k) for k in range(_HANDOFFS + 1))


def handoffs_with_bounces(bounce: float, kept: float, repair: float) -> float:
    """Handoffs of a case: four, and two more for every bounce, there and back. What a repair restores stays,
    so that the information that is left depends on how often the case came back before."""

    def following(information: float, left: int) -> float:
        if left == 0:
            return 0.0
        arrived, reached, total = information * kept, 1.0, 1.0
        while reached > 1e-9:
            chance = bounce * (1.0 - arrived)
            total += reached * (1.0 - chance) * following(arrived, left - 1) + reached * chance * 2.0
            reached *= chance
            arrived = 1.0 - (1.0 - arrived) * (1.0 - repair)
        return total

    return following(1.0, _HANDOFFS)


def tied_time(hours: float, effect: float, known: float) -> float:
    """Hours of a case among strangers who stay so: each handoff takes 1 ÷ (1 − β·known) of its hours."""
    return _WORK + _HANDOFFS * hours / (1.0 - effect * known)


def time_to_lead(departments: int, people: int, span: int) -> float:
    """Persons who lead departments of so many people, in groups of at most a span: each node takes what it
    has below it ÷ span, in groups, then heads, then heads of departments (all within one span here)."""
    groups = math.ceil(people / span)
    return departments * (people + groups) / span + departments / span


_DECIDED = (
    "frictions.arbitration.exception_rate=1", "frictions.arbitration.rework=0",
    "frictions.arbitration.correct=0", "frictions.arbitration.proceed_defect=0", "practices.autonomy=0",
    "company.managers.attention=1",
)  # fmt: skip


def friction_rows() -> list[Row]:
    """One row for each friction that has a closed form."""

    def row(
        name: str, quantity: str, read: Callable[[RunResult], float], exact: Callable[[], float],
        *overrides: str,
    ) -> Row:  # fmt: skip
        return Row(Message(name), quantity, "frictions", "departments", read, exact, overrides)

    return [
        row("Four handoffs of 4 h at distance 1", "cycle time, h", cycle_time,
            lambda: _WORK + _HANDOFFS * 4.0, "frictions.handoff.transfer_hours=4"),
        row("Four handoffs at half the distance", "cycle time, h", cycle_time,
            lambda: _WORK + _HANDOFFS * 2.0, "frictions.handoff.transfer_hours=4",
            "frictions.distance.people_far=240"),
        row("Four handoffs between strangers", "cycle time, h", cycle_time, partial(tied_time, 4.0, 0.5, 0.8),
            "frictions.handoff.transfer_hours=4", "frictions.ties.effect=0.5", "frictions.ties.gain=0"),
        row("Information after four handoffs", "cycle time, h", cycle_time,
            partial(familiarised_time, 0.5, 0.8 * 0.95), "frictions.handoff.information_kept=0.8",
            "frictions.handoff.translation=0.05", "frictions.handoff.familiarisation=0.5"),
        row("Bounces and repairs", "handoffs per case", handoffs,
            partial(handoffs_with_bounces, 0.45, 0.8, 0.8), "frictions.handoff.information_kept=0.8",
            "frictions.handoff.bounce=0.45", "horizon.weeks=40"),
        row("Decisions of the group's head", "hours from exception to decision", decision_delay,
            lambda: 0.1 + oracles.mmc_wait(5.0, 10.0, 1), *_DECIDED,
            "frictions.arbitration.concerns_others=0", "frictions.arbitration.decision_hours=0.1",
            "company.managers.span_of_control=24", "horizon.weeks=300"),
        row("Decisions of the common superior", "hours from exception to decision", decision_delay,
            lambda: 1e-4 * (1.0 + 0.3), *_DECIDED, "frictions.arbitration.concerns_others=1",
            "frictions.arbitration.decision_hours=0.0001", "company.managers.span_of_control=24",
            "streams.jobs.per_week=16", "horizon.weeks=400"),
        row("Time to lead", "managers", leadership, partial(time_to_lead, 5, 24, 10),
            "company.managers.span_of_control=10", "horizon.weeks=1"),
    ]  # fmt: skip
