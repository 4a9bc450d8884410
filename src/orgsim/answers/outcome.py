"""The number that an insight is about: the paired difference of a measure, or the measure of one design."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orgsim.answers.findings import Findings, FoundPoint
from orgsim.errors import OrgsimError
from orgsim.measures import BY_KEY
from orgsim.scenario.loading import nearest
from orgsim.statistics.intervals import Estimate, estimate


@dataclass(frozen=True)
class Outcome:
    """A measure of `design` less that of `baseline`; of `design` alone if there is no baseline."""

    findings: Findings  #: that are read
    measure: str  #: its key
    design: str  #: its key
    baseline: str | None  #: its key

    def by_seed(self, points: Sequence[FoundPoint]) -> np.ndarray:
        """Answers, shape (points, seeds), for the seeds that all these points have, in the measure's unit.
        Raises OrgsimError where there is no such seed."""
        designs = [self.design] if self.baseline is None else [self.design, self.baseline]
        answers = [
            [self.findings.by_seed(point, design, self.measure) for design in designs] for point in points
        ]
        seeds = sorted(set.intersection(*(set(one) for row in answers for one in row)))
        if len(seeds) < 1:
            raise OrgsimError(
                "{folder}: no seed has answered at every point; finish the sweep, and see whether runs "
                "have failed",
                folder=self.findings.store.folder,
            )
        return np.array(
            [[row[0][s] - (row[1][s] if len(row) > 1 else 0.0) for s in seeds] for row in answers]
        )

    def means(self, points: Sequence[FoundPoint]) -> np.ndarray:
        """The mean at each point, shape (points,), over the seeds that all of them have."""
        return self.by_seed(points).mean(axis=1)

    def moved(self, low: Sequence[FoundPoint], high: Sequence[FoundPoint]) -> Estimate:
        """How far the mean moves from some points to others, seed by seed."""
        found = self.by_seed([*low, *high])
        return estimate(found[len(low) :].mean(axis=0) - found[: len(low)].mean(axis=0))

    def estimate(self, points: Sequence[FoundPoint]) -> Estimate:
        """The mean over points, with the interval over seeds."""
        return estimate(self.by_seed(points).mean(axis=0))


def outcome(findings: Findings, measure: str | None = None, design: str | None = None) -> Outcome:
    """What is asked for, or the experiment's first measure and the first design beside the baseline.

    Naming the baseline asks for its own values. Raises OrgsimError for names that do not exist."""
    key = measure or findings.experiment.measures[0]
    if key not in BY_KEY:
        raise OrgsimError("--measure {measure} is no measure{hint}", measure=key, hint=nearest(key, BY_KEY))
    chosen = design or (findings.others or findings.designs)[0]
    if chosen not in findings.designs:
        raise OrgsimError(
            "--design {design} is not in these results{hint}",
            design=chosen,
            hint=nearest(chosen, findings.designs),
        )
    return Outcome(findings, key, chosen, None if chosen == findings.baseline else findings.baseline)
