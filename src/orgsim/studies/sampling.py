"""How the space of the factors is sampled: designs of experiments, point by point in a fixed order.

Sobol and Latin hypercube points come from `scipy.stats.qmc`; factors map shares of 0 to 1 to values.
"""

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from orgsim.studies.factors import Factor, Value

Sample = dict[str, Value]
#: levels of Morris's grid, and the step that reaches every level equally often (Morris 1991)
MORRIS_LEVELS = 4
MORRIS_STEP = MORRIS_LEVELS / (2 * (MORRIS_LEVELS - 1))


def count(kind: str, factors: Mapping[str, Factor], samples: int) -> int:
    """How many points a design of experiments has, without making them; "list" has its own."""
    if kind == "grid":
        return math.prod(len(factor.grid()) for factor in factors.values())
    if kind == "one-at-a-time":
        return 1 + sum(len(_others(factor)) for factor in factors.values())
    if kind == "morris":
        return samples * (len(factors) + 1)
    if kind == "saltelli":
        return power_of_two(samples) * (len(factors) + 2)
    _, levers = _roles(factors)
    worlds = samples if kind == "lhs" else power_of_two(samples)
    return worlds * count("grid", levers, samples)


def _roles(factors: Mapping[str, Factor]) -> tuple[dict[str, Factor], dict[str, Factor]]:
    """The factors whose space is filled, and those that are crossed with it: the uncertainties and the
    levers; the levers fill it if nothing is uncertain."""
    uncertain = {name: factor for name, factor in factors.items() if factor.role == "uncertainty"}
    filled = uncertain or dict(factors)
    return filled, {name: factor for name, factor in factors.items() if name not in filled}


def grid(factors: Mapping[str, Factor]) -> list[Sample]:
    """All combinations, the last factor fastest."""
    rows = itertools.product(*(factor.grid() for factor in factors.values()))
    return [dict(zip(factors, row, strict=True)) for row in rows]


def one_at_a_time(factors: Mapping[str, Factor]) -> list[Sample]:
    """The middle of every factor, then each factor at its ends alone."""
    middle = {name: factor.at(0.5) for name, factor in factors.items()}
    points = [middle]
    for name, factor in factors.items():
        points += [middle | {name: end} for end in _others(factor)]
    return points


def _others(factor: Factor) -> list[Value]:
    """What a factor takes beside its middle: its other values, or the ends of its range."""
    ends = factor.values or (factor.at(0.0), factor.at(1.0))
    return [end for end in ends if end != factor.at(0.5)]


def space_filling(kind: str, factors: Mapping[str, Factor], samples: int, seed: int) -> list[Sample]:
    """`samples` worlds of the uncertainties ("lhs" or "sobol", the latter rounded up to a power of 2),
    each under every combination of the levers; the levers themselves if nothing is uncertain."""
    from scipy.stats import qmc

    uncertain, crossed = _roles(factors)
    levers = grid(crossed)

    shape = qmc.LatinHypercube if kind == "lhs" else qmc.Sobol
    generator = shape(len(uncertain), rng=np.random.default_rng(seed))
    worlds = _at(uncertain, generator.random(samples if kind == "lhs" else power_of_two(samples)))
    return [{name: (world | lever)[name] for name in factors} for world in worlds for lever in levers]


def morris(factors: Mapping[str, Factor], trajectories: int, seed: int) -> list[Sample]:
    """Trajectories through the space, each of which moves every factor once (Morris 1991)."""
    return _at(factors, np.concatenate([walk for walk, _ in morris_walks(len(factors), trajectories, seed)]))


def morris_walks(count: int, trajectories: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """For every trajectory its `count` + 1 points, in shares, and the order in which factors move."""
    rng = np.random.default_rng(seed)
    walks = []
    for _ in range(trajectories):
        at = rng.integers(0, MORRIS_LEVELS, count) / (MORRIS_LEVELS - 1)
        order = rng.permutation(count)
        walk = [at]
        for factor in order:
            at = at.copy()
            at[factor] += MORRIS_STEP if at[factor] < 0.5 else -MORRIS_STEP
            walk.append(at)
        walks.append((np.array(walk), order))
    return walks


def saltelli(factors: Mapping[str, Factor], samples: int, seed: int) -> list[Sample]:
    """Two independent samples A and B, then for every factor A with that factor from B: what first-order
    and total Sobol indices need (Saltelli et al. 2010). `samples` is rounded up to a power of 2."""
    from scipy.stats import qmc

    count = len(factors)
    both = qmc.Sobol(2 * count, rng=np.random.default_rng(seed)).random(power_of_two(samples))
    a, b = both[:, :count], both[:, count:]
    crossed = []
    for factor in range(count):
        mixed = a.copy()
        mixed[:, factor] = b[:, factor]
        crossed.append(mixed)
    return _at(factors, np.concatenate([a, b, *crossed]))


def power_of_two(count: int) -> int:
    """The next power of 2, at which a Sobol sequence is balanced."""
    return 2 ** math.ceil(math.log2(count))


def _at(factors: Mapping[str, Factor], shares: np.ndarray | Sequence[Sequence[float]]) -> list[Sample]:
    return [
        {name: factor.at(float(share)) for (name, factor), share in zip(factors.items(), row, strict=True)}
        for row in shares
    ]
