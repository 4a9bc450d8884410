"""The money ledger: every euro of cost is in one line, and the lines sum to the total."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from orgsim.engine.operations.state import ARBITRATION, LINES, QUEUE, TRANSFER, Core
from orgsim.kernel.compiled import compiled_entry

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


@compiled_entry
def price_hours(paid, before, pay, overtime_hours, by_line):
    """The hours booked since `before`, which is brought up to `paid`: `by_line` receives euros. Returns
    the pay of temporary staff and that of the overtime hours. Added up one by one, in one order: a sum
    by a library of linear algebra depends on the processor."""
    pools = pay.shape[0]
    for line in range(by_line.shape[0]):
        by_line[line] = 0.0
    temporary, overtime = 0.0, 0.0
    for account in range(paid.shape[0]):
        pool = account if account < pools else account - pools
        hours = 0.0
        for line in range(by_line.shape[0]):
            spent = paid[account, line] - before[account, line]
            before[account, line] = paid[account, line]
            by_line[line] += spent * pay[pool]
            hours += spent
        if account < pools:
            overtime += overtime_hours[pool] * pay[pool]
        else:
            temporary += hours * pay[pool]
    return temporary, overtime


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
    defects_delivered: float
    decided: Mapping[str, float]  # € by line


class Ledger:
    """Costs by line, accumulated week by week from the hours that the core has booked."""

    def __init__(self, rates: Rates, core: Core):
        self.rates = rates
        self.lines = np.zeros(len(COST_LINES))
        self.begin(core)

    def begin(self, core: Core) -> None:
        """Start counting from the present state of the core."""
        self.lines[:] = 0.0
        self._paid_before = core.paid.copy()
        self._attention_before = math.fsum(core.nodes["hours"])

    def close_week(self, core: Core, week: Week) -> float:
        """Book a week. Returns its cost in euros."""
        rates = self.rates
        by_line = np.empty(len(LINES))
        temporary, overtime = price_hours(
            core.paid, self._paid_before, rates.pay, week.overtime_hours, by_line
        )
        attention_now = math.fsum(core.nodes["hours"])
        attention = attention_now - self._attention_before
        self._attention_before = attention_now
        costs = np.zeros(len(COST_LINES))
        by_line[ARBITRATION] += attention * rates.manager_pay
        costs[: len(_PAID)] = by_line[_PAID]
        heads = week.staff + week.managers + week.headquarters
        other = {
            "leadership": (week.managers * rates.week_hours - attention) * rates.manager_pay,
            "headquarters": week.headquarters * rates.week_hours * week.headquarters_pay,
            "overtime_premium": overtime * rates.overtime_premium,
            "temporary_premium": temporary * rates.temporary_premium,
            "overhead": heads * rates.overhead_per_week,
            "hiring": week.hired * rates.hiring,
            "compensation": week.defects_delivered * rates.compensation,
            **week.decided,
        }
        for name, euros in other.items():
            costs[_OTHER[name]] = euros
        self.lines += costs
        return math.fsum(costs)

    @property
    def total(self) -> float:
        """Euros of all lines."""
        return math.fsum(self.lines)

    def as_dict(self) -> dict[str, float]:
        """Euros by line."""
        return dict(zip(COST_LINES, (float(value) for value in self.lines), strict=True))
