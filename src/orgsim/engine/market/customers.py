"""Customers: satisfaction by expectation and disconfirmation, retention by hazard, week by week.

Rows are never reused: a customer who leaves gets the status LOST.
"""

import math

import numpy as np

from orgsim.kernel.compiled import compiled, compiled_entry
from orgsim.kernel.policies import either
from orgsim.kernel.randomness import derive, uniform
from orgsim.mechanisms.acquisition import conversion_chance
from orgsim.mechanisms.catalogue import RULES_OF
from orgsim.mechanisms.overselling import promised, sold
from orgsim.mechanisms.personal_levels import personal_level
from orgsim.mechanisms.recovery import believed, recover
from orgsim.mechanisms.retention import churn_hazard, may_leave
from orgsim.mechanisms.satisfaction import ease, experienced_quality, react, relaxed
from orgsim.mechanisms.service_memory import remember, supported_level

ACTIVE, LOST = 1, 2
#: the occasion of a customer's key on which the own level is drawn, apart from weeks (from 0)
LEVEL = 1 << 42
#: of the time of a customer's next need: to be drawn
UNKNOWN = -1.0

#: small, because every week reads all of them; when the next need arises stands in an array of its own
CUSTOMER = np.dtype(
    (
        np.record,
        [("key", np.uint64)]
        + [(name, np.float64) for name in ("satisfaction", "expectation", "recovered", "personal", "memory")]
        + [(name, np.int32) for name in ("segment", "status", "joined", "left", "cases", "needs")],
    )
)
RULES = np.dtype((np.record, [(name, np.float64) for name in RULES_OF["market"]]))
#: what the week's market is like for the customers of a segment
SEGMENT = np.dtype(
    (
        np.record,
        [(name, np.float64) for name in ("baseline", "hazard_factor", "slope_factor", "conversion_factor")],
    )
)
_BOOK_NAMES = (
    "active",
    "lost",
    "satisfaction",
    "squared",
    "very_satisfied",
    "won",
    "promoters",
    "detractors",
)
#: the week's books of a segment, summed over its customers
BOOKS = np.dtype((np.record, [(name, np.float64) for name in _BOOK_NAMES]))
#: what the week's closed cases were like, summed over them; `defects` counts prospects' cases too
EXPERIENCE = np.dtype((np.record, [(name, np.float64) for name in ("cases", "effort", "defects")]))
#: satisfaction from which a customer counts as very satisfied (top box)
TOP_BOX = 0.8


@compiled
def _whoever(rate, steepness, gap, chance):
    """Nothing is known in advance of a hazard of one's own."""
    return True


@compiled
def begin(rules, customer):
    """A customer whose key is known has a level of one's own, and nothing to remember yet."""
    customer.personal = personal_level(rules, derive(customer.key, LEVEL))
    customer.satisfaction = min(1.0, max(0.0, rules.initial_satisfaction + customer.personal))
    customer.expectation = rules.initial_expectation
    customer.memory = rules.service_reference


@compiled_entry
def begin_all(rules, customers, rows):
    """The customers of the start, once they have keys."""
    for row in range(rows):
        begin(rules[0], customers[row])


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
    week,
    branch,
    felt,
    books,
    won,
):
    """Customers react to the cases that were closed this week; prospects whose case was completed may
    become customers (new rows). `felt` receives what the cases were like, `books` who was won, and `won` the
    places of the cases that did. Returns the number of rows."""
    before = rows
    for place in range(count):
        record = closed[place]
        promise = types[record.type].promise
        felt.defects += record.defect
        if record.customer >= 0:
            policy = policies.satisfaction
            quality = either(policy, experienced_quality, policy)(rules, record, promise)
            felt.cases += 1.0
            felt.effort += 1.0 - ease(rules, record)
            customer = customers[record.customer]
            if customer.status == ACTIVE:
                expected = customer.expectation
                react(rules, customer, quality, week)
                remember(rules, customer, quality)
                if types[record.type].is_complaint and quality >= expected:
                    recover(rules, customer)
        elif types[record.type].wins_customer and not record.abandoned:
            chance = conversion_chance(rules, record.cycle, promise)
            chance *= segments[record.segment].conversion_factor * sold(rules, record.local_targets)
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
                begin(rules, newcomer)
                newcomer.expectation = promised(rules, newcomer.expectation, record.local_targets)
                won[rows - before] = place
                rows += 1
    return rows


@compiled
def _book(book, active, lost, satisfaction, squared, very_satisfied, promoters, detractors):
    book.active += active
    book.lost += lost
    book.satisfaction += satisfaction
    book.squared += squared
    book.very_satisfied += very_satisfied
    book.promoters += promoters
    book.detractors += detractors


@compiled
def live_a_week(rules, policies, customers, next_need, rows, segments, week, branch, books):
    """Satisfaction relaxes to what the offer supports, some customers leave. `books` receives, per
    segment, the fields of BOOKS except `won`; `active` counts those before leaving."""
    policy = policies.retention
    hazard_of, concerns = either(policy, churn_hazard, policy), either(policy, may_leave, _whoever)
    # rules do not change within the loop, which a compiler cannot know of arrays
    relaxation, recommends, warns = rules.relaxation, rules.promoter_from, rules.detractor_below
    reference, hazard, slope = rules.reference, rules.hazard, rules.slope
    weight, remembered = rules.service_weight, rules.service_reference
    segment = 0
    here = segments[0]
    baseline, rate, steepness = here.baseline, hazard * here.hazard_factor, slope * here.slope_factor
    active, lost, satisfaction, squared = 0.0, 0.0, 0.0, 0.0
    top_box, promoters, detractors = 0.0, 0.0, 0.0
    for row in range(rows):
        customer = customers[row]
        if customer.status != ACTIVE:
            continue
        if customer.segment != segment:  # neighbours are mostly of one segment: sum in registers
            _book(books[segment], active, lost, satisfaction, squared, top_box, promoters, detractors)
            segment = customer.segment
            here = segments[segment]
            baseline, rate, steepness = here.baseline, hazard * here.hazard_factor, slope * here.slope_factor
            active, lost, satisfaction, squared = 0.0, 0.0, 0.0, 0.0
            top_box, promoters, detractors = 0.0, 0.0, 0.0
        target = supported_level(weight, remembered, baseline, customer.personal, customer.memory)
        level = relaxed(relaxation, customer.satisfaction, target)
        customer.satisfaction = level
        active += 1.0
        satisfaction += level
        squared += level * level
        top_box += level >= TOP_BOX
        promoters += level >= recommends
        detractors += level < warns
        chance = uniform(derive(customer.key, branch + week))
        gap = believed(customer, level) - reference
        if concerns(rate, steepness, gap, chance):  # few: only these need the exponentials
            here = segments[segment]
            own = hazard_of(rules, reference + here.slope_factor * gap)
            if chance < 1.0 - math.exp(-own * here.hazard_factor):
                customer.status = LOST
                customer.left = week
                next_need[row] = math.inf
                lost += 1.0
        customer.recovered *= 1.0 - relaxation
    _book(books[segment], active, lost, satisfaction, squared, top_box, promoters, detractors)
