"""The offer: its fit with what segments need drifts away, and experiments bring it back."""

import numpy as np

from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import derive, uniform
from orgsim.mechanisms.catalogue import RULES_OF
from orgsim.mechanisms.designers_knowledge import chance_of_success
from orgsim.mechanisms.experiments import freshness, improvement
from orgsim.mechanisms.offer_drift import drifted
from orgsim.mechanisms.offer_effects import conversion_factor, supported_satisfaction

RULES = np.dtype((np.record, [(name, np.float64) for name in RULES_OF["offer"]]))


@compiled
def learn_from_experiments(rules, fit, closed, count, types, branch):
    """Fit of every segment after the week's experiments: a success wins a share of what is missing,
    less the longer the idea took to reach customers."""
    for place in range(count):
        record = closed[place]
        if not types[record.type].is_experiment or record.abandoned or record.is_repeat:
            continue
        if uniform(derive(record.key, branch)) < chance_of_success(rules, record.knowledge):
            fresh = freshness(rules, record.cycle)
            for segment in range(fit.shape[0]):
                fit[segment] += improvement(rules, fit[segment], fresh)


@compiled
def follow_the_offer(rules, fit, segments, baseline, jump, pull):
    """Needs move, by drift and by a jump; what the offer supports, and wins, follows its fit."""
    for row in range(fit.shape[0]):
        fit[row] = drifted(rules, fit[row], jump[row])
        gap = fit[row] - rules.fit_at_start
        segments[row].baseline = supported_satisfaction(rules, baseline, gap)
        segments[row].conversion_factor = conversion_factor(rules, gap)
        segments[row].hazard_factor = pull[row]
