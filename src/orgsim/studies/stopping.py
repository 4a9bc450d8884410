"""When a point has seeds enough: the rules that a sweep, and nothing else, stops by."""

import math

from orgsim.statistics.intervals import ERROR, paired
from orgsim.studies.design import FEWEST_FOR_WIDTH, Experiment, Replications
from orgsim.studies.points import Point


def looks(least: int, most: int) -> int:
    """How often a point is looked at, its seeds doubling from `least` to `most`."""
    return 1 + max(0, math.ceil(math.log2(most / least)))


def looks_at(rules: Replications, measure: str) -> int:
    """How often a sweep looks at a measure and may stop; 1 where it does not stop by it."""
    return looks(rules.least, rules.most) if measure in rules.judged else 1


def is_settled(experiment: Experiment, point: Point, designs: tuple[str, ...], points: int) -> bool:
    """Whether every half-width is reached, and every better design is known.

    A half-width is reached by the interval that is reported for it, and by ten seeds at the least: fewer
    cannot tell how skewed they are. Looking again and again, at many points, finds differences where there
    are none: a difference counts as known if its p-value is below 5 % ÷ (looks × points × designs ×
    measures) (Bonferroni)."""
    rules = experiment.replications
    seeds = point.seeds(designs)
    if rules.half_width and len(seeds) < FEWEST_FOR_WIDTH:
        return False
    cases = points * max(1, len(designs) - 1) * max(1, len(rules.decide))
    for design in designs[1:]:
        for measure in rules.judged:
            one, other = (
                [point.done[name, seed][measure] for seed in seeds] for name in (designs[0], design)
            )
            times, by_width = looks_at(rules, measure), measure in rules.half_width
            found = paired(one, other, looks=times, by_width=by_width)
            if measure in rules.half_width and not found.difference.half_width <= rules.half_width[measure]:
                return False
            if measure in rules.decide and not found.p_value < ERROR / cases:
                return False
    return True
