"""The measures, in the order in which they are shown.

Smallest differences that matter: of euros a hundredth (of a measure that may lie around 0, of the total cost:
a euro is a euro); of durations and counts a twentieth; of shares and scores one point in a hundred, of scores
from −100 to 100 two; of customers lost in a year half a point, since most companies lose one in ten.
"""

import math
from collections.abc import Sequence

from orgsim.measures.account import Account, ratio
from orgsim.measures.measure import Margin, Measure
from orgsim.mechanisms.catalogue import MEANS
from orgsim.mechanisms.declaration import StaffMean

_POINT, _TWO_POINTS, _HALF_A_POINT = Margin(1.0), Margin(2.0), Margin(0.5)


def _hundredth(of: str) -> Margin:
    return Margin(0.01, of)


def _twentieth(of: str) -> Margin:
    return Margin(0.05, of)


# what several formulas share


def _per_customer(a: Account, name: str) -> float:
    return ratio(a.sums[name], a.sums["customer_weeks"])


def _per_person(a: Account, name: str) -> float:
    return ratio(a.sums[name], a.sums["people_weeks"])


def _over_staff(mean: StaffMean) -> Measure:
    """What a mechanism wants recorded of people."""
    return Measure(mean.key, mean.label, mean.unit, mean.better, mean.digits, mean.meaning,
                   Margin(mean.matters), lambda a: mean.scale * _per_person(a, mean.key))  # fmt: skip


def _satisfaction(a: Account) -> float:
    return 100 * _per_customer(a, "satisfied")


def _spread(a: Account) -> float:
    mean, square = _per_customer(a, "satisfied"), _per_customer(a, "satisfied_squared")
    return 100 * math.sqrt(max(0.0, square - mean * mean)) if math.isfinite(mean) else math.nan


def _churn(a: Account) -> float:
    """Customers lost, by customer and year."""
    return ratio(a.sums["lost"], a.sums["customer_weeks"] / a.weeks_per_year)


def _equity(a: Account) -> float:
    pairs = zip(a.customers_by_segment, a.lifetime_values, strict=True)
    return math.fsum(customers * value for customers, value in pairs)


def _acquisition_cost(a: Account) -> float:
    return ratio(a.total_cost * a.acquisition_share, a.sums["won"])


def _ended(a: Account) -> float:
    return a.cases["closed"] + a.cases["abandoned"]


def _smallest(values: Sequence[float]) -> float:
    return min((float(value) for value in values if math.isfinite(value)), default=math.nan)


def _share_of_cost(a: Account, euros: float) -> float:
    return 100 * ratio(euros, a.total_cost)


