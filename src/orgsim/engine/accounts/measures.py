"""The measures: standard names, units, which direction is better, and how each is computed."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from orgsim.engine.operations.state import CYCLE_BINS, CYCLE_MIN, CYCLE_RATIO
from orgsim.mechanisms.catalogue import MEASURES as MECHANISMS_OWN


@dataclass(frozen=True)
class Measure:
    """One number about a run."""

    key: str
    label: str
    unit: str
    better: Literal["lower", "higher", ""]
    digits: int
    meaning: str


#: measures that a summary leaves out; everything is in `--all-measures`, `--json` and in Python
DETAILS = frozenset(
    (
        "overhead_ratio", "cost_of_poor_quality", "discounted_result", "clv", "payback",
        "very_satisfied", "measured_satisfaction", "effort", "cycle_p50", "throughput",
        "work_in_progress", "backlog_age", "automated", "rework_share", "escalation",
        "touch_share", "overtime", "enps", "fatigue", "work_standard", "resilience_depth",
        "resilience_weeks", "resilience_loss",
    )
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (
    Measure("total_cost", "Total cost", "€", "lower", 0, "all lines of the cost ledger"),
    Measure("cost_to_serve", "Cost to serve", "€/case", "lower", 0, "total cost ÷ completed cases"),
    Measure("overhead_ratio", "Overhead ratio", "%", "lower", 1,
            "leadership, headquarters and overhead in total cost"),
    Measure("cost_of_poor_quality", "Cost of poor quality", "%", "lower", 1,
            "rework, bounces, failure demand and compensation in total cost"),
    Measure("revenue", "Revenue", "€", "higher", 0, "from active customers"),
    Measure("result", "Result", "€", "higher", 0, "revenue − direct cost − total cost"),
    Measure("discounted_result", "Result, discounted", "€", "higher", 0,
            "weekly results at their worth when the measures begin"),
    Measure("customer_equity", "Customer equity", "€", "higher", 0,
            "lifetime value of all customers at the end"),
    Measure("clv", "Customer lifetime value", "€", "higher", 0,
            "margin ÷ (observed hazard + discount), mean over customers"),
    Measure("cac", "Acquisition cost", "€/customer", "lower", 0,
            "total cost × acquisition's share of the work ÷ customers won"),
    Measure("payback", "Payback of acquisition", "weeks", "lower", 0,
            "acquisition cost ÷ weekly margin of a new customer"),
    Measure("satisfaction", "Customer satisfaction", "0–100", "higher", 1,
            "mean over active customers and weeks"),
    Measure("very_satisfied", "Very satisfied", "%", "higher", 1,
            "share at 80 or above (top box), mean over weeks"),
    Measure("measured_satisfaction", "Measured satisfaction", "0–100", "higher", 1,
            "what the company's own score says, gaming included"),
    Measure("kpi_gap", "KPI gap", "points", "lower", 2, "measured − actual satisfaction"),
    Measure("nps", "Net promoter score", "−100–100", "higher", 1, "promoters − detractors"),
    Measure("effort", "Customer effort", "0–100", "lower", 1, "hands and repeats per case, as a score"),
    Measure("churn", "Churn", "%/year", "lower", 2, "customers lost ÷ customer-years"),
    Measure("retention", "Retention", "%/year", "higher", 2, "share of customers kept over a year"),
    Measure("customers", "Customers at the end", "", "higher", 0, "active at the end"),
    Measure("won", "Customers won", "", "higher", 0, "prospects who became customers"),
    Measure("cycle_time", "Cycle time, mean", "h", "lower", 1, "opening to close of completed cases"),
    Measure("cycle_p50", "Cycle time, median", "h", "lower", 1, "working hours"),
    Measure("cycle_p90", "Cycle time, 90 % within", "h", "lower", 1, "working hours"),
    Measure("service_level", "Cases within promise", "%", "higher", 1,
            "of all cases due; given up or overdue and open counts as missed"),
    Measure("weakest_service", "Within promise, weakest", "%", "higher", 1,
            "the same in the process where it is lowest"),
    Measure("abandonment", "Cases abandoned", "%", "lower", 2, "of closed cases"),
    Measure("flow_efficiency", "Flow efficiency", "%", "higher", 1,
            "value-adding share of lead time"),
    Measure("throughput", "Throughput", "cases/week", "", 0, "completed cases"),
    Measure("work_in_progress", "Open cases, mean", "", "lower", 0, "time average"),
    Measure("backlog", "Backlog", "h", "lower", 0, "work that waits in queues, mean of weeks"),
    Measure("backlog_age", "Age of the backlog", "h", "lower", 1, "waiting cases at the end, since opening"),
    Measure("automated", "Automated", "%", "", 1, "of opened cases"),
    Measure("handoffs", "Handoffs per case", "", "lower", 2, "changes of person"),
    Measure("ping_pong", "Ping-pong rate", "%", "lower", 1, "bounced share of multi-unit cases"),
    Measure("first_contact_resolution", "First-contact resolution", "%", "higher", 1,
            "completed cases that do not come back"),
    Measure("rework_share", "Rework", "% paid h", "lower", 2, "rework and bounces in paid hours"),
    Measure("failure_demand", "Failure demand", "% paid h", "lower", 2,
            "repeat contacts in paid hours"),
    Measure("escalation", "Escalation rate", "%", "lower", 1,
            "exceptions decided above the unit"),
    Measure("arbitration_latency", "Arbitration delay", "h", "lower", 2,
            "exception to decision, mean"),
    Measure("coordination_share", "Coordination", "% paid h", "lower", 1, "of staff's paid hours"),
    Measure("utilisation", "Utilisation", "%", "", 1, "staff's paid hours that are not idle"),
    Measure("touch_share", "Value-adding", "% paid h", "", 1, "of staff's paid hours"),
    Measure("overtime", "Overtime", "h", "lower", 0, "by permanent staff"),
    Measure("temporary", "Temporary staff", "h", "lower", 0, "paid hours of temporary staff"),
    Measure("managers", "Managers", "persons", "lower", 0,
            "from the units and the span of control; owners of processes too"),
    Measure("staff_turnover", "Staff turnover", "%/year", "lower", 1, "people who quit ÷ person-years"),
    Measure("morale", "Morale", "0–100", "higher", 1, "mean over staff and weeks"),
    Measure("enps", "Staff promoter score", "−100–100", "higher", 1,
            "staff who would recommend their employer − those who would not"),
    Measure("fatigue", "Fatigue", "0–100", "lower", 1, "mean over staff and weeks"),
    Measure("customer_knowledge", "Customer knowledge", "0–100", "higher", 1, "mean over staff and weeks"),
    Measure("work_standard", "Work standard", "% of start", "", 1,
            "time per case that people think right"),
    Measure("maturity", "Maturity", "0–100", "higher", 1,
            "customer knowledge, shared targets, near decisions"),
    Measure("time_to_market", "Time to market", "weeks", "lower", 1, "from an idea to its launch, mean"),
    Measure("offer_fit", "Fit of the offer", "0–100", "higher", 1, "mean over segments and weeks"),
    Measure("resilience_depth", "Depth of the fall", "%", "lower", 1,
            "of weekly result, at the lowest point after the first event"),
    Measure("resilience_weeks", "Weeks to recover", "weeks", "lower", 0,
            "until 95 % of the result before"),
    Measure("resilience_loss", "Loss until recovery", "€", "lower", 0,
            "result missed between the event and the recovery"),
    *(Measure(one.key, one.label, one.unit, one.better, one.digits, one.meaning) for one in MECHANISMS_OWN),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}


def quantile(counts: np.ndarray, share: float) -> float:
    """A quantile of cycle times from their geometric bins, interpolated inside the bin."""
    total = counts.sum()
    if total == 0:
        return float("nan")
    cumulative = np.cumsum(counts)
    rank = share * total
    bin_ = min(int(np.searchsorted(cumulative, rank)), CYCLE_BINS - 1)
    before = cumulative[bin_ - 1] if bin_ else 0
    inside = (rank - before) / max(1, counts[bin_])
    return float(CYCLE_MIN * CYCLE_RATIO ** (bin_ + inside))


def column_sums(table: np.ndarray) -> np.ndarray:
    """The sum of every column, correctly rounded and therefore the same in whatever order and on
    whatever machine (Shewchuk 1997)."""
    return np.array([math.fsum(column) for column in table.T.tolist()])


def ratio(part: float, whole: float) -> float:
    """part ÷ whole, and not a number where there is no whole."""
    return float(part / whole) if whole else float("nan")
