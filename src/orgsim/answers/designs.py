"""The designs that a question is about."""

from collections.abc import Sequence

from orgsim.errors import ScenarioError
from orgsim.organisation import stages
from orgsim.scenario import Scenario


def checked_designs(settings: Scenario, designs: Sequence[str] | None) -> tuple[str, ...]:
    """The designs to compare, each of which can be built."""
    chosen = tuple(designs) if designs else tuple(settings.designs)
    for design in chosen:
        stages(settings, design)
    if len(set(chosen)) < 2:
        raise ScenarioError(
            "a comparison needs two designs; this names {names}; add one to `designs`",
            names=", ".join(chosen),
        )
    return chosen
