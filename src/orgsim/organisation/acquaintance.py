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


def ties_between_units(core: Core, seats: np.ndarray) -> np.ndarray:
    """How well the people of each unit know those of each other now, mean over its people and the places of
    the other: [unit, unit] from 0 to 1, NaN where nobody sits."""
    held = seats[seats["member"] >= 0]
    units, pools = len(core.distances), core.pools
    known, people = np.zeros((units, len(pools))), np.bincount(held["unit"], minlength=units)
    np.add.at(known, held["unit"], core.acquaintance[held["member"]])
    places = np.bincount(pools["unit"], weights=pools["places"], minlength=units)
    by_unit = np.zeros((units, units))
    np.add.at(by_unit.T, pools["unit"], (known * pools["places"]).T)
    whole = np.outer(people, places)
    fading = float(core.clock["fading"][0])
    return np.where(whole > 0, by_unit * fading / np.maximum(whole, 1.0), np.nan)


def ties_between_groups(core: Core, seats: np.ndarray) -> np.ndarray:
    """How well the people of each group know each other group now, mean over its people: [group, group] from
    0 to 1, NaN where nobody sits."""
    held = seats[seats["member"] >= 0]
    groups = len(core.groups)
    known, people = np.zeros((groups, groups)), np.bincount(held["group"], minlength=groups)[:, None]
    np.add.at(known, held["group"], core.ties[held["member"]])
    fading = float(core.clock["fading"][0])
    return np.where(people > 0, known * fading / np.maximum(people, 1), np.nan)
