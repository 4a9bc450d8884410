"""The offer: its fit with what segments need drifts away, and experiments bring it back."""

import math

import numpy as np

from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import derive, uniform

RULES = np.dtype(
    (
        np.record,
        [
            (name, np.float64)
            for name in (
                "drift",
                "gain",
                "success",
                "knowledge",
                "known",
                "staleness",
                "fit_at_start",
                "satisfaction",
                "conversion",
            )
        ],
    )
)


@compiled
def chance_of_success(rules, knowledge):
    """An experiment improves the offer: likelier the better its designers know customers."""
    return min(1.0, rules.success * math.exp(rules.knowledge * (knowledge - rules.known)))


@compiled
def learn_from_experiments(rules, fit, closed, count, types, branch):
    """Fit of every segment after the week's experiments: a success wins a share of what is missing,
    less the longer the idea took to reach customers."""
    for place in range(count):
        record = closed[place]
        if not types[record.type].is_experiment or record.abandoned or record.is_repeat:
            continue
        if uniform(derive(record.key, branch)) < chance_of_success(rules, record.knowledge):
            fresh = 0.5 ** (record.cycle / rules.staleness)
            for segment in range(fit.shape[0]):
                fit[segment] += rules.gain * fresh * (1.0 - fit[segment])


@compiled
def follow_the_offer(rules, fit, segments, baseline, jump, pull):
    """Needs move, by drift and by a jump; what the offer supports, and wins, follows its fit."""
    for row in range(fit.shape[0]):
        fit[row] *= (1.0 - rules.drift) * (1.0 - jump[row])
        gap = fit[row] - rules.fit_at_start
        segments[row].baseline = min(1.0, max(0.0, baseline + rules.satisfaction * gap))
        segments[row].conversion_factor = max(0.0, 1.0 + rules.conversion * gap)
        segments[row].hazard_factor = pull[row]
