"""Satisfaction: expectation and disconfirmation, case by case (Anderson & Sullivan 1993; Boulding et al.
1993; Bolton 1998), and a slow return to what the offer supports."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, at
from orgsim.working_time import WEEKS_PER_YEAR


class Market(Table):
    """Fields of `market`."""

    initial_satisfaction: float = quantity(0.75, "0–1", "satisfaction at the start", 0, 1)
    initial_expectation: float = quantity(0.75, "0–1", "expected quality at the start", 0, 1)
    gain: float = quantity(0.10, "–", "k: satisfaction moved by a case whose quality beats expectation", 0, 2)
    loss_aversion: float = quantity(
        2.0,
        "×",
        "disappointment weighs more than delight",
        0,
        10,
        "Anderson & Sullivan 1993",
        plausible=(1.5, 2.5),
    )
    expectation_gain: float = quantity(
        0.10,
        "–",
        "expectation moves to experience, less with tenure",
        0,
        1,
        "direction: Boulding et al. 1993; Bolton 1998",
    )
    baseline: float = quantity(0.75, "0–1", "satisfaction that the offer itself supports", 0, 1)
    relaxation_weeks: float = quantity(26.0, "weeks", "time to return to it between cases", 1, 1000)
    weight_timeliness: float = quantity(
        0.35, "weight", "of quality, ÷ the sum of the four: within the promised time", 0, 1
    )
    weight_effort: float = quantity(0.20, "weight", "of quality, ÷ the sum of the four: few hands", 0, 1)
    weight_right_first_time: float = quantity(
        0.25, "weight", "of quality, ÷ the sum of the four: no defect", 0, 1
    )
    weight_resolved: float = quantity(
        0.20, "weight", "of quality, ÷ the sum of the four: completed at all", 0, 1
    )
    effort_per_touch: float = quantity(0.05, "–", "effort score × exp(−this × (handoffs + bounces))", 0, 2)
    repeat_penalty: float = quantity(
        0.17,
        "0–1",
        "taken off the quality of a case that is a repeat contact for the same matter",
        0,
        1,
        "vendor figures: each further contact costs 15 to 20 points of that contact's score",
        plausible=(0.15, 0.20),
    )
    repeat_effort: float = quantity(
        0.85,
        "×",
        "customer effort: score of a repeat contact",
        0,
        1,
        "vendor figures: each repeat call costs about 15 % of satisfaction",
    )
    tenure_at_start: int = quantity(
        104,
        "weeks",
        "that the customers of the start have known the company: their expectations move less",
        0,
        5200,
        plausible=(52, 520),
    )


#: the weights of what makes the quality of a case
WEIGHTS = ("weight_timeliness", "weight_effort", "weight_right_first_time", "weight_resolved")


def _share_of_quality(weight: str) -> Given:
    """A weight as a share of all of them: the quality of a case is a mean."""
    return Given(
        lambda s: getattr(s.market, weight) / math.fsum(getattr(s.market, each) for each in WEIGHTS),
        "share",
        f"of quality, `market.{weight}` ÷ the sum of the four",
    )


MECHANISM = Mechanism(
    fields={"market": Market},
    rules={
        "market": at(
            "market", "initial_satisfaction", "initial_expectation", "gain", "loss_aversion",
            "expectation_gain", "baseline", "effort_per_touch", "repeat_penalty", "repeat_effort",
            "tenure_at_start",
        )
        | {weight: _share_of_quality(weight) for weight in WEIGHTS}
        | {
            "relaxation": Given(
                lambda s: 1.0 / s.market.relaxation_weeks, "1/week", "return to the baseline"
            )
        }
    },
)  # fmt: skip


@compiled
def ease(rules, closed):
    """How easy a case was for its customer, 0 to 1: few hands, no repeats."""
    effort = few_hands(rules, closed)
    return effort * rules.repeat_effort if closed.is_repeat else effort


@compiled
def few_hands(rules, closed):
    """How few people a case went through, 0 to 1."""
    return math.exp(-rules.effort_per_touch * (closed.handoffs + closed.bounces))


@compiled
def experienced_quality(rules, closed, promise):
    """Quality of a case, 0 to 1: the weighted mean of timeliness (`promise` in hours), few hands, right first
    time, resolved, less the penalty of a repeat contact; the rules' weights sum to 1."""
    late = max(0.0, closed.cycle / promise - 1.0)
    timeliness = 1.0 / (1.0 + late)
    effort = few_hands(rules, closed)
    right = 0.0 if closed.defect or closed.abandoned else 1.0
    resolved = 0.0 if closed.abandoned else 1.0
    if closed.abandoned:
        timeliness = 0.0
    quality = (
        rules.weight_timeliness * timeliness
        + rules.weight_effort * effort
        + rules.weight_right_first_time * right
        + rules.weight_resolved * resolved
    )
    return max(0.0, quality - rules.repeat_penalty) if closed.is_repeat else quality


@compiled
def react(rules, customer, quality, week):
    """S ← S + k·(d₊·max(D,0) − d₋·max(−D,0)) with D = Q − E; E ← E + k_E·(Q − E), k_E falling with
    tenure in years (Anderson & Sullivan 1993; Boulding et al. 1993; Bolton 1998)."""
    gap = quality - customer.expectation
    weight = 1.0 if gap > 0.0 else rules.loss_aversion
    satisfaction = customer.satisfaction + rules.gain * weight * gap
    customer.satisfaction = min(1.0, max(0.0, satisfaction))
    years = max(0.0, (week - customer.joined) / float(WEEKS_PER_YEAR))
    customer.expectation += rules.expectation_gain * gap / (1.0 + years)
    customer.cases += 1


@compiled
def relaxed(relaxation, satisfaction, baseline):
    """Satisfaction after a week without a case: it returns to what the offer supports."""
    return satisfaction + relaxation * (baseline - satisfaction)
