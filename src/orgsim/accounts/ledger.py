"""The money ledger: every euro of cost is in one line, and the lines sum to the total."""

from dataclasses import dataclass

import numpy as np

from orgsim.operations.state import ARBITRATION, LINES, QUEUE, TRANSFER, Core

#: hours of staff that cost money (waiting in a queue or in transit costs none)
PAID_LINES = tuple(line for i, line in enumerate(LINES) if i not in (QUEUE, TRANSFER))
COST_LINES = (
    *PAID_LINES,
    "leadership",
    "overtime_premium",
    "temporary_premium",
    "overhead",
    "compensation",
    "transition",
)
_PAID = [i for i in range(len(LINES)) if i not in (QUEUE, TRANSFER)]


@dataclass(frozen=True)
class Rates:
    """Prices of hours and heads."""

    pay: np.ndarray  # [pool] €/h
    manager_pay: float
    overtime_premium: float
    temporary_premium: float
    overhead_per_week: float  # € per head
    compensation: float
    staff: int
    managers: int
    week_hours: float
    transition: float  # € in all


class Ledger:
    """Costs by line, accumulated week by week from the hours that the core has booked."""

    def __init__(self, rates: Rates):
        self.rates = rates
        self.lines = np.zeros(len(COST_LINES))
        self._transition_due = rates.transition
        self._paid_before: np.ndarray | float = 0.0
        self._attention_before = 0.0

    def begin(self, core: Core) -> None:
        """Start counting from the present state of the core, the transition ahead."""
        self.lines[:] = 0.0
        self._transition_due = self.rates.transition
        self._paid_before = core.paid.copy()
        self._attention_before = float(core.nodes["hours"].sum())

    def close_week(self, core: Core, overtime_hours: np.ndarray, defects_delivered: int) -> float:
        """Book the week; `overtime_hours` by pool. Returns its cost in euros."""
        rates = self.rates
        pools = len(rates.pay)
        hours = core.paid - self._paid_before
        self._paid_before = core.paid.copy()
        attention_now = float(core.nodes["hours"].sum())
        attention = attention_now - self._attention_before
        self._attention_before = attention_now
        week = np.zeros(len(COST_LINES))
        by_line = rates.pay @ (hours[:pools] + hours[pools:])
        by_line[ARBITRATION] += attention * rates.manager_pay
        week[: len(_PAID)] = by_line[_PAID]
        managed = rates.managers * rates.week_hours
        week[len(_PAID) :] = (
            (managed - attention) * rates.manager_pay,
            float(overtime_hours @ rates.pay) * rates.overtime_premium,
            float(hours[pools:].sum(axis=1) @ rates.pay) * rates.temporary_premium,
            (rates.staff + rates.managers) * rates.overhead_per_week,
            defects_delivered * rates.compensation,
            self._transition_due,
        )
        self._transition_due = 0.0
        self.lines += week
        return float(week.sum())

    @property
    def total(self) -> float:
        """Euros of all lines."""
        return sum(self.lines.tolist())

    def as_dict(self) -> dict[str, float]:
        """Euros by line."""
        return dict(zip(COST_LINES, (float(value) for value in self.lines), strict=True))
