"""Customers: satisfaction by expectation and disconfirmation, retention by hazard, week by week.

Rows are never reused: a customer who leaves gets the status LOST.
"""

import math

import numpy as np

from orgsim.compiled import compiled, compiled_entry
from orgsim.randomness import derive, uniform

ACTIVE, LOST = 1, 2
#: of the time of a customer's next need: to be drawn
UNKNOWN = -1.0

#: small, because every week reads all of them; when the next need arises stands in an array of its own
CUSTOMER = np.dtype(
    (
        np.record,
        [("key", np.uint64)]
        + [(name, np.float64) for name in ("satisfaction", "expectation")]
        + [(name, np.int32) for name in ("segment", "status", "joined", "left", "cases", "needs")],
    )
)
_RULE_NAMES = (
    "gain", "loss_aversion", "expectation_gain", "baseline", "relaxation", "weight_timeliness",
    "weight_effort", "weight_right_first_time", "weight_resolved", "effort_per_touch",
    "repeat_effort", "hazard", "slope", "reference", "initial_satisfaction",
    "initial_expectation", "conversion", "slowness",
)  # fmt: skip
RULES = np.dtype(
    (
        np.record,
        [(name, np.float64) for name in _RULE_NAMES],
    )
)
#: satisfaction from which a customer counts as very satisfied (top box)
TOP_BOX = 0.8


@compiled
def experienced_quality(rules, closed, promise):
    """Quality of a case, 0 to 1: the weighted mean of timeliness, effort, right first time, resolved."""
    late = max(0.0, closed.cycle / promise - 1.0)
    timeliness = 1.0 / (1.0 + late)
    effort = math.exp(-rules.effort_per_touch * (closed.handoffs + closed.bounces))
    if closed.is_repeat:
        effort *= rules.repeat_effort
    right = 0.0 if closed.defect or closed.abandoned else 1.0
    resolved = 0.0 if closed.abandoned else 1.0
    if closed.abandoned:
        timeliness = 0.0
    return (
        rules.weight_timeliness * timeliness
        + rules.weight_effort * effort
        + rules.weight_right_first_time * right
        + rules.weight_resolved * resolved
    )


@compiled
def react(rules, customer, quality, week):
    """S ← S + k·(d₊·max(D,0) − d₋·max(−D,0)) with D = Q − E; E ← E + k_E·(Q − E), k_E falling with
    tenure (Anderson & Sullivan 1993; Boulding et al. 1993; Bolton 1998)."""
    gap = quality - customer.expectation
    weight = 1.0 if gap > 0.0 else rules.loss_aversion
    satisfaction = customer.satisfaction + rules.gain * weight * gap
    customer.satisfaction = min(1.0, max(0.0, satisfaction))
    years = max(0.0, (week - customer.joined) / 52.0)
    customer.expectation += rules.expectation_gain * gap / (1.0 + years)
    customer.cases += 1


@compiled
def conversion_chance(rules, cycle, promise):
    """A prospect who was served becomes a customer, less likely the later than promised."""
    late = max(0.0, cycle / promise - 1.0)
    return rules.conversion * math.exp(-rules.slowness * late)


@compiled
def churn_hazard(rules, satisfaction):
    """Weekly hazard h0·exp(−γ(S − S0)), convex in satisfaction (Mittal & Kamakura 2001)."""
    return rules.hazard * math.exp(-rules.slope * (satisfaction - rules.reference))


@compiled_entry
def judge(rules, customers, next_need, rows, closed, count, types, wins, week, branch):
    """Customers react to the cases that were closed this week; prospects whose case was completed may
    become customers (new rows). Returns the number of rows."""
    for place in range(count):
        record = closed[place]
        promise = types[record.type].promise
        if record.customer >= 0:
            customer = customers[record.customer]
            if customer.status == ACTIVE:
                react(rules, customer, experienced_quality(rules, record, promise), week)
        elif wins[record.type] and not record.abandoned:
            chance = conversion_chance(rules, record.cycle, promise)
            if uniform(derive(record.key, branch)) < chance:
                newcomer = customers[rows]
                newcomer.key = derive(record.key, branch + 1)
                newcomer.segment = record.segment
                newcomer.status = ACTIVE
                newcomer.joined = week + 1
                newcomer.left = -1
                newcomer.cases = 0
                newcomer.needs = 0
                next_need[rows] = UNKNOWN
                newcomer.satisfaction = rules.initial_satisfaction
                newcomer.expectation = rules.initial_expectation
                rows += 1
    return rows


@compiled
def _book(by_segment, segment, active, lost, satisfaction, top_box):
    book = by_segment[segment]
    book[0] += active
    book[1] += lost
    book[2] += satisfaction
    book[3] += top_box


@compiled_entry
def live_a_week(rules, customers, next_need, rows, week, branch, by_segment):
    """Satisfaction relaxes, some customers leave. `by_segment` receives, per segment, the columns
    active (before leaving), lost, sum of satisfaction, top box."""
    worst = churn_hazard(rules, 0.0)  # a draw above it needs no exponential
    segment = 0
    active, lost, satisfaction, top_box = 0.0, 0.0, 0.0, 0.0
    for row in range(rows):
        customer = customers[row]
        if customer.status != ACTIVE:
            continue
        if customer.segment != segment:  # neighbours are mostly of one segment: sum in registers
            _book(by_segment, segment, active, lost, satisfaction, top_box)
            segment = customer.segment
            active, lost, satisfaction, top_box = 0.0, 0.0, 0.0, 0.0
        level = customer.satisfaction
        level += rules.relaxation * (rules.baseline - level)
        customer.satisfaction = level
        active += 1.0
        satisfaction += level
        if level >= TOP_BOX:
            top_box += 1.0
        chance = uniform(derive(customer.key, branch + week))
        if chance < worst and chance < 1.0 - math.exp(-churn_hazard(rules, level)):
            customer.status = LOST
            next_need[row] = math.inf
            lost += 1.0
    _book(by_segment, segment, active, lost, satisfaction, top_box)
