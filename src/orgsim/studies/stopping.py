"""When a point has seeds enough: the rules that a sweep, and nothing else, stops by."""

import math

from orgsim.statistics.intervals import ERROR, paired
from orgsim.studies.design import Experiment
from orgsim.studies.points import Point


def looks(least: int, most: int) -> int:
    """How often a point is looked at, its seeds doubling from `least` to `most`."""
    return 1 + max(0, math.ceil(math.log2(most / least)))


def is_settled(experiment: Experiment, point: Point, designs: tuple[str, ...], points: int) -> bool:
    """Whether every half-width is reached, and every better design is known.

    Looking again and again, at many points, finds differences where there are none: a difference counts
    as known if its p-value is below 5 % ÷ (looks × points × designs × measures) (Bonferroni)."""
    rules = experiment.replications
    seeds = point.seeds(designs)
    cases = looks(rules.min, rules.most) * points * max(1, len(designs) - 1) * max(1, len(rules.decide))
    for design in designs[1:]:
        for measure in rules.judged:
            one, other = (
                [point.done[name, seed][measure] for seed in seeds] for name in (designs[0], design)
            )
            found = paired(one, other)
            if measure in rules.half_width and not found.difference.half_width <= rules.half_width[measure]:
                return False
            if measure in rules.decide and not found.p_value < ERROR / cases:
                return False
    return True
