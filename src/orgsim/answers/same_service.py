"""The comparison at the same service: how many people, and euros, each design needs for one target."""

import math
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.answers.account import Asked, Difference, Looks, Pair, judged
from orgsim.answers.data import clean, estimate_data, origin
from orgsim.answers.designs import checked_designs
from orgsim.answers.staffing import LARGEST, Row, Serve, Served, Worlds, row_of, smallest_staffing, with_staff
from orgsim.answers.wording import Names, Needs, attained_sentence, missed_sentence, needs_sentence
from orgsim.errors import ScenarioError
from orgsim.language.language import Language
from orgsim.measures import BY_KEY, Margin, Quantity
from orgsim.scenario import Scenario, load
from orgsim.simulation.result import RunResult
from orgsim.simulation.runner import Progress, run_settings, seeds_from, stage
from orgsim.statistics.intervals import Estimate, enough, estimate, proportion, sure_counts

_TARGET = re.compile(r"\s*([a-z_0-9]+)\s*(>=|<=)\s*([-+0-9.eE]+)\s*")
#: reached in every process, so that nobody can serve it by starving one
DEFAULT_TARGET = "weakest_service>=80"
#: share of the worlds in which it is to be reached
DEFAULT_SHARE = 0.9
#: fresh worlds for each world of the search, once to size and once to try: with fewer than 36 nothing
#: bounds what nine of ten worlds need from above, with 95 % confidence
FRESH = 4
#: what designs are compared by, besides staff: a hundredth matters
COST = Quantity("cost", "Total cost", "€", "lower", 0, "total cost with the staff", Margin(0.01, "cost"))


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


@dataclass(frozen=True)
class Plan:
    """The worlds of a comparison at the same service, by their seeds; none is used twice."""

    share: float  #: of the worlds in which the target is to be met, above 0 to 1
    search: tuple[int, ...]  #: in which proportions are searched
    size: tuple[int, ...]  #: fresh ones, in which they are sized
    trial: tuple[int, ...]  #: fresh ones, in which the staffing is tried

    @classmethod
    def of(cls, share: float, first: int, replications: int) -> "Plan":
        """`replications` worlds to search from the seed `first` on, then `FRESH` times as many to size, and
        to try. ScenarioError for a share that is none, and for seeds that are too few or do not fit."""
        if not 0 < share <= 1:
            raise ScenarioError("share = {share} must be above 0 and at most 1", share=share)
        seeds_from(first, replications)
        seeds = seeds_from(first, (1 + 2 * FRESH) * replications)
        size = (1 + FRESH) * replications
        return cls(share, seeds[:replications], seeds[replications:size], seeds[size:])

    def __len__(self) -> int:
        return len(self.search) + len(self.size) + len(self.trial)


