"""What was booked of a run: the one thing that measures are computed from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from orgsim.mechanisms.catalogue import MEANS

#: what is added up week by week since the measures began, and what it means: unit, definition
SUMS = {
    "revenue": ("€", "from active customers"),
    "discounted": ("€", "weekly results at their worth when the measures begin"),
    "customer_weeks": ("person-weeks", "customers active in the week, before anybody leaves"),
    "lost": ("persons", "customers who left"),
    "won": ("persons", "prospects who became customers"),
    "satisfied": ("person-weeks", "satisfaction (0–1) over active customers"),
    "satisfied_squared": ("person-weeks", "its square over active customers"),
    "very_satisfied": ("person-weeks", "customers in the top box"),
    "promoters": ("person-weeks", "customers who would recommend"),
    "detractors": ("person-weeks", "customers who would warn"),
    "measured": ("0–100 × persons", "the company's own score over active customers"),
    "judged": ("cases", "closed cases that a customer judged"),
    "effort": ("cases", "effort (0–1) of those"),
    "people_weeks": ("person-weeks", "permanent staff"),
    "left": ("persons", "staff who quit"),
    "knowledge": ("person-weeks", "customer knowledge (0–1) over staff"),
    "morale": ("person-weeks", "morale (0–1) over staff"),
    "fatigue": ("person-weeks", "fatigue (0–1) over staff"),
    "staff_promoters": ("person-weeks", "staff who would recommend their employer"),
    "staff_detractors": ("person-weeks", "staff who would not"),
    "overtime": ("h", "overtime worked by permanent staff"),
    "backlog": ("h × weeks", "work that waits in queues at the end of the week"),
    "standard": ("× start × weeks", "time per case that people think right, mean over pools"),
    "fit": ("0–1 × weeks", "fit of the offer, mean over segments"),
    "maturity": ("0–1 × weeks", "score of maturity"),
    **{mean.key: ("person-weeks", f"{mean.name} of each {mean.record}, over staff") for mean in MEANS},
}


@dataclass(frozen=True)
class Account:
    """A run since its measures began. Mappings go by name: sums by SUMS, hours by the lines of the friction
    ledger, euros by the lines of cost, cases by what happened to them."""

    weeks: int  #: measured so far, at least 1
    week_hours: float  #: working hours of a week
    weeks_per_year: int  #: of all rates a year
    sums: Mapping[str, float]  #: see SUMS
    costs: Mapping[str, float]  #: € by line
    total_cost: float  #: €, all lines
    direct_cost: float  #: share of revenue
    paid: Mapping[str, float]  #: hours of staff by line
    paid_hours: float  #: all lines
    temporary_hours: float  #: of temporary staff, in `paid` too
    lead: Mapping[str, float]  #: hours of lead time by line
    lead_hours: float  #: all lines
    cases: Mapping[str, float]  #: number, and hours of `cycle`, by what happened
    experiments: Mapping[str, float]  #: `closed` and `cycle` of the cases that are experiments
    cycle_within: Callable[[float], float]  #: hours within which this share of completed cases is closed
    decisions: float  #: of managers about exceptions
    latency: float  #: hours from exception to decision, of all
    open_case_hours: float  #: integral of open cases over time
    waiting_age: float  #: hours since opening, mean of the cases that wait now
    service: float  #: % of all cases due within their promise
    service_by_process: Sequence[float]  #: the same by process; nan where none was due
    managers: float  #: their time now, persons
    customers: float  #: active now
    customers_by_segment: Sequence[float]  #: active in the last week, before anybody left
    lifetime_values: Sequence[float]  #: € of a customer by segment
    acquisition_share: float  #: of the touch time that goes into winning customers
    new_customer_margin: float  #: € a week, mean over prospects
    fall: Mapping[str, float]  #: depth, weeks, loss after the first event: see engine/accounts/resilience


def ratio(part: float, whole: float) -> float:
    """part ÷ whole, and not a number where there is no whole."""
    return float(part / whole) if whole else float("nan")
