"""What happens at a constant rate while work is done."""

import math

from orgsim.kernel.compiled import compiled


@compiled
def chance_of_any(expected):
    """Probability that something which is `expected` so many times in the mean (Poisson) happens at all:
    1 − exp(−x)."""
    return 1.0 - math.exp(-expected)


@compiled
def part_for_all(share, hours_for_one, hours, expected):
    """The part of an activity of so many `hours` that has to be done again: `share` of the `hours_for_one`
    that a single event stands for, for each of the events behind one, x ÷ (1 − exp(−x)) where x are
    `expected`; at most the whole. Else what is done again would grow with the square of an activity's
    length."""
    several = expected / chance_of_any(expected) if expected > 0.0 else 1.0
    return min(1.0, share * hours_for_one / hours * several)
