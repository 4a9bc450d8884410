"""The money ledger: every euro of cost is in one line, and the lines sum to the total."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from orgsim.operations.state import ARBITRATION, LINES, QUEUE, TRANSFER, Core

#: hours of staff that cost money (waiting in a queue or in transit costs none)
PAID_LINES = tuple(line for i, line in enumerate(LINES) if i not in (QUEUE, TRANSFER))
#: costs that are not hours of staff
OTHER_LINES = (
    "leadership", "headquarters", "overtime_premium", "temporary_premium", "overhead", "hiring",
    "severance", "compensation", "transition", "dual_running", "programme",
)  # fmt: skip
COST_LINES = (*PAID_LINES, *OTHER_LINES)
_PAID = [i for i in range(len(LINES)) if i not in (QUEUE, TRANSFER)]
_OTHER = {name: len(_PAID) + i for i, name in enumerate(OTHER_LINES)}


@dataclass(frozen=True)
class Rates:
    """Prices of hours and heads."""

    pay: np.ndarray  # [pool] €/h
    manager_pay: float
    overtime_premium: float
    temporary_premium: float
    overhead_per_week: float  # € per head
    hiring: float
    compensation: float
    week_hours: float


@dataclass(frozen=True)
class Week:
    """What a week's costs follow from, besides the hours in the core."""

    overtime_hours: np.ndarray  # [pool]
    staff: float  # heads
    managers: float  # heads
    headquarters: float  # heads
    headquarters_pay: float
    hired: int
    defects_delivered: int
    decided: Mapping[str, float]  # € by line


class Ledger:
    """Costs by line, accumulated week by week from the hours that the core has booked."""

    def __init__(self, rates: Rates):
        self.rates = rates
        self.lines = np.zeros(len(COST_LINES))
        self._paid_before: np.ndarray | float = 0.0
        self._attention_before = 0.0

    def begin(self, core: Core) -> None:
        """Start counting from the present state of the core."""
        self.lines[:] = 0.0
        self._paid_before = core.paid.copy()
        self._attention_before = float(core.nodes["hours"].sum())

    def close_week(self, core: Core, week: Week) -> float:
        """Book a week. Returns its cost in euros."""
        rates = self.rates
        pools = len(rates.pay)
        hours = core.paid - self._paid_before
        self._paid_before = core.paid.copy()
        attention_now = float(core.nodes["hours"].sum())
        attention = attention_now - self._attention_before
        self._attention_before = attention_now
        costs = np.zeros(len(COST_LINES))
        by_line = rates.pay @ (hours[:pools] + hours[pools:])
        by_line[ARBITRATION] += attention * rates.manager_pay
        costs[: len(_PAID)] = by_line[_PAID]
        heads = week.staff + week.managers + week.headquarters
        other = {
            "leadership": (week.managers * rates.week_hours - attention) * rates.manager_pay,
            "headquarters": week.headquarters * rates.week_hours * week.headquarters_pay,
            "overtime_premium": float(week.overtime_hours @ rates.pay) * rates.overtime_premium,
            "temporary_premium": float(hours[pools:].sum(axis=1) @ rates.pay) * rates.temporary_premium,
            "overhead": heads * rates.overhead_per_week,
            "hiring": week.hired * rates.hiring,
            "compensation": week.defects_delivered * rates.compensation,
            **week.decided,
        }
        for name, euros in other.items():
            costs[_OTHER[name]] = euros
        self.lines += costs
        return float(costs.sum())

    @property
    def total(self) -> float:
        """Euros of all lines."""
        return sum(self.lines.tolist())

    def as_dict(self) -> dict[str, float]:
        """Euros by line."""
        return dict(zip(COST_LINES, (float(value) for value in self.lines), strict=True))
