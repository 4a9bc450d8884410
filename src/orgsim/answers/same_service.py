"""The comparison at the same service: how many people, and euros, each design needs for one target."""

import re
import threading
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.answers.account import Asked, Difference, Looks, Pair, judged
from orgsim.answers.data import clean, estimate_data, origin
from orgsim.answers.designs import checked_designs
from orgsim.answers.wording import Names, missed_sentence, needs_sentence
from orgsim.errors import ScenarioError
from orgsim.language.language import Language
from orgsim.measures import BY_KEY, Margin, Quantity
from orgsim.organisation.workload import largest_remainder
from orgsim.scenario import Scenario, load
from orgsim.scenario.reach import functions_apart
from orgsim.simulation.result import RunResult
from orgsim.simulation.runner import Progress, by_design, run_settings, seeds_from
from orgsim.statistics.intervals import Estimate, estimate

_TARGET = re.compile(r"\s*([a-z_0-9]+)\s*(>=|<=)\s*([-+0-9.eE]+)\s*")
#: reached in every process, so that nobody can serve it by starving one
DEFAULT_TARGET = "weakest_service>=80"
#: staffing is looked for up to this multiple of the scenario's
LARGEST = 3.0
#: what designs are compared by: one person matters, and of the cost a hundredth
NEEDED = {
    "staff": Quantity("staff", "Staff", "persons", "lower", 1, "people who reach the target", Margin(1.0)),
    "cost": Quantity("cost", "Total cost", "€", "lower", 0, "total cost with them", Margin(0.01, "cost")),
}


@dataclass(frozen=True)
class Target:
    """A service that must be reached: a measure with a bound."""

    measure: str  #: its key
    sign: str  #: >= or <=
    value: float  #: the bound, in the measure's unit

    def __str__(self) -> str:
        return f"{self.measure} {self.sign} {self.value:g}"

    def met(self, result: RunResult) -> bool:
        """Whether a run reaches it."""
        value = result.measures[self.measure]
        return value >= self.value if self.sign == ">=" else value <= self.value


def parse_target(text: str) -> Target:
    """`weakest_service>=80` as a target. Raises ScenarioError with the known measures."""
    found = _TARGET.fullmatch(text)
    if not found:
        raise ScenarioError(
            "target '{text}': write a measure, >= or <=, and a number: weakest_service>=80", text=text
        )
    measure, sign, value = found.groups()
    if measure not in BY_KEY:
        raise ScenarioError(
            "target: '{measure}' is no measure; known are: {names}", measure=measure, names=", ".join(BY_KEY)
        )
    try:
        return Target(measure, sign, float(value))
    except ValueError:
        raise ScenarioError("target: '{value}' is no number", value=value) from None


def with_staff(settings: Scenario, staff: dict[str, int]) -> Scenario:
    """The scenario with this staff by function, and neither overtime nor temporary staff."""
    sized = {
        key: function.model_copy(update={"staff": staff[key]})
        for key, function in settings.company.functions.items()
    }
    company = settings.company.model_copy(update={"functions": sized})
    people = settings.people.model_copy(update={"overtime_cap": 0.0, "temps_cap": 0.0})
    return settings.model_copy(update={"company": company, "people": people})


def in_proportion(settings: Scenario, total: int) -> dict[str, int]:
    """`total` staff in the scenario's proportions (largest remainder, at least one in each function
    that has any). Who sits apart serves nobody: as many as there are."""
    staff = np.array([function.staff for function in settings.company.functions.values()])
    aside = set(functions_apart(settings))
    apart = np.array([key in aside for key in settings.company.functions])
    seats = largest_remainder(total - int(staff[apart].sum()), np.where(apart, 0.0, staff))
    seats[apart] = staff[apart]
    for empty in np.flatnonzero((staff > 0) & (seats == 0)):
        seats[np.argmax(np.where(apart, 0, seats))] -= 1
        seats[empty] = 1
    return {key: int(seat) for key, seat in zip(settings.company.functions, seats, strict=True)}


