"""How many cases a scenario brings, before any of them is made."""

import numpy as np

from orgsim.errors import ScenarioError
from orgsim.scenario.offspring import offspring, openings
from orgsim.scenario.schema import Scenario
from orgsim.working_time import WEEKS_PER_YEAR

#: cases that are computed at the most: in a week about a gigabyte, in a run some minutes
CASES_A_WEEK, CASES = 5_000_000, 100_000_000


def weekly_cases(scenario: Scenario) -> np.ndarray:
    """Mean new cases a week, shape [case type, segment], in calm and with the initial customers: those that
    come by themselves, and those that follow from them, with conversion as it is within the promise."""
    fresh = fresh_cases(scenario)
    cases = fresh.copy()
    opened = openings(scenario.case_types, scenario.market.conversion)
    if opened.any():
        more = offspring(opened) - np.eye(len(opened))
        for parent, child in np.argwhere(more > 0):
            cases[child] += more[parent, child] * fresh[parent]
    return cases


def fresh_cases(scenario: Scenario) -> np.ndarray:
    """Mean cases a week that come by themselves, shape [case type, segment], in calm and with the initial
    customers."""
    types = list(scenario.case_types)
    segments = list(scenario.segments.values())
    cases = np.zeros((len(types), len(segments)))
    for column, segment in enumerate(segments):
        for name, per_year in segment.needs.items():
            cases[types.index(name), column] += segment.customers * per_year / WEEKS_PER_YEAR
    weights = np.array([segment.share_of_prospects for segment in segments])
    weights = weights / weights.sum() if weights.sum() > 0 else np.ones(len(weights)) / len(weights)
    for stream in scenario.streams.values():
        cases[types.index(stream.case_type)] += stream.per_week * weights
    return cases


def check_volume(scenario: Scenario, demand: np.ndarray) -> None:
    """Raises ScenarioError where a week or the run brings more cases than can be computed, with the
    customers of the start; `demand` is the factor on calm demand by week, segment and type."""
    families = offspring(openings(scenario.case_types)).sum(axis=1)
    by_week = np.einsum("wst,ts,t->w", demand, fresh_cases(scenario), families)
    if not by_week.max() <= CASES_A_WEEK:
        raise ScenarioError(
            "segments and streams bring {count:,.0f} cases in week {week:,}; at most {most:,} can be "
            "computed: make customers, needs or the crisis smaller",
            count=by_week.max(),
            week=int(by_week.argmax()) + 1,
            most=CASES_A_WEEK,
        )
    if not by_week.sum() <= CASES:
        raise ScenarioError(
            "segments and streams bring {count:,.0f} cases in {weeks:,} weeks; at most {most:,} can "
            "be computed: make customers, needs or horizon.weeks smaller",
            count=by_week.sum(),
            weeks=len(by_week),
            most=CASES,
        )
