"""How much work the customers bring to each function, in calm: the basis on which people are spread
over units, and nothing more."""

from itertools import pairwise

import numpy as np

from orgsim.scenario import Scenario
from orgsim.scenario.reach import functions_apart
from orgsim.scenario.volume import weekly_cases


def weekly_hours(scenario: Scenario) -> np.ndarray:
    """Touch hours a week, shape [function, process, segment]."""
    functions, processes = list(scenario.company.functions), list(scenario.processes)
    hours = np.zeros((len(functions), len(processes), len(scenario.segments)))
    for case_type, cases in zip(scenario.case_types.values(), weekly_cases(scenario), strict=True):
        process = processes.index(case_type.process)
        for activity in case_type.route:
            hours[functions.index(activity.function), process] += activity.hours * cases
    return hours


def in_order(values: np.ndarray) -> np.ndarray:
    """Sums along the last axis, one term after the other: unlike in NumPy's own sum, which adds in blocks,
    zeros among them change no bit."""
    return np.cumsum(values, axis=-1)[..., -1]


def related_functions(scenario: Scenario) -> list[list[int]]:
    """For each function the others, those with which it exchanges most cases first, those without work
    last."""
    functions = list(scenario.company.functions)
    flow = np.zeros((len(functions), len(functions)))
    volumes = weekly_cases(scenario).sum(axis=1)
    for case_type, volume in zip(scenario.case_types.values(), volumes, strict=True):
        route = [functions.index(activity.function) for activity in case_type.route]
        for one, other in pairwise(route):
            flow[one, other] += volume
            flow[other, one] += volume
    flow[:, [functions.index(key) for key in functions_apart(scenario)]] = -0.5
    np.fill_diagonal(flow, -1.0)
    return [[int(f) for f in np.argsort(-row, kind="stable")[:-1]] for row in flow]


def largest_remainder(total: int, weights: np.ndarray, short: np.ndarray | None = None) -> np.ndarray:
    """Whole numbers that sum to `total`, in proportion to `weights` (Hamilton's method). Equal
    remainders go first to where `short`, what earlier roundings have left out, is largest."""
    if total == 0 or weights.sum() <= 0:
        return np.zeros(len(weights), int)
    quota = total * weights / weights.sum()
    whole = np.floor(quota + 1e-9).astype(int)
    remainder = np.round(quota - whole, 9)
    order = np.lexsort((-(np.zeros(len(weights)) if short is None else short), -remainder))
    whole[order[: total - whole.sum()]] += 1
    return whole
