"""Customers: satisfaction by expectation and disconfirmation, retention by hazard, week by week.

Rows are never reused: a customer who leaves gets the status LOST.
"""

import math

import numpy as np

from orgsim.kernel.compiled import compiled
from orgsim.kernel.policies import either
from orgsim.kernel.randomness import derive, uniform

ACTIVE, LOST = 1, 2
#: of the time of a customer's next need: to be drawn
UNKNOWN = -1.0

#: small, because every week reads all of them; when the next need arises stands in an array of its own
CUSTOMER = np.dtype(
    (
        np.record,
        [("key", np.uint64)]
        + [(name, np.float64) for name in ("satisfaction", "expectation", "recovered")]
        + [(name, np.int32) for name in ("segment", "status", "joined", "left", "cases", "needs")],
    )
)
_RULE_NAMES = (
    "gain", "loss_aversion", "expectation_gain", "baseline", "relaxation", "weight_timeliness",
    "weight_effort", "weight_right_first_time", "weight_resolved", "effort_per_touch",
    "repeat_effort", "hazard", "slope", "reference", "initial_satisfaction",
    "initial_expectation", "conversion", "slowness", "promoter_from", "detractor_below", "recovery",
    "recovery_loyalty",
)  # fmt: skip
RULES = np.dtype(
    (
        np.record,
        [(name, np.float64) for name in _RULE_NAMES],
    )
)
#: what the week's market is like for the customers of a segment
SEGMENT = np.dtype(
    (
        np.record,
        [(name, np.float64) for name in ("baseline", "hazard_factor", "slope_factor", "conversion_factor")],
    )
)
_BOOK_NAMES = ("active", "lost", "satisfaction", "very_satisfied", "won", "promoters", "detractors")
#: the week's books of a segment, summed over its customers
BOOKS = np.dtype((np.record, [(name, np.float64) for name in _BOOK_NAMES]))
#: what the week's closed cases were like, summed over them
EXPERIENCE = np.dtype((np.record, [(name, np.float64) for name in ("cases", "effort")]))
#: satisfaction from which a customer counts as very satisfied (top box)
TOP_BOX = 0.8


@compiled
def ease(rules, closed):
    """How easy a case was for its customer, 0 to 1: few hands, no repeats."""
    effort = math.exp(-rules.effort_per_touch * (closed.handoffs + closed.bounces))
    return effort * rules.repeat_effort if closed.is_repeat else effort


@compiled
def experienced_quality(rules, closed, promise):
    """Quality of a case, 0 to 1: the weighted mean of timeliness, effort, right first time, resolved."""
    late = max(0.0, closed.cycle / promise - 1.0)
    timeliness = 1.0 / (1.0 + late)
    effort = ease(rules, closed)
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
def recover(rules, customer):
    """A complaint handled at least as well as expected restores satisfaction, and hardly loyalty (de
    Matos, Henrique & Vargas Rossi 2007)."""
    lift = rules.recovery * (1.0 - customer.satisfaction)
    customer.satisfaction += lift
    customer.recovered += lift * (1.0 - rules.recovery_loyalty)


@compiled
def conversion_chance(rules, cycle, promise):
    """A prospect who was served becomes a customer, less likely the later than promised."""
    late = max(0.0, cycle / promise - 1.0)
    return rules.conversion * math.exp(-rules.slowness * late)


@compiled
def churn_hazard(rules, satisfaction):
    """Weekly hazard h0·exp(−γ(S − S0)), convex in satisfaction (Mittal & Kamakura 2001)."""
    return rules.hazard * math.exp(-rules.slope * (satisfaction - rules.reference))


@compiled
def _worst_of_own(rules, segment):
    """No draw above this chance can mean leaving, whatever the satisfaction."""
    lowest = rules.reference * (1.0 - segment.slope_factor)
    return 1.0 - math.exp(-churn_hazard(rules, lowest) * segment.hazard_factor)


@compiled
def _worst_of_any(rules, segment):
    return 1.0


