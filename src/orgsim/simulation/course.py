"""What is recorded of a run: the weekly course, and sums since the measures began."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from orgsim.measures.account import SUMS
from orgsim.mechanisms.catalogue import MEANS
from orgsim.scenario import Scenario
from orgsim.working_time import HOURS_PER_WEEK, WEEKS_PER_YEAR

#: what is recorded at the end of every week, and what it means: unit, definition
WEEKLY = {
    "index": ("×", "demand against calm, as the crises' own figures say"),
    "customers": ("persons", "active at the end of the week"),
    "satisfaction": ("0–100", "mean over customers"),
    "measured_satisfaction": ("0–100", "what the company's own score says, gaming included"),
    "very_satisfied": ("%", "customers at 80 or above (top box)"),
    "lost": ("persons", "customers lost in the week"),
    "won": ("persons", "customers won in the week"),
    "open_cases": ("cases", "at the end of the week"),
    "backlog_hours": ("h", "work that waits in queues at the end of the week"),
    "overtime_share": ("share", "overtime ordered for the week and worked in it ÷ (40 h × staff)"),
    "temporary_staff": ("persons", "ordered for the week and on duty in all of it; × 40 h: their paid hours"),
    "staff": ("persons", "permanent, absent people included, at the end of the week"),
    "left": ("persons", "who quit in the week (whoever is cut does not count)"),
    "hired": ("persons", "who filled a place when the week began"),
    "knowledge": ("0–1", "customer knowledge, mean over staff"),
    "morale": ("0–1", "mean over staff"),
    "fatigue": ("0–1", "mean over staff"),
    "work_standard": ("× start", "time per case that people think right, mean over pools"),
    "offer_fit": ("0–1", "mean over segments"),
    "maturity": ("0–1", "customer knowledge, shared targets, near decisions"),
    "revenue": ("€", "of the week"),
    "cost": ("€", "all lines of the cost ledger in the week"),
    "result": ("€", "revenue − direct cost − cost"),
    **{mean.key: (mean.unit, mean.meaning) for mean in MEANS},
}


@dataclass(frozen=True)
class WeekSeen:
    """A week at its end, as the simulation sees it."""

    index: float  #: demand against calm
    customers: Mapping[str, float]  #: sums over segments, by the fields of the market's BOOKS
    judged: Mapping[str, float]  #: what closed cases were like, by the fields of the market's EXPERIENCE
    staff: Mapping[str, float]  #: sums over people, by the fields of the people's TOTALS
    fit: float  #: of the offer, 0 to 1, mean over segments
    standard: float  #: time per case that people think right, × start, mean over pools
    maturity: float  #: 0 to 1
    open_cases: int  #: now
    backlog: float  #: hours of work that wait in queues
    overtime: float  #: hours worked
    temporary_staff: int  #: persons
    hired: int  #: persons
    revenue: float  #: €
    cost: float  #: €


class Course:
    """The weekly course by the names of WEEKLY, and sums since the measures began by the names of SUMS."""

    def __init__(self, settings: Scenario):
        self.weekly: dict[str, list[float]] = {name: [] for name in WEEKLY}
        self.sums = dict.fromkeys(SUMS, 0.0)
        self._warmup = settings.horizon.warmup_weeks
        self._direct_cost = settings.money.direct_cost
        self._gaming = settings.people.gaming
        self._discount = (1.0 + settings.money.discount_rate) ** (-1.0 / WEEKS_PER_YEAR)

    def record(self, week: int, seen: WeekSeen) -> None:
        """One line of the weekly course, added to the sums."""
        customers, staff, judged = seen.customers, seen.staff, seen.judged
        active, heads = customers["active"], max(1.0, staff["people"])
        result = seen.revenue * (1.0 - self._direct_cost) - seen.cost
        satisfaction = 100 * customers["satisfaction"] / active if active else math.nan
        gamed = 100 * self._gaming * staff["reward_unseen"] / heads
        measured = min(100.0, satisfaction + gamed) if active else math.nan
        line = {
            "index": seen.index,
            "customers": active - customers["lost"] + customers["won"],
            "satisfaction": satisfaction,
            "measured_satisfaction": measured,
            "very_satisfied": 100 * customers["very_satisfied"] / active if active else math.nan,
            "lost": customers["lost"],
            "won": customers["won"],
            "open_cases": seen.open_cases,
            "backlog_hours": seen.backlog,
            "overtime_share": seen.overtime / (HOURS_PER_WEEK * heads),
            "temporary_staff": seen.temporary_staff,
            "staff": staff["people"],
            "left": staff["left"],
            "hired": seen.hired,
            "knowledge": staff["knowledge"] / heads,
            "morale": staff["morale"] / heads,
            "fatigue": staff["fatigue"] / heads,
            "work_standard": seen.standard,
            "offer_fit": seen.fit,
            "maturity": seen.maturity,
            "revenue": seen.revenue,
            "cost": seen.cost,
            "result": result,
            **{mean.key: mean.scale * staff[mean.key] / heads for mean in MEANS},
        }
        gained = {
            "revenue": seen.revenue,
            "discounted": result * self._discount ** (week - self._warmup),
            "customer_weeks": active,
            "lost": customers["lost"],
            "won": customers["won"],
            "satisfied": customers["satisfaction"],
            "satisfied_squared": customers["squared"],
            "very_satisfied": customers["very_satisfied"],
            "promoters": customers["promoters"],
            "detractors": customers["detractors"],
            "measured": measured * active if active else 0.0,
            "judged": judged["cases"],
            "effort": judged["effort"],
            "people_weeks": staff["people"],
            "left": staff["left"],
            "knowledge": staff["knowledge"],
            "morale": staff["morale"],
            "fatigue": staff["fatigue"],
            "staff_promoters": staff["staff_promoters"],
            "staff_detractors": staff["staff_detractors"],
            "overtime": seen.overtime,
            "backlog": seen.backlog,
            "standard": seen.standard,
            "fit": seen.fit,
            "maturity": seen.maturity,
            **{mean.key: staff[mean.key] for mean in MEANS},
        }
        for name, series in self.weekly.items():
            series.append(line[name])
        for name in SUMS:
            self.sums[name] += gained[name]

    def begin(self) -> None:
        """The warm-up is over: forget its sums."""
        self.sums = dict.fromkeys(SUMS, 0.0)