MEASURES: tuple[Measure, ...] = (
    Measure("total_cost", "Total cost", "€", "lower", 0, "all lines of the cost ledger",
            _hundredth("total_cost"), lambda a: a.total_cost),
    Measure("cost_to_serve", "Cost to serve", "€/case", "lower", 0, "total cost ÷ completed cases",
            _hundredth("cost_to_serve"), lambda a: ratio(a.total_cost, a.cases["closed"])),
    Measure("overhead_ratio", "Overhead ratio", "%", "lower", 1,
            "leadership, headquarters and overhead in total cost", _POINT,
            lambda a: _share_of_cost(
                a, a.costs["leadership"] + a.costs["headquarters"] + a.costs["overhead"]),
            detail=True),
    Measure("cost_of_poor_quality", "Cost of poor quality", "%", "lower", 1,
            "rework, bounces, failure demand and compensation in total cost", _POINT,
            lambda a: _share_of_cost(
                a, a.costs["rework"] + a.costs["bounce"] + a.costs["failure_demand"]
                + a.costs["compensation"]),
            "Juran 1951", detail=True),
    Measure("revenue", "Revenue", "€", "higher", 0, "from active customers",
            _hundredth("revenue"), lambda a: a.sums["revenue"]),
    Measure("result", "Result", "€", "higher", 0, "revenue − direct cost − total cost",
            _hundredth("total_cost"), lambda a: a.sums["revenue"] * (1.0 - a.direct_cost) - a.total_cost),
    Measure("discounted_result", "Result, discounted", "€", "higher", 0,
            "weekly results at their worth when the measures begin",
            _hundredth("total_cost"), lambda a: a.sums["discounted"], detail=True),
    Measure("customer_equity", "Customer equity", "€", "higher", 0,
            "lifetime value of all customers at the end", _hundredth("customer_equity"), _equity,
            "Rust, Lemon & Zeithaml 2004"),
    Measure("clv", "Customer lifetime value", "€", "higher", 0,
            "margin ÷ (observed hazard + discount), mean over customers", _hundredth("clv"),
            lambda a: ratio(_equity(a), math.fsum(a.customers_by_segment)),
            "Gupta, Lehmann & Stuart 2004", detail=True),
    Measure("cac", "Acquisition cost", "€/customer", "lower", 0,
            "total cost × acquisition's share of the work ÷ customers won", _hundredth("cac"),
            _acquisition_cost),
    Measure("payback", "Payback of acquisition", "weeks", "lower", 0,
            "acquisition cost ÷ weekly margin of a new customer", _twentieth("payback"),
            lambda a: ratio(_acquisition_cost(a), a.new_customer_margin), detail=True),
    Measure("satisfaction", "Customer satisfaction", "0–100", "higher", 1,
            "mean over active customers and weeks", _POINT, _satisfaction, "Anderson & Sullivan 1993"),
    Measure("very_satisfied", "Very satisfied", "%", "higher", 1,
            "share at 80 or above (top box), mean over weeks", _POINT,
            lambda a: 100 * _per_customer(a, "very_satisfied"), detail=True),
    Measure("satisfaction_spread", "Spread of satisfaction", "points", "", 1,
            "standard deviation over active customers and weeks", _POINT, _spread, detail=True),
    Measure("measured_satisfaction", "Measured satisfaction", "0–100", "higher", 1,
            "what the company's own score says, gaming included", _POINT,
            lambda a: _per_customer(a, "measured"), detail=True),
    Measure("kpi_gap", "KPI gap", "points", "lower", 2, "measured − actual satisfaction", _POINT,
            lambda a: _per_customer(a, "measured") - _satisfaction(a), "Campbell 1979"),
    Measure("nps", "Net promoter score", "−100–100", "higher", 1, "promoters − detractors", _TWO_POINTS,
            lambda a: 100 * ratio(a.sums["promoters"] - a.sums["detractors"], a.sums["customer_weeks"]),
            "Reichheld 2003"),
    Measure("effort", "Customer effort", "0–100", "lower", 1, "hands and repeats per case, as a score",
            _POINT, lambda a: 100 * ratio(a.sums["effort"], a.sums["judged"]),
            "Dixon, Freeman & Toman 2010", detail=True),
    Measure("churn", "Churn", "%/year", "lower", 2, "customers lost ÷ customer-years", _HALF_A_POINT,
            lambda a: 100 * _churn(a)),
    Measure("retention", "Retention", "%/year", "higher", 2, "share of customers kept over a year",
            _HALF_A_POINT, lambda a: 100 * math.exp(-_churn(a))),
    Measure("customers", "Customers at the end", "", "higher", 0, "active at the end",
            _hundredth("customers"), lambda a: a.customers),
    Measure("won", "Customers won", "", "higher", 0, "prospects who became customers",
            _twentieth("won"), lambda a: a.sums["won"]),
    Measure("cycle_time", "Cycle time, mean", "h", "lower", 1, "opening to close of completed cases",
            _twentieth("cycle_time"), lambda a: ratio(a.cases["cycle"], a.cases["closed"]),
            "Hopp & Spearman 2008"),
    Measure("cycle_p50", "Cycle time, median", "h", "lower", 1, "working hours",
            _twentieth("cycle_p50"), lambda a: a.cycle_within(0.5), detail=True),
    Measure("cycle_p90", "Cycle time, 90 % within", "h", "lower", 1, "working hours",
            _twentieth("cycle_p90"), lambda a: a.cycle_within(0.9)),
    Measure("service_level", "Cases within promise", "%", "higher", 1,
            "of all cases due; given up or overdue and open counts as missed", _POINT, lambda a: a.service),
    Measure("weakest_service", "Within promise, weakest", "%", "higher", 1,
            "the same in the process where it is lowest", _POINT, lambda a: _smallest(a.service_by_process)),
    Measure("abandonment", "Cases abandoned", "%", "lower", 2, "of closed cases", _POINT,
            lambda a: 100 * ratio(a.cases["abandoned"], _ended(a))),
    Measure("flow_efficiency", "Flow efficiency", "%", "higher", 1, "value-adding share of lead time",
            _POINT, lambda a: 100 * ratio(a.lead["value_adding"], a.lead_hours), "Modig & Åhlström 2012"),
    Measure("throughput", "Throughput", "cases/week", "", 0, "completed cases", _twentieth("throughput"),
            lambda a: ratio(a.cases["closed"], a.weeks), detail=True),
    Measure("work_in_progress", "Open cases, mean", "", "lower", 0, "time average",
            _twentieth("work_in_progress"),
            lambda a: ratio(a.open_case_hours, a.weeks * a.week_hours), "Little 1961", detail=True),
    Measure("backlog", "Backlog", "h", "lower", 0, "work that waits in queues, mean of weeks",
            _twentieth("backlog"), lambda a: a.sums["backlog"] / a.weeks),
    Measure("backlog_age", "Age of the backlog", "h", "lower", 1, "waiting cases at the end, since opening",
            _twentieth("backlog_age"), lambda a: a.waiting_age, detail=True),
    Measure("automated", "Automated", "%", "", 1, "of opened cases", _POINT,
            lambda a: 100 * ratio(a.cases["automated"], a.cases["opened"]), detail=True),
    Measure("handoffs", "Handoffs per case", "", "lower", 2, "changes of person", Margin(0.1),
            lambda a: ratio(a.cases["handoffs"], _ended(a))),
    Measure("acquaintance", "Acquaintance", "0–100", "", 0,
            "how well people know the group that they hand a case to, mean over handoffs", _POINT,
            lambda a: 100 * ratio(a.cases["tie"], a.cases["changes"]), "Hansen 1999", detail=True),
    Measure("ping_pong", "Ping-pong rate", "%", "lower", 1, "bounced share of cases that change hands",
            _POINT, lambda a: 100 * ratio(a.cases["bounced"], a.cases["handed_over"])),
    Measure("first_contact_resolution", "First-contact resolution", "%", "higher", 1,
            "completed cases that do not come back", _POINT,
            lambda a: 100 * (1 - ratio(a.cases["repeats"], a.cases["closed"]))),
    Measure("rework_share", "Rework", "% paid h", "lower", 2, "rework and bounces in paid hours", _POINT,
            lambda a: 100 * ratio(a.paid["rework"] + a.paid["bounce"], a.paid_hours), detail=True),
    Measure("failure_demand", "Failure demand", "% paid h", "lower", 2, "repeat contacts in paid hours",
            _POINT, lambda a: 100 * ratio(a.paid["failure_demand"], a.paid_hours), "Seddon 2003"),
    Measure("escalation", "Escalation rate", "%", "lower", 1, "exceptions decided above the own head",
            _POINT, lambda a: 100 * ratio(a.cases["far_exceptions"], a.cases["exceptions"]), detail=True),
    Measure("arbitration_latency", "Arbitration delay", "h", "lower", 2, "exception to decision, mean",
            _twentieth("arbitration_latency"), lambda a: ratio(a.latency, a.decisions)),
    Measure("coordination_share", "Coordination", "% paid h", "lower", 1, "of staff's paid hours", _POINT,
            lambda a: 100 * ratio(a.paid["coordination"], a.paid_hours)),
    Measure("utilisation", "Utilisation", "%", "", 1, "staff's paid hours that are not idle", _POINT,
            lambda a: 100 * ratio(a.paid_hours - a.paid["idle"], a.paid_hours)),
    Measure("touch_share", "Value-adding", "% paid h", "", 1, "of staff's paid hours", _POINT,
            lambda a: 100 * ratio(a.paid["value_adding"], a.paid_hours), detail=True),
    Measure("overtime", "Overtime", "h", "lower", 0, "by permanent staff", _twentieth("overtime"),
            lambda a: a.sums["overtime"], detail=True),
    Measure("temporary", "Temporary staff", "h", "lower", 0, "paid hours of temporary staff",
            _twentieth("temporary"), lambda a: a.temporary_hours),
    Measure("managers", "Managers", "persons", "lower", 1,
            "their time, from the units and the span of control; owners of processes too", Margin(1.0),
            lambda a: a.managers),
    Measure("staff_turnover", "Staff turnover", "%/year", "lower", 1, "people who quit ÷ person-years",
            _POINT, lambda a: 100 * ratio(a.sums["left"], a.sums["people_weeks"] / a.weeks_per_year)),
    Measure("morale", "Morale", "0–100", "higher", 1, "mean over staff and weeks", _POINT,
            lambda a: 100 * _per_person(a, "morale")),
    Measure("enps", "Staff promoter score", "−100–100", "higher", 1,
            "staff who would recommend their employer − those who would not", _TWO_POINTS,
            lambda a: 100 * ratio(a.sums["staff_promoters"] - a.sums["staff_detractors"],
                                  a.sums["people_weeks"]),
            "Reichheld & Markey 2011", detail=True),
    Measure("fatigue", "Fatigue", "0–100", "lower", 1, "mean over staff and weeks", _POINT,
            lambda a: 100 * _per_person(a, "fatigue"), detail=True),
    Measure("customer_knowledge", "Customer knowledge", "0–100", "higher", 1, "mean over staff and weeks",
            _POINT, lambda a: 100 * _per_person(a, "knowledge")),
    Measure("work_standard", "Work standard", "% of start", "", 1, "time per case that people think right",
            _POINT, lambda a: 100 * a.sums["standard"] / a.weeks, "Oliva & Sterman 2001", detail=True),
    Measure("maturity", "Maturity", "0–100", "higher", 1,
            "customer knowledge, shared targets, near decisions", _POINT,
            lambda a: 100 * a.sums["maturity"] / a.weeks),
    Measure("time_to_market", "Time to market", "weeks", "lower", 1, "from an idea to its launch, mean",
            _twentieth("time_to_market"),
            lambda a: ratio(a.experiments["cycle"], a.experiments["closed"]) / a.week_hours),
    Measure("offer_fit", "Fit of the offer", "0–100", "higher", 1, "mean over segments and weeks", _POINT,
            lambda a: 100 * a.sums["fit"] / a.weeks),
    Measure("resilience_depth", "Depth of the fall", "%", "lower", 1,
            "of weekly result, at the lowest point after the first event", _POINT,
            lambda a: a.fall["resilience_depth"], "Bruneau et al. 2003", detail=True),
    Measure("resilience_weeks", "Weeks to recover", "weeks", "lower", 0,
            "until 95 % of the result before", Margin(1.0),
            lambda a: a.fall["resilience_weeks"], "Bruneau et al. 2003", detail=True),
    Measure("resilience_loss", "Loss until recovery", "€", "lower", 0,
            "result missed between the event and the recovery", _hundredth("total_cost"),
            lambda a: a.fall["resilience_loss"], "Bruneau et al. 2003", detail=True),
    *(_over_staff(mean) for mean in MEANS),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}
#: measures that a summary leaves out; everything is in `--all-measures`, `--json` and in Python
DETAILS = frozenset(measure.key for measure in MEASURES if measure.detail)