@compiled
def _worst(policy, rules, segment):
    return either(policy, _worst_of_own, _worst_of_any)(rules, segment)


@compiled
def judge(
    rules,
    policies,
    customers,
    next_need,
    rows,
    segments,
    closed,
    count,
    types,
    wins,
    week,
    branch,
    felt,
    books,
):
    """Customers react to the cases that were closed this week; prospects whose case was completed may
    become customers (new rows). `felt` receives what the cases were like, `books` who was won. Returns
    the number of rows."""
    for place in range(count):
        record = closed[place]
        promise = types[record.type].promise
        if record.customer >= 0:
            policy = policies.satisfaction
            quality = either(policy, experienced_quality, policy)(rules, record, promise)
            felt.cases += 1.0
            felt.effort += 1.0 - ease(rules, record)
            customer = customers[record.customer]
            if customer.status == ACTIVE:
                expected = customer.expectation
                react(rules, customer, quality, week)
                if types[record.type].is_complaint and quality >= expected:
                    recover(rules, customer)
        elif wins[record.type] and not record.abandoned:
            chance = conversion_chance(rules, record.cycle, promise)
            chance *= segments[record.segment].conversion_factor
            if uniform(derive(record.key, branch)) < chance:
                newcomer = customers[rows]
                newcomer.key = derive(record.key, branch + 1)
                newcomer.segment = record.segment
                newcomer.status = ACTIVE
                newcomer.joined = week + 1
                newcomer.left = -1
                newcomer.recovered = 0.0
                newcomer.cases = 0
                newcomer.needs = 0
                next_need[rows] = UNKNOWN
                books[record.segment].won += 1.0
                newcomer.satisfaction = rules.initial_satisfaction
                newcomer.expectation = rules.initial_expectation
                rows += 1
    return rows


@compiled
def _book(book, active, lost, satisfaction, very_satisfied, promoters, detractors):
    book.active += active
    book.lost += lost
    book.satisfaction += satisfaction
    book.very_satisfied += very_satisfied
    book.promoters += promoters
    book.detractors += detractors


@compiled
def live_a_week(rules, policies, customers, next_need, rows, segments, week, branch, books):
    """Satisfaction relaxes to what the offer supports, some customers leave. `books` receives, per
    segment, the fields of BOOKS except `won`; `active` counts those before leaving."""
    policy = policies.retention
    hazard_of = either(policy, churn_hazard, policy)
    # rules do not change within the loop, which a compiler cannot know of arrays
    relaxation, recommends, warns = rules.relaxation, rules.promoter_from, rules.detractor_below
    segment = 0
    baseline = segments[0].baseline
    active, lost, satisfaction, top_box, promoters, detractors = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    worst = _worst(policy, rules, segments[0])
    for row in range(rows):
        customer = customers[row]
        if customer.status != ACTIVE:
            continue
        if customer.segment != segment:  # neighbours are mostly of one segment: sum in registers
            _book(books[segment], active, lost, satisfaction, top_box, promoters, detractors)
            segment = customer.segment
            baseline = segments[segment].baseline
            worst = _worst(policy, rules, segments[segment])
            active, lost, satisfaction, top_box, promoters, detractors = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        level = customer.satisfaction
        level += relaxation * (baseline - level)
        customer.satisfaction = level
        active += 1.0
        satisfaction += level
        top_box += level >= TOP_BOX
        promoters += level >= recommends
        detractors += level < warns
        chance = uniform(derive(customer.key, branch + week))
        if chance < worst:  # few: only these need the exponentials
            here = segments[segment]
            believed = max(0.0, level - customer.recovered)
            hazard = hazard_of(rules, rules.reference + here.slope_factor * (believed - rules.reference))
            if chance < 1.0 - math.exp(-hazard * here.hazard_factor):
                customer.status = LOST
                customer.left = week
                next_need[row] = math.inf
                lost += 1.0
        if customer.recovered > 0.0:
            customer.recovered *= 1.0 - relaxation
    _book(books[segment], active, lost, satisfaction, top_box, promoters, detractors)
