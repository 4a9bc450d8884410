"""`orgsim verify --all`: does the model show what it should, and where does it not?"""

import shlex
import threading
from dataclasses import dataclass
from typing import Literal

from orgsim.scenario import load
from orgsim.simulation.result import RunResult
from orgsim.simulation.runner import Progress, run_settings, side_by_side
from orgsim.statistics.intervals import Estimate, estimate
from orgsim.verification.continuity import continuity
from orgsim.verification.facts import Fact, Side, adversarial, calibration
from orgsim.verification.headline import headline
from orgsim.verification.stylised import stylised

CONFIDENCE = 0.95
Verdict = Literal["as expected", "opposite", "not distinguishable", "outside"]


@dataclass(frozen=True)
class Found:
    """A row as simulated."""

    fact: Fact
    difference: Estimate
    replications: int

    @property
    def verdict(self) -> Verdict:
        """Whether the interval lies on the expected side (or meets the expected range)."""
        value, fact = self.difference, self.fact
        if not fact.expected:
            return "outside" if value.high < fact.low or value.low > fact.high else "as expected"
        if not (value.low > 0 or value.high < 0):
            return "not distinguishable"
        return "as expected" if (value.mean > 0) == (fact.expected > 0) else "opposite"

    @property
    def expectation(self) -> str:
        """What is expected, in a few signs."""
        if not self.fact.expected:
            return f"{self.fact.low:g} to {self.fact.high:g}"
        return "> 0" if self.fact.expected > 0 else "< 0"

    @property
    def command(self) -> str:
        """A command that shows the runs of the row."""
        sides = [side for side in (self.fact.one, self.fact.other) if side is not None]
        sets = "".join(f" --set {shlex.quote(override)}" for override in sides[0].overrides)
        designs = list(dict.fromkeys(side.design for side in sides))
        if len(designs) < 2 or any(side.scenario != sides[0].scenario for side in sides):
            return f"orgsim run {sides[0].scenario} --design {sides[0].design}{sets}"
        return f"orgsim compare {sides[0].scenario} --designs {designs[1]},{designs[0]}{sets}"

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "group": self.fact.group, "name": self.fact.name, "quantity": self.fact.quantity,
            "expected": self.expectation, "difference": self.difference.mean, "low": self.difference.low,
            "high": self.difference.high, "verdict": self.verdict, "source": self.fact.source,
            "remark": self.fact.remark, "command": self.command,
        }  # fmt: skip


def all_facts() -> list[Fact]:
    """Every row."""
    return [*adversarial(), *stylised(), *headline(), *continuity(), *calibration()]


def validity(
    replications: int = 10, seed: int = 1, workers: int | None = None, progress: Progress | None = None
) -> list[Found]:
    """Simulate every row; 95 % intervals of paired differences over replications."""
    facts = all_facts()
    sides = list(dict.fromkeys(side for fact in facts for side in fact.sides))
    settings = {side: load(side.scenario, side.overrides) for side in sides}
    tasks = [(side, seed + number) for number in range(replications) for side in sides]

    def work(task: tuple[Side, int], stop: threading.Event) -> RunResult:
        return run_settings(settings[task[0]], task[0].design, task[1], stop)

    answers = side_by_side(work, tasks, workers, progress)
    runs: dict[Side, list[RunResult]] = {side: [] for side in sides}
    for (side, _), answer in zip(tasks, answers, strict=True):
        runs[side].append(answer)
    return [Found(fact, _difference(fact, runs), replications) for fact in facts]


def _difference(fact: Fact, runs: dict[Side, list[RunResult]]) -> Estimate:
    def values(side: Side) -> list[float]:
        return [fact.read(result) for result in runs[side]]

    found = values(fact.one)
    if fact.other is not None:
        found = [a - b for a, b in zip(found, values(fact.other), strict=True)]
    if fact.against is not None:
        first, second = (values(side) for side in fact.against)
        found = [d - (a - b) for d, a, b in zip(found, first, second, strict=True)]
    return estimate(found, CONFIDENCE)
