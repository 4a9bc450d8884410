"""Why: the difference between two designs, shared out among the mechanisms that make it.

Each group of mechanisms is a player whose presence changes the paired difference; its Shapley value is
its mean contribution over all orders in which the groups can be switched on (Shapley 1953). Together the
values are exactly the difference with everything on, less that with all groups off. For few groups all
orders count; for many, a sample of them (Castro et al. 2009).
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import factorial
from typing import Any

import numpy as np

from orgsim.answers.designs import checked_designs
from orgsim.errors import ScenarioError
from orgsim.measures import BY_KEY
from orgsim.mechanisms.catalogue import FAMILIES
from orgsim.scenario import Scenario, load
from orgsim.scenario.loading import nearest
from orgsim.scenario.mechanisms import Mechanisms
from orgsim.simulation.runner import Progress, run_settings, seeds_from, side_by_side
from orgsim.statistics.intervals import Estimate, estimate

_MOST = 10


@dataclass(frozen=True)
class Attribution:
    """The shares of the groups in a paired difference (other − baseline), with 95 % intervals."""

    measure: str  #: its key
    designs: tuple[str, str]  #: baseline, other
    seeds: tuple[int, ...]  #: one for each world
    total: Estimate  #: with everything on
    rest: Estimate  #: with all groups off
    shares: dict[str, Estimate]  #: by group, in the measure's unit; with `rest` they sum to `total`
    orders: int | None = None  #: how many were sampled; None: all of them

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""

        def plain(value: Estimate) -> dict[str, float]:
            return {"mean": value.mean, "low": value.low, "high": value.high}

        return {
            "kind": "attribution", "measure": self.measure, "designs": list(self.designs),
            "seeds": list(self.seeds), "total": plain(self.total), "rest": plain(self.rest),
            "shares": {name: plain(value) for name, value in self.shares.items()}, "orders": self.orders,
        }  # fmt: skip


def shapley(players: Sequence[str], worth: Mapping[frozenset[str], float]) -> dict[str, float]:
    """The Shapley value of every player in a game given by the worth of every coalition."""
    count = len(players)
    values = {}
    for player in players:
        others = [name for name in players if name != player]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for chosen in combinations(others, size):
                coalition = frozenset(chosen)
                total += weight * (worth[coalition | {player}] - worth[coalition])
        values[player] = total
    return values


def attribute(
    scenario: Any, designs: Sequence[str], measure: str = "result", replications: int = 6, seed: int = 1,
    groups: Mapping[str, Sequence[str]] | None = None, overrides: Sequence[str] = (),
    workers: int | None = None, progress: Progress | None = None, orders: int | None = None,
) -> Attribution:  # fmt: skip
    """Share out the difference of a measure between two designs; exact over all coalitions of groups,
    and seed by seed, so that every share has an interval.

    With `orders`, that many orders are sampled instead (each with its reverse, each pair under a seed of
    its own; `replications` is not used): the way for more than ten groups, and the intervals then hold the
    sampling of orders too. Raises ScenarioError for names that do not exist, and for too many groups."""
    settings = load(scenario, overrides)
    chosen = checked_designs(settings, designs)[:2]
    if measure not in BY_KEY:
        raise ScenarioError(
            "--measure {measure} is no measure{hint}", measure=measure, hint=nearest(measure, BY_KEY)
        )
    families = {name: tuple(members) for name, members in (groups or FAMILIES).items()}
    _check(families, orders)

    def work(task: tuple[frozenset[str], int], stop: threading.Event) -> float:
        coalition, number = task
        switched = _switched(settings, families, coalition)
        one, other = (run_settings(switched, design, number, stop) for design in chosen)
        return other.measures[measure] - one.measures[measure]

    if orders is None:
        return _exact(work, families, chosen, measure, seeds_from(seed, replications), workers, progress)
    return _sampled(work, families, chosen, measure, seed, orders, workers, progress)


def every_mechanism() -> dict[str, tuple[str, ...]]:
    """Each mechanism as a group of its own."""
    return {name: (name,) for name in Mechanisms.model_fields}


_Work = Callable[[tuple[frozenset[str], int], threading.Event], float]


def _exact(
    work: _Work, families: Mapping[str, Sequence[str]], designs: Sequence[str], measure: str,
    seeds: tuple[int, ...], workers: int | None, progress: Progress | None,
) -> Attribution:  # fmt: skip
    coalitions = [
        frozenset(combo) for size in range(len(families) + 1) for combo in combinations(families, size)
    ]
    tasks = [(coalition, number) for number in seeds for coalition in coalitions]
    answers = dict(zip(tasks, side_by_side(work, tasks, workers, progress), strict=True))
    by_seed = [
        shapley(list(families), {coalition: answers[coalition, number] for coalition in coalitions})
        for number in seeds
    ]
    everything, nothing = frozenset(families), frozenset[str]()
    return Attribution(
        measure, (designs[0], designs[1]), seeds,
        estimate([answers[everything, number] for number in seeds]),
        estimate([answers[nothing, number] for number in seeds]),
        {name: estimate([values[name] for values in by_seed]) for name in families},
    )  # fmt: skip


def _sampled(
    work: _Work, families: Mapping[str, Sequence[str]], designs: Sequence[str], measure: str, seed: int,
    orders: int, workers: int | None, progress: Progress | None,
) -> Attribution:  # fmt: skip
    rng = np.random.default_rng(seed)
    names = list(families)
    seeds = tuple(range(seed, seed + orders // 2))
    walks = [[names[i] for i in rng.permutation(len(names))] for _ in seeds]
    pairs = list(zip(walks, seeds, strict=True))
    tasks = list(
        dict.fromkeys(
            (coalition, number)
            for walk, number in pairs
            for order in (walk, walk[::-1])
            for coalition in _steps(order)
        )
    )
    worth = dict(zip(tasks, side_by_side(work, tasks, workers, progress), strict=True))
    shares: dict[str, list[float]] = {name: [] for name in names}
    for walk, number in pairs:
        both = []
        for order in (walk, walk[::-1]):
            steps = _steps(order)
            gains = [worth[b, number] - worth[a, number] for a, b in pairwise(steps)]
            both.append(dict(zip(order, gains, strict=True)))
        for name in names:
            shares[name].append((both[0][name] + both[1][name]) / 2)
    return Attribution(
        measure, (designs[0], designs[1]), seeds,
        estimate([worth[frozenset(names), number] for number in seeds]),
        estimate([worth[frozenset[str](), number] for number in seeds]),
        {name: estimate(values) for name, values in shares.items()}, orders,
    )  # fmt: skip


def _steps(order: Sequence[str]) -> list[frozenset[str]]:
    """The coalitions that grow along an order, from none to all."""
    return [frozenset(order[:count]) for count in range(len(order) + 1)]


def _check(families: Mapping[str, Sequence[str]], orders: int | None) -> None:
    if orders is None and not 1 <= len(families) <= _MOST:
        raise ScenarioError(
            "an exact attribution takes 1 to {most} groups of mechanisms, not {count}; with --orders "
            "it takes any number",
            most=_MOST,
            count=len(families),
        )
    if orders is not None and (orders < 4 or orders % 2):
        raise ScenarioError("--orders {orders} must be even, and 4 or more", orders=orders)
    seen: set[str] = set()
    for name, members in families.items():
        for member in members:
            if member not in Mechanisms.model_fields:
                raise ScenarioError(
                    "'{member}' is no mechanism{hint}",
                    member=member,
                    hint=nearest(member, Mechanisms.model_fields),
                )
            if member in seen:
                raise ScenarioError(
                    "mechanism '{member}' is in two groups, one of them '{name}'; keep it in one",
                    member=member,
                    name=name,
                )
            seen.add(member)


def _switched(settings: Scenario, families: Mapping[str, Sequence[str]], on: frozenset[str]) -> Scenario:
    """The scenario with only these groups on (mechanisms in no group stay as they are), made ready once
    for all its runs."""
    off = {member: False for name, members in families.items() if name not in on for member in members}
    mechanisms = settings.mechanisms.model_copy(update=off)
    return settings.model_copy(update={"mechanisms": mechanisms}).effective()
