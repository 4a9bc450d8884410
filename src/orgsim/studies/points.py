"""The points of an experiment, each identified by the scenario that it stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orgsim.errors import ScenarioError
from orgsim.organisation import stages
from orgsim.scenario import Scenario
from orgsim.studies.design import Experiment
from orgsim.studies.factors import Value
from orgsim.studies.keys import identity, scenario_hash


@dataclass
class Point:
    """A point of the experiment and what is known about it: its answers by design and seed, for the
    measures that decide how many seeds it gets."""

    name: str
    values: dict[str, Value]
    sampled: bool
    base: bool
    least: int
    most: int
    #: every setting of the factors that comes to this scenario, by its identity
    samples: dict[str, dict[str, Value]] = field(default_factory=dict)
    done: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    settled: bool = False

    def seeds(self, designs: Iterable[str]) -> list[int]:
        """Seeds that every design has answered."""
        wanted = list(designs)
        found = {seed for _, seed in self.done}
        return sorted(seed for seed in found if all((design, seed) in self.done for design in wanted))


def base_values(experiment: Experiment, base: Scenario) -> dict[str, Any]:
    """The values that the scenario itself has for the factors; None where it has none."""
    return {name: _value_at(base, factor.field) for name, factor in experiment.factors.items()}


def _value_at(settings: Scenario, field_path: str) -> Any:
    found: Any = settings.model_dump(mode="json")
    for key in field_path.split("."):
        if not isinstance(found, dict) or key not in found:
            return None
        found = found[key]
    return found if isinstance(found, (int, float, bool, str)) else None


def designs_of(experiment: Experiment, base: Scenario) -> tuple[str, ...]:
    """The designs that are compared, the baseline first; each of them can be built."""
    with experiment.named():
        designs = experiment.designs or tuple(base.designs)
        for design in designs:
            stages(base, design)
        if both := [name for name in designs if name in experiment.factors]:
            raise ScenarioError("factors: '{name}' is the name of a design too; choose another", name=both[0])
        if len(set(designs)) < len(designs):
            raise ScenarioError("designs: one is named twice; keep it once")
        if len(designs) < 2 and experiment.replications.judged:
            raise ScenarioError(
                "replications: a difference in {measure} needs two designs; add one to `designs`",
                measure=experiment.replications.judged[0],
            )
        return designs


def base_case(experiment: Experiment) -> Scenario:
    """The scenario in which no factor is varied. Raises ScenarioError with the remedy."""
    try:
        return experiment.at({})
    except ScenarioError as error:
        raise ScenarioError(
            "{error}\nThis is the base case, in which no factor is varied: give what is missing in "
            "`overrides`",
            error=error,
        ) from None


def points_of(experiment: Experiment) -> list[Point]:
    """The base case, then the points as they are sampled. Raises ScenarioError for what does not fit.

    A point that is the base case, or another one again, is there once."""
    rules = experiment.replications
    base = base_case(experiment)
    designs_of(experiment, base)
    first = Point(scenario_hash(base), base_values(experiment, base), False, True, rules.base, rules.base)
    points = {first.name: first}
    for values in experiment.sampled():
        name = scenario_hash(experiment.at(values))
        if name == first.name and not first.sampled:
            first.values, first.sampled = values, True
            first.least, first.most = max(rules.least, rules.base), max(rules.most, rules.base)
        point = points.setdefault(name, Point(name, values, True, False, rules.least, rules.most))
        point.samples.setdefault(identity(values), values)
    return list(points.values())