@dataclass(frozen=True)
class Staffing:
    """The smallest staffing that reaches the target under one seed (nan if none was found)."""

    staff: float  #: people
    cost: float  #: total cost, €
    functions: dict[str, int] = field(default_factory=dict)  #: people by function


@dataclass(frozen=True)
class SameService:
    """What each design needs for the target; the first design is the baseline."""

    scenario: Scenario  #: as it was run
    target: Target  #: that is to be reached
    designs: tuple[str, ...]  #: keys; the first is the baseline
    seeds: tuple[int, ...]  #: one for each world
    found: dict[str, list[Staffing]] = field(repr=False)  #: by design, world by world

    @property
    def baseline(self) -> str:
        """The design that the others are compared with."""
        return self.designs[0]

    def values(self, design: str, what: str) -> np.ndarray:
        """`staff` (people) or `cost` (€) in every replication, shape (replications,); nan where the target
        was not reached."""
        return np.array([getattr(staffing, what) for staffing in self.found[design]])

    def reached(self, design: str) -> bool:
        """Whether the design reaches the target in every replication."""
        return bool(np.isfinite(self.values(design, "staff")).all())

    def missed(self, design: str) -> int:
        """In how many replications the design does not reach the target."""
        return int((~np.isfinite(self.values(design, "staff"))).sum())

    def estimate(self, design: str, what: str) -> Estimate:
        """A design's mean with its 95 % interval."""
        return estimate(self.values(design, what))

    def function_estimate(self, design: str, function: str) -> Estimate:
        """Staff of one function: a design's mean with its 95 % interval."""
        found = self.found[design]
        return estimate([staffing.functions.get(function, float("nan")) for staffing in found])

    @property
    def matters(self) -> Mapping[str, float]:
        """The scenario's own smallest difference of cost that matters, if it declares one."""
        own = self.scenario.matters
        return {"cost": own["total_cost"]} if "total_cost" in own else {}

    def pair(self, design: str, what: str) -> Pair:
        """What the baseline and a design need, world by world."""
        return Pair(self.values(self.baseline, what), self.values(design, what))

    def looks(self, what: str) -> Looks:
        """The number of worlds was fixed."""
        return Looks(1, False)

    @cached_property
    def _differences(self) -> dict[tuple[str, str], Difference]:
        asked = [Asked(self, design, one) for design in self.designs[1:] for one in NEEDED.values()]
        return {(found.design, found.measure): found for found in judged(asked)}

    def difference(self, design: str, what: str) -> Difference:
        """A design minus the baseline in `staff` or `cost`, paired; both under all designs are judged
        together."""
        return self._differences[design, what]

    def sentence(self, design: str | None = None, say: Language | None = None) -> str:
        """The answer in plain words, in English if no language is given."""
        say, design = say or Language(), design or self.designs[1]
        base, other = (say(self.scenario.designs[key].label or key) for key in (self.baseline, design))
        target = str(self.target)
        missed = {name: self.missed(key) for name, key in ((base, self.baseline), (other, design))}
        if any(missed.values()):
            return missed_sentence(say, target, missed, len(self.seeds), LARGEST)
        found = {what: self.difference(design, what) for what in NEEDED}
        return needs_sentence(say, target, Names(base, other), found)

    def to_dict(self) -> dict[str, Any]:
        """Plain data with stable keys (see docs/json.md); None where there is no number."""
        return {
            "kind": "same_service",
            "scenario": self.scenario.title,
            "target": str(self.target),
            "seeds": list(self.seeds),
            "baseline": self.baseline,
            "designs": {design: self._design_data(design) for design in self.designs},
            "differences": {
                design: {what: self.difference(design, what).to_dict() for what in NEEDED}
                for design in self.designs[1:]
            },
            "sentence": self.sentence(),
            "provenance": origin(self.scenario),
        }

    def _design_data(self, design: str) -> dict[str, Any]:
        return {
            "label": self.scenario.designs[design].label or design,
            "reached": self.reached(design),
            "staff": estimate_data(self.estimate(design, "staff")),
            "cost": estimate_data(self.estimate(design, "cost")),
            "functions": {
                name: estimate_data(self.function_estimate(design, name))
                for name in self.scenario.company.functions
            },
            "by_seed": [[clean(one.staff), clean(one.cost)] for one in self.found[design]],
        }


