"""Transitions: nobody is lost, nobody moves who can stay, work is done at every stage."""

from itertools import pairwise

import numpy as np
import pytest

from orgsim.engine.operations.state import IN_QUEUE, NONE
from orgsim.organisation import stages
from orgsim.organisation.structure import NOBODY
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation
from orgsim.verification.whole import booked_hours, littles_law, missing_cases

WAVES = "[['experience'], ['acquisition'], ['offer']]"


def scenario(*overrides, waves=WAVES, target="teams", weeks=60, base="six-designs"):
    lever = f"{{kind='transition', design='{target}', start_week=10, wave_weeks=10, waves={waves}}}"
    return load(base, [f"horizon.weeks={weeks}", f"levers.move={lever}", *overrides])


DESIGNS = ("silos", "teams", "directorate", "matrix", "chained", "by-segment", "digital-native")


@pytest.mark.parametrize("target", DESIGNS)
@pytest.mark.parametrize("origin", DESIGNS)
def test_every_way_keeps_everybody_and_ends_where_it_should(origin, target):
    way = stages(scenario(target=target), origin)
    for stage in way:
        structure = stage.structure
        assert len(structure.member_unit) == 120
        assert (structure.unit_of != NOBODY).any()
        seats = np.zeros((8, len(structure.units)), int)
        np.add.at(seats, (structure.member_function, structure.member_unit), 1)
        for function, division in enumerate(structure.unit_of):
            for unit in np.unique(division[division != NOBODY]):
                assert (
                    seats[function].sum() == 0
                    or seats[function, unit] > 0
                    or _helped(structure, function, unit)
                )
        used = structure.sizes > 0
        assert (structure.managers[used] > 0).all()
        assert (structure.managers[~used] == 0).all()
        assert (structure.groups.unit[structure.groups.of] == structure.member_unit).all()
        assert structure.groups.sizes.max() <= 10
    alone = stages(scenario("levers.move.start_week=0"), target)[0].structure
    final = way[-1].structure
    names = [unit.name for unit, size in zip(final.units, final.sizes, strict=True) if size]
    assert sorted(names) == sorted(unit.name for unit in alone.units if unit in _staffed(alone))


def _staffed(structure):
    return [unit for unit, size in zip(structure.units, structure.sizes, strict=True) if size]


def _helped(structure, function, unit):
    return any(
        function in able
        for able, home in zip(structure.abilities, structure.member_unit, strict=True)
        if home == unit
    )


def test_staged_moves_touch_only_the_processes_of_their_wave():
    way = stages(scenario(), "silos")
    assert [stage.week for stage in way] == [0, 10, 20, 30]
    processes = list(load("default").processes)
    first, second = way[0].structure, way[1].structure
    for column, process in enumerate(processes):
        same = (first.unit_of[:, column] == second.unit_of[:, column]).all()
        assert same == (process != "experience")


def test_nobody_moves_who_can_stay():
    way = stages(scenario(), "silos")
    moves = [(a.structure.member_unit != b.structure.member_unit).sum() for a, b in pairwise(way)]
    assert sum(moves) <= 120 + 12  # hardly anybody moves twice
    back = stages(scenario(target="silos"), "silos")
    assert all((stage.structure.member_unit == back[0].structure.member_unit).all() for stage in back)


@pytest.mark.parametrize("waves", ["[]", WAVES])
def test_cases_hours_and_people_survive_a_reorganisation(waves):
    simulation = Simulation(scenario(waves=waves), "silos", 4)
    while not simulation.finished:
        simulation.step()
        core = simulation.core
        queued = (core.cases["state"] == IN_QUEUE).sum()
        assert core.pools["waiting"].sum() == queued
        idle = core.members["idle"] == 1
        assert idle.sum() == core.pools["idle"].sum()
        assert not (idle & (core.members["case"] != NONE)).any()
    assert missing_cases(simulation) == 0
    assert booked_hours(simulation) == pytest.approx(1.0)
    assert littles_law(simulation) == pytest.approx(1.0)
    assert simulation.structure.design == simulation.settings.designs["teams"]
    assert simulation.result().costs["transition"] > 0


def test_after_a_big_bang_the_firm_is_the_new_design():
    """Once everything has settled, a firm that has moved differs from one that always was so by its
    path alone: same units, same managers."""
    moved = Simulation(scenario(waves="[]", weeks=20), "silos", 4)
    born = Simulation(load("six-designs", ["horizon.weeks=20"]), "teams", 4)
    for simulation in (moved, born):
        simulation.run()
    leadership = [simulation.core.nodes["leadership"].sum() for simulation in (moved, born)]
    assert leadership[0] == pytest.approx(leadership[1])
    names = [unit.name for unit in born.structure.units]
    sizes = dict(zip([u.name for u in moved.structure.units], moved.structure.sizes, strict=True))
    assert [sizes[name] for name in names] == born.structure.sizes.tolist()


def test_dual_running_pays_the_old_managers_for_a_while():
    plain = Simulation(scenario(waves="[]"), "silos", 4)
    dual = Simulation(scenario("levers.move.dual_running_weeks=8", waves="[]"), "silos", 4)
    for simulation in (plain, dual):
        simulation.run()
    # managers' time that leads units which are no more: groups of 120 people, and 13 of these in the six
    # departments that have several; the top leads eight units, then three
    dissolved = 12.0 + 1.3 + (0.8 - 0.3)
    assert plain.result().costs["dual_running"] == 0
    assert dual.result().costs["dual_running"] == pytest.approx(dissolved * 68 * 40 * 8)


def test_more_at_once_meets_more_resistance():
    def lowest(waves):
        simulation = Simulation(scenario(waves=waves), "silos", 4)
        simulation.run()
        return min(simulation.weekly["morale"])

    assert lowest("[]") < lowest(WAVES)
