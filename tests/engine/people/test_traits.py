"""Traits: the same persons in every design, however many sit elsewhere; switched off, all are alike."""

import numpy as np
import pytest

from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

ALIKE = ("mechanisms.talent=false", "mechanisms.morale_set_points=false", "mechanisms.tenure=false")
TRAITS = ["talent", "morale_set_point", "first_week", "newness"]


def run(design="silos", seed=3, overrides=()):
    return Simulation(load("default", overrides), design, seed)


def founders(simulation):
    """Traits of the people of the start, and their functions."""
    count = len(simulation.staff.seats)
    return simulation.staff.persons[:count][TRAITS].copy(), simulation.core.members["function"][:count]


def test_designs_have_the_same_persons_and_another_seed_has_others():
    silos, _ = founders(run("silos"))
    assert (silos == founders(run("teams"))[0]).all()
    assert (silos["talent"] != founders(run("silos", 4))[0]["talent"]).all()


def test_one_more_hire_in_a_function_changes_nobody_else():
    before, functions = founders(run())
    after, larger = founders(
        run(overrides=[f"company.functions.marketing.staff={(functions == 0).sum() + 1}"])
    )
    added = np.flatnonzero(larger == 0)[-1]
    assert len(after) == len(before) + 1
    assert (np.delete(after, added) == before).all()
    assert (np.delete(larger, added) == functions).all()


def test_people_of_the_start_are_as_the_scenario_says():
    """Over seeds, since 120 people are few."""
    people = np.concatenate([founders(run(seed=seed))[0] for seed in range(12)])
    assert people["talent"].mean() == pytest.approx(1.0, abs=0.02)
    assert people["talent"].std() == pytest.approx(0.15, abs=0.02)
    assert people["morale_set_point"].mean() == pytest.approx(0.7, abs=0.02)
    assert people["morale_set_point"].std() == pytest.approx(0.1, abs=0.01)
    assert -people["first_week"].mean() / 52 == pytest.approx(6.0, rel=0.12)
    assert np.abs(np.corrcoef(people["talent"], people["morale_set_point"])[0, 1]) < 0.1


def test_they_begin_with_what_their_years_have_left():
    simulation = run()
    traits, _ = founders(simulation)
    persons, members = simulation.staff.persons[: len(traits)], simulation.core.members[: len(traits)]
    longest, newest = np.argmin(traits["first_week"]), np.argmax(traits["first_week"])
    assert (persons["morale"] == persons["morale_set_point"]).all()
    assert persons["newness"][newest] > persons["newness"][longest]
    assert persons["strange"][newest] > persons["strange"][longest]
    knowledge = members["knowledge"]
    assert 0.15 < knowledge[newest] < knowledge[longest] <= 0.3
    order = np.argsort(traits["first_week"], kind="stable")
    assert (np.diff(knowledge[order]) <= 1e-3).all()


def test_talent_multiplies_the_speed_of_whoever_has_it():
    gifted, alike = run(), run(overrides=["mechanisms.talent=false"])
    talent = founders(gifted)[0]["talent"]
    own, plain = (one.core.skill[: len(talent)] for one in (gifted, alike))
    able = plain > 0
    assert (own > 0).tolist() == able.tolist()
    expected = (plain * talent[:, None])[able]
    assert own[able] == pytest.approx(expected, rel=1e-12)


def test_newcomers_have_traits_of_their_own_which_stay():
    simulation = run(overrides=["people.turnover=0.9", "horizon.weeks=30"])
    before = founders(simulation)[0]["talent"]
    simulation.run()
    rows = simulation.staff.seats["member"]
    rows = rows[rows >= 0]
    persons = simulation.staff.persons[rows]
    hired = persons["first_week"] >= 0
    assert hired.sum() > 10
    assert len(np.unique(persons["talent"])) == len(rows)
    assert (persons["talent"][~hired] == before[rows[~hired]]).all()
    other = run("teams", overrides=["people.turnover=0.9", "horizon.weeks=30"])
    other.run()
    here, there = (
        {int(person["key"]): float(person["talent"]) for person in one.staff.persons if person["key"]}
        for one in (simulation, other)
    )
    both = here.keys() & there.keys()
    assert len(both) > len(rows) + 10, "hires too are the same in both designs"
    assert {key: here[key] for key in both} == {key: there[key] for key in both}


def test_without_the_mechanisms_all_are_alike():
    traits, _ = founders(run(overrides=ALIKE))
    assert set(traits["talent"]) == {1.0}
    assert set(traits["morale_set_point"]) == {0.7}
    assert set(traits["first_week"]) == set(traits["newness"]) == {0}
