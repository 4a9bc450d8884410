"""The designs that a question is about."""

from collections.abc import Sequence

from orgsim.errors import ScenarioError
from orgsim.organisation import stages
from orgsim.scenario import Scenario


def checked_designs(settings: Scenario, designs: Sequence[str] | None, least: int = 2) -> tuple[str, ...]:
    """The designs that a question is about, each of which can be built; a comparison needs two.

    Raises ScenarioError or DesignError."""
    chosen = tuple(designs) if designs else tuple(settings.designs)
    for design in chosen:
        stages(settings, design)
    if len(set(chosen)) < least:
        raise ScenarioError(
            "a comparison needs two designs; this names {names}; add one to `designs`",
            names=", ".join(chosen),
        )
    return chosen