#: of what is not reached
UNKNOWN = Estimate(math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Staffing:
    """What one design needs for the target; without functions and answers if `LARGEST` times the staff of
    the scenario is not enough."""

    #: people by function
    functions: dict[str, int] = field(default_factory=dict)
    #: all of them, with the 95 % interval of the number that is needed in these proportions; ends that
    #: nobody knows are infinite
    staff: Estimate = UNKNOWN
    #: what the staffing comes to in each world of `Plan.trial`
    tried: tuple[Served, ...] = ()


@dataclass(frozen=True)
class SameService:
    """What each design needs for the target; the first design is the baseline."""

    scenario: Scenario  #: as it was run
    target: Target  #: that is to be reached
    plan: Plan  #: in how many worlds, and in which it was looked at
    designs: tuple[str, ...]  #: keys; the first is the baseline
    found: dict[str, Staffing] = field(repr=False)  #: by design

    @property
    def baseline(self) -> str:
        """The design that the others are compared with."""
        return self.designs[0]

    def reached(self, design: str) -> bool:
        """Whether the design reaches the target with up to `LARGEST` times the staff."""
        return bool(self.found[design].functions)

    def staff(self, design: str) -> Estimate:
        """The people whom the design needs, with the 95 % interval of that number: ends that the worlds
        leave open are infinite; nan if the target is not reached."""
        return self.found[design].staff

    def told_apart(self, design: str) -> bool:
        """Whether the intervals of a design's staff and of the baseline's have nothing in common."""
        base, other = self.staff(self.baseline), self.staff(design)
        return base.high < other.low or other.high < base.low

    def met(self, design: str) -> int:
        """In how many fresh worlds the staffing meets the target."""
        return sum(served.met for served in self.found[design].tried)

    def attainment(self, design: str) -> Estimate:
        """The share of fresh worlds in which the staffing meets the target, per cent, with its 95 %
        interval (Wilson); nan if the target is not reached."""
        if not self.reached(design):
            return UNKNOWN
        found = proportion(self.met(design), len(self.plan.trial))
        return Estimate(100 * found.mean, 100 * found.low, 100 * found.high)

    def costs(self, design: str) -> np.ndarray:
        """Total cost in every fresh world, €, shape (worlds,); nan where the target is not reached."""
        if not self.reached(design):
            return np.full(len(self.plan.trial), math.nan)
        return np.array([served.cost for served in self.found[design].tried])

    def cost(self, design: str) -> Estimate:
        """A design's mean cost over the fresh worlds, €, with its 95 % interval."""
        return estimate(self.costs(design))

    @property
    def matters(self) -> Mapping[str, float]:
        """The scenario's own smallest difference of cost that matters, if it declares one."""
        own = self.scenario.matters
        return {"cost": own["total_cost"]} if "total_cost" in own else {}

    def pair(self, design: str, measure: str) -> Pair:
        """What the baseline and a design cost, fresh world by fresh world: `measure` is always cost."""
        return Pair(self.costs(self.baseline), self.costs(design))

    def looks(self, measure: str) -> Looks:
        """The number of worlds was fixed."""
        return Looks(1, False)

    @cached_property
    def _differences(self) -> dict[str, Difference]:
        asked = [Asked(self, design, COST) for design in self.designs[1:]]
        return {found.design: found for found in judged(asked)}

    def difference(self, design: str) -> Difference:
        """A design's cost minus the baseline's, paired; all designs are judged together."""
        return self._differences[design]

    def sentence(self, design: str | None = None, say: Language | None = None) -> str:
        """The answer in plain words, in English if no language is given."""
        say, design = say or Language(), design or self.designs[1]
        base, other = (say(self.scenario.designs[key].label or key) for key in (self.baseline, design))
        target, share = str(self.target), 100 * self.plan.share
        pair = ((base, self.baseline), (other, design))
        if missed := [name for name, key in pair if not self.reached(key)]:
            return missed_sentence(say, target, share, missed, LARGEST)
        needs = Needs(
            self.staff(self.baseline), self.staff(design), self.told_apart(design), self.difference(design)
        )
        attained = {name: (self.met(key), self.attainment(key)) for name, key in pair}
        return " ".join((
            needs_sentence(say, target, share, Names(base, other), needs),
            attained_sentence(say, attained, len(self.plan.trial)),
        ))  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Plain data with stable keys (see docs/json.md); None where there is no number."""
        return {
            "kind": "same_service",
            "scenario": self.scenario.title,
            "target": str(self.target),
            "share": self.plan.share,
            "seeds": {what: list(getattr(self.plan, what)) for what in ("search", "size", "trial")},
            "baseline": self.baseline,
            "designs": {design: self._design_data(design) for design in self.designs},
            "differences": {
                design: {
                    "staff": clean(self.staff(design).mean - self.staff(self.baseline).mean),
                    "told_apart": self.told_apart(design),
                    "cost": self.difference(design).to_dict(),
                }
                for design in self.designs[1:]
            },
            "sentence": self.sentence(),
            "provenance": origin(self.scenario),
        }

    def _design_data(self, design: str) -> dict[str, Any]:
        found = self.found[design]
        return {
            "label": self.scenario.designs[design].label or design,
            "reached": self.reached(design),
            "staff": estimate_data(self.staff(design)),
            "functions": found.functions,
            "attainment": {"met": self.met(design)} | estimate_data(self.attainment(design)),
            "cost": estimate_data(self.cost(design)),
            "tried": [[served.met, clean(served.cost)] for served in found.tried],
        }


def sized(row: Row, worlds: Worlds, share: float) -> Estimate:
    """The fewest staff in a row of proportions with which a share of the worlds meets the target, and the
    interval of that number: from where the chance is not surely below the share to where it is surely above
    it (`orgsim.statistics.intervals.sure_counts`). Infinite where the row ends before, or nobody can tell."""
    count = len(worlds)
    low, high = sure_counts(share, count)

    def smallest(needed: int) -> float:
        return row.smallest(lambda staff: worlds.meet(staff, needed)) if needed <= count else math.inf

    return Estimate(smallest(enough(share, count)), smallest(low) if low else -math.inf, smallest(high))


def staffed(
    settings: Scenario, serve: Serve, plan: Plan, workers: int | None = None, progress: Progress | None = None
) -> Staffing:
    """What a design needs, as `same_service` says: `serve` tells what a staffing comes to under a seed."""
    report, total = progress or (lambda done, total: None), len(plan)
    needed = enough(plan.share, len(plan.search))
    proportions = smallest_staffing(settings, Worlds(serve, plan.search, workers), needed)
    report(len(plan.search), total)
    if proportions is None:
        return Staffing()
    row = row_of(settings, proportions)
    staff = sized(row, Worlds(serve, plan.size, workers), plan.share)
    if staff.mean == math.inf:
        return Staffing()
    functions, trial = row.of(int(staff.mean)), Worlds(serve, plan.trial, workers)
    return Staffing(
        functions, staff, tuple(trial.served(functions, stage(progress, total - len(plan.trial), total)))
    )


def same_service(
    scenario: str | Path | dict[str, Any] | Scenario,
    target: str | Target = DEFAULT_TARGET,
    replications: int = 10,
    seed: int = 0,
    designs: Sequence[str] | None = None,
    overrides: Iterable[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
    share: float = DEFAULT_SHARE,
) -> SameService:
    """The staff with which each design meets one target in a share of the worlds, and what that costs;
    without overtime or temporary staff.

    1. *Search*: in `replications` worlds together, the smallest staffing with which enough of them meet the
       target: all functions in proportion, then function by function until nobody can go. It fits these
       worlds better than others (which is why nothing is reported from them): only its proportions are kept.
    2. *Size*: in `FRESH` times as many fresh worlds, the fewest staff in those proportions with which the
       share of them meet the target. How sure that number is follows from the same worlds (`sized`): to
       repeat the search on other sets of worlds would take as many times as long. The interval is of the
       number in these proportions; where those of two designs overlap, they cannot be told apart by staff.
    3. *Trial*: the staffing of that size in as many worlds again, which nobody has looked at. Attainment
       (with the score interval of Wilson 1927) and cost are of these. The interval of cost is that of the
       mean over worlds with this staff: how sure the number of staff is stands in its own.

    All designs live through the same worlds, so that costs are paired. Seeds follow each other from `seed`.
    Of few worlds, a share asks for the next whole number: .9 of 2 worlds are both. Raises ScenarioError or
    DesignError before anything runs.
    """
    settings = load(scenario, overrides)
    goal = parse_target(target) if isinstance(target, str) else target
    chosen = checked_designs(settings, designs)
    plan = Plan.of(share, seed, replications)
    found = {}
    for number, design in enumerate(chosen):

        def serve(staff: dict[str, int], seed: int, stop: threading.Event, design: str = design) -> Served:
            result = run_settings(with_staff(settings, staff), design, seed, stop)
            busy = {name: row["utilisation"] for name, row in result.functions.items()}
            return Served(goal.met(result), result.measures["total_cost"], busy)

        whole = stage(progress, number * len(plan), len(chosen) * len(plan))
        found[design] = staffed(settings, serve, plan, workers, whole)
    return SameService(settings, goal, plan, chosen, found)
