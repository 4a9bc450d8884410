"""Who has come to know whom by working together, before the run begins, or before the design."""

import numpy as np

from orgsim.engine.operations.state import Core
from orgsim.engine.operations.ties import carried, write_ties
from orgsim.mechanisms.ties import tie_after_long
from orgsim.organisation.structure import Structure, build
from orgsim.scenario import Scenario


def founding_ties(scenario: Scenario, structure: Structure) -> np.ndarray:
    """Ties [place, group] of people who have long worked together in a structure."""
    met = structure.contacts[structure.member_function, structure.member_unit]
    own = np.zeros_like(met)
    own[np.arange(len(own)), structure.groups.of] = 1.0
    ties: np.ndarray = tie_after_long(scenario.frictions.ties, met, own)
    return ties


def bring_old_ties(scenario: Scenario, structure: Structure, core: Core, seats: np.ndarray) -> None:
    """A design takes over from the first one that the scenario has as the incumbent's: people who were there
    bring the relations that they had in that; nobody who was hired for the new one knows anybody. Without
    an incumbent all stays as it is."""
    old = next((name for name, design in scenario.designs.items() if design.incumbent), None)
    if old is None:
        return
    before = build(scenario, old)
    ties = founding_ties(scenario, before)
    stay = seats["member"] == np.arange(len(seats))
    ties[~stay] = 0.0
    write_ties(core, carried(ties, before.groups.of, structure.groups.of, core.ties.shape[1]))
