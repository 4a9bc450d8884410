"""What is robust: regret, satisficing and maximin of every option over the uncertain worlds.

An option is a design with a setting of the levers; a world is a setting of the uncertainties. See
McPhail et al. (2018), *Robustness Metrics: How Are They Calculated, When Should They Be Used…?*
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from orgsim.answers.findings import Findings, FoundPoint
from orgsim.errors import OrgsimError
from orgsim.measures import BY_KEY
from orgsim.scenario.loading import nearest
from orgsim.statistics.intervals import ERROR, holm, paired


@dataclass(frozen=True)
class Robustness:
    """One option over all worlds. Regret: what the best option of the same world is better by."""

    design: str  #: its key
    levers: dict[str, Any]  #: value by lever
    mean: float  #: over the worlds, in the measure's unit
    worst: float  #: maximin: in its worst world
    mean_regret: float  #: in the measure's unit
    worst_regret: float  #: minimax regret
    best_in: float  #: share of the worlds in which no option is better
    satisfices: float  #: share of the worlds in which it meets every threshold; nan without thresholds
    like_first: bool = False  #: not distinguishable from the first where it regrets most (paired, Holm)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return dict(vars(self))


@dataclass(frozen=True)
class RobustnessTable:
    """All options, the one with the smallest worst regret first."""

    measure: str  #: its key
    worlds: int  #: that all options share
    thresholds: dict[str, float]  #: by measure: what is good enough
    options: tuple[Robustness, ...]  #: by worst regret

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": "robustness", "measure": self.measure, "worlds": self.worlds,
            "thresholds": self.thresholds, "options": [option.to_dict() for option in self.options],
        }  # fmt: skip


def robustness(findings: Findings, measure: str | None = None) -> RobustnessTable:
    """Every option over the worlds in which all options have been run, by means over seeds.

    Raises OrgsimError where there are no two options, or no world that they share."""
    key = measure or findings.experiment.measures[0]
    if key not in BY_KEY:
        raise OrgsimError("--measure {measure} is no measure{hint}", measure=key, hint=nearest(key, BY_KEY))
    factors = findings.experiment.factors
    uncertain = [name for name in factors if factors[name].role == "uncertainty"]
    values: dict[tuple[Any, ...], dict[tuple[Any, ...], dict[str, float]]] = {}
    thresholds = findings.experiment.satisficing
    places: dict[tuple[Any, ...], dict[tuple[Any, ...], FoundPoint]] = {}
    for point in findings.sampled:
        world = tuple(point.values[name] for name in uncertain)
        levers = tuple((name, point.values[name]) for name in factors if name not in uncertain)
        for design in findings.designs:
            answers = {name: findings.mean(point, design, name) for name in {key, *thresholds}}
            values.setdefault((design, levers), {})[world] = answers
            places.setdefault((design, levers), {})[world] = point
    shared = set.intersection(*({w for w, a in worlds.items() if _known(a)} for worlds in values.values()))
    worlds = [world for world in next(iter(values.values())) if world in shared]
    if len(values) < 2 or not worlds:
        raise OrgsimError("robustness needs two options (designs, or lever settings) in the same worlds")
    sign = -1.0 if BY_KEY[key].better == "lower" else 1.0
    scores = np.array([[sign * answers[world][key] for world in worlds] for answers in values.values()])
    regrets = scores.max(axis=0) - scores
    options = []
    for row, ((design, levers), found) in enumerate(values.items()):
        met = [_meets(found[world], thresholds) for world in worlds]
        options.append(
            Robustness(
                design, dict(levers), float(sign * scores[row].mean()), float(sign * scores[row].min()),
                float(regrets[row].mean()), float(regrets[row].max()),
                float((regrets[row] == 0).mean()), float(np.mean(met)) if thresholds else float("nan"),
            )
        )  # fmt: skip
    ranked = sorted(range(len(options)), key=lambda row: options[row].worst_regret)
    where = [worlds[int(np.argmax(row))] for row in regrets]
    runs = list(places.values())

    def by_seed(row: int, world: tuple[Any, ...]) -> dict[int, float]:
        return findings.by_seed(runs[row][world], options[row].design, key)

    pairs = [(by_seed(ranked[0], where[row]), by_seed(row, where[row])) for row in ranked[1:]]
    alike = [False, *(not p < ERROR for p in holm([_p_value(*pair) for pair in pairs]))]
    told = [replace(options[row], like_first=like) for row, like in zip(ranked, alike, strict=True)]
    return RobustnessTable(key, len(worlds), dict(thresholds), tuple(told))


def _p_value(one: dict[int, float], other: dict[int, float]) -> float:
    """Of no difference between two options, over the seeds that both have answered."""
    seeds = sorted(set(one) & set(other))
    return paired([one[seed] for seed in seeds], [other[seed] for seed in seeds]).p_value


def _known(answers: dict[str, float]) -> bool:
    return all(np.isfinite(value) for value in answers.values())


def _meets(answers: dict[str, float], thresholds: dict[str, float]) -> bool:
    return all(
        answers[name] <= bound if BY_KEY[name].better == "lower" else answers[name] >= bound
        for name, bound in thresholds.items()
    )
