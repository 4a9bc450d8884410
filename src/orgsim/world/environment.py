"""What all crises together do, week by week, to every organisation alike."""

from dataclasses import dataclass

import numpy as np

from orgsim.errors import ScenarioError
from orgsim.mechanisms.competition import attack_factor
from orgsim.mechanisms.novelty import novelty_factor
from orgsim.messages import Message
from orgsim.scenario import Scenario
from orgsim.scenario.crisis import Crisis
from orgsim.scenario.reach import cases_that_come
from orgsim.scenario.volume import check_volume
from orgsim.world.crisis import CrisisCourse, course


@dataclass(frozen=True)
class Environment:
    """The world outside, by week (warm-up included)."""

    index: np.ndarray  # [week] demand against calm, as the crises' own figures say
    demand: np.ndarray  # [week, segment, type] factor on demand
    spending: np.ndarray  # [week, segment] factor on revenue
    pull: np.ndarray  # [week, segment] factor of competitors on leaving
    fit_lost: np.ndarray  # [week, segment] share of the offer's fit lost in the week
    novelty: np.ndarray  # [week] factor on exceptions
    absent: np.ndarray  # [week] share of staff
    remote: np.ndarray  # [week] share of time worked from home, at the least
    cut: np.ndarray  # [week] share of the staff of the start that crises have made to be cut by then
    notes: tuple[Message, ...]

    @property
    def first_week(self) -> int | None:
        """The first week that is not calm."""
        unlike = (self.demand != 1.0).any(axis=(1, 2)) | (self.pull != 1.0).any(axis=1)
        unlike |= (self.index != 1.0) | (self.absent > 0) | (self.fit_lost > 0).any(axis=1)
        unlike |= (self.novelty != 1.0) | (self.remote > 0) | (self.cut > 0)
        return int(np.argmax(unlike)) if unlike.any() else None


def _course(name: str, crisis: Crisis, scenario: Scenario) -> CrisisCourse:
    """The course of a crisis; what is wrong with one of `crises` is said with its name."""
    try:
        return course(crisis, scenario.horizon)
    except ScenarioError as error:
        if name == "crisis":
            raise
        raise ScenarioError("crises.{name}: {message}", name=name, message=error.message) from None


def environment(scenario: Scenario) -> Environment:
    """The environment of a scenario. Raises ScenarioError for figures that do not fit, or that
    bring more cases than can be computed."""
    weeks = scenario.horizon.warmup_weeks + scenario.horizon.weeks
    segments, types = list(scenario.segments.values()), list(scenario.case_types.values())
    shape = (weeks, len(segments))
    index, novelty = np.ones(weeks), np.ones(weeks)
    demand = np.ones((*shape, len(types)))
    spending, pull, kept = np.ones(shape), np.ones(shape), np.ones(shape)
    here, uncut, remote = np.ones(weeks), np.ones(weeks), np.zeros(weeks)
    notes: list[Message] = []
    coming = cases_that_come(scenario)
    comes = np.array([[(name, key) in coming for name in scenario.case_types] for key in scenario.segments])
    for name, crisis in {"crisis": scenario.crisis, **scenario.crises}.items():
        its = _course(name, crisis, scenario)
        hit = _hit(scenario, crisis)
        worst_yet = np.maximum.accumulate(its.severity)
        index *= its.index
        demand *= np.where(hit & comes, _demand(scenario, crisis, its.index, its.severity), 1.0)
        struck = hit.any(axis=1)
        for column in np.flatnonzero(struck):
            loss = crisis.demand * (its.index - 1.0)
            sensitivity = segments[column].crisis_sensitivity
            spending[:, column] *= np.maximum(0.0, 1.0 + sensitivity * loss)
            attack = attack_factor(scenario, segments[column], crisis.competition, its.severity)
            pull[:, column] *= np.maximum(0.0, attack)
            kept[:, column] *= 1.0 - crisis.offer_fit * worst_yet
        novelty *= novelty_factor(crisis.novelty, its.size)
        here *= 1.0 - crisis.staff_loss * its.severity
        remote = np.maximum(remote, crisis.remote_share * its.severity)
        uncut *= 1.0 - crisis.budget_cut * worst_yet
        notes += its.notes
    check_volume(scenario, demand)
    before = np.concatenate([np.ones((1, len(segments))), kept[:-1]])
    return Environment(
        index, demand, spending, pull, 1.0 - kept / np.maximum(before, 1e-12), novelty, 1.0 - here, remote,
        1.0 - uncut, tuple(notes),
    )  # fmt: skip


def _hit(scenario: Scenario, crisis: Crisis) -> np.ndarray:
    """[segment, type] whether a crisis concerns them."""
    segments = [crisis.segments == "all" or key in crisis.segments for key in scenario.segments]
    types = [
        crisis.processes == "all" or case_type.process in crisis.processes
        for case_type in scenario.case_types.values()
    ]
    return np.outer(segments, types)


def _demand(scenario: Scenario, crisis: Crisis, index: np.ndarray, severity: np.ndarray) -> np.ndarray:
    """[week, 1, type] factor on demand: 1 + sensitivity × (index − 1), and the contacts that a crisis
    brings, which may stay after the shock."""
    sensitivity = np.array([case_type.crisis_sensitivity for case_type in scenario.case_types.values()])
    factor = np.maximum(0.0, 1.0 + crisis.demand * np.outer(index - 1.0, sensitivity))
    stays = severity.copy()
    if crisis.aftermath_weeks > 0:
        kept = 0.5 ** (1.0 / crisis.aftermath_weeks)
        for week in range(1, len(stays)):
            stays[week] = max(stays[week], kept * stays[week - 1])
    for column, key in enumerate(scenario.case_types):
        if key in crisis.contacts:
            factor[:, column] *= 1.0 + (crisis.contacts[key] - 1.0) * stays
    return factor[:, None, :]