Attempt = Callable[[dict[str, int]], RunResult]


def smallest_in_proportion(
    settings: Scenario, attempt: Attempt, target: Target
) -> tuple[dict[str, int], RunResult] | None:
    """Bisect the number of staff, all functions in proportion; None if `LARGEST` is not enough."""
    now = sum(function.staff for function in settings.company.functions.values())
    aside = functions_apart(settings)
    low = sum(f.staff if key in aside else min(1, f.staff) for key, f in settings.company.functions.items())
    high = now
    staff = in_proportion(settings, now)
    result = attempt(staff)
    if not target.met(result):
        low, high = now + 1, int(np.ceil(LARGEST * now))
        staff = in_proportion(settings, high)
        result = attempt(staff)
        if not target.met(result):
            return None
    best = staff, result
    while low < high:
        middle = (low + high) // 2
        staff = in_proportion(settings, middle)
        result = attempt(staff)
        if target.met(result):
            best, high = (staff, result), middle
        else:
            low = middle + 1
    return best


def trimmed(
    staff: dict[str, int], result: RunResult, attempt: Attempt, target: Target, aside: Container[str] = ()
) -> tuple[dict[str, int], RunResult]:
    """Take people away one by one, always from the least busy function that can still spare one,
    until nobody can go without missing the target; those of the functions `aside` stay."""
    while True:
        before = staff
        can_spare = {key for key, number in staff.items() if number > 1 and key not in aside}
        while can_spare:
            functions = result.functions
            key = min(sorted(can_spare), key=lambda name: functions[name]["utilisation"])
            fewer = staff | {key: staff[key] - 1}
            tried = attempt(fewer)
            if target.met(tried):
                staff, result = fewer, tried
            if staff is not fewer or staff[key] == 1:
                can_spare.discard(key)
        if staff == before:
            return staff, result


def smallest_staffing(
    settings: Scenario, design: str, seed: int, target: Target, stop: threading.Event | None = None
) -> Staffing:
    """The smallest staffing that reaches the target under one seed: all functions in proportion
    first, then function by function. Assumes that more people never serve worse."""

    def attempt(staff: dict[str, int]) -> RunResult:
        return run_settings(with_staff(settings, staff), design, seed, stop)

    start = smallest_in_proportion(settings, attempt, target)
    if start is None:
        return Staffing(float("nan"), float("nan"))
    staff, result = trimmed(*start, attempt, target, functions_apart(settings))
    return Staffing(float(sum(staff.values())), result.measures["total_cost"], staff)


def same_service(
    scenario: str | Path | dict[str, Any] | Scenario,
    target: str | Target = DEFAULT_TARGET,
    replications: int = 10,
    seed: int = 0,
    designs: Sequence[str] | None = None,
    overrides: Iterable[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> SameService:
    """The smallest staffing with which each design reaches one target, under the same seeds.

    Without overtime or temporary staff; function by function, until nobody can go. Raises
    ScenarioError or DesignError before anything runs.
    """
    settings = load(scenario, overrides)
    goal = parse_target(target) if isinstance(target, str) else target
    chosen = checked_designs(settings, designs)
    seeds = seeds_from(seed, replications)

    def work(design: str, number: int, stop: threading.Event) -> Staffing:
        return smallest_staffing(settings, design, number, goal, stop)

    found = by_design(work, chosen, seeds, workers, progress)
    return SameService(settings, goal, chosen, seeds, found)
