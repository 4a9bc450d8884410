"""Leadership in time: whoever decides gives full attention, and is then taken for as long as the share is
small."""

import pytest

import orgsim
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

#: decisions that come to the superior of both departments, an hour; hours that one takes
RATE, DECISION = 125.0, 0.002


@pytest.mark.parametrize("span", [2, 4, 6])
def test_a_part_of_a_manager_answers_as_fast_and_is_sooner_busy(span):
    """Two heads take 2 ÷ span of a manager. A matter waits as for a server that is taken span ÷ 2 times as
    long (M/M/1: ρ·s ÷ (1 − ρ), s = span ÷ 2 · decision), then is decided at full attention."""
    delays = [
        orgsim.run(
            "verification/arbiter", "departments", seed, [f"company.managers.span_of_control={span}"]
        ).measures["arbitration_latency"]
        for seed in (1, 2, 3)
    ]
    taken = span / 2 * DECISION
    load_ = RATE * taken
    expected = load_ * taken / (1 - load_) + DECISION
    assert sum(delays) / len(delays) == pytest.approx(expected, rel=0.06)


def test_desks_are_whole_and_their_time_is_not():
    """23 people in three groups take 2.3 managers, their heads .3 of one; no desk is left taken when all
    decisions are over."""
    simulation = Simulation(load("default", ["horizon.weeks=8"]), "silos", 1)
    nodes = simulation.core.nodes
    service = list(simulation.settings.company.functions).index("service")
    inside = nodes["led_unit"] == service
    assert sorted(nodes["leadership"][inside].round(9)) == [0.3, 0.7, 0.8, 0.8]
    assert nodes["managers"][inside].tolist() == [1, 1, 1, 1]
    simulation.run()
    nodes = simulation.core.nodes
    assert (nodes["idle"] >= 0).all()
    assert (nodes["idle"] <= nodes["managers"]).all()


def test_attention_is_booked_once_however_small_the_share():
    """What decisions take of paid hours does not depend on how leadership is counted: the same matters, the
    same hours."""
    hours = []
    for managers in (1, 4):
        units = f"[{{name='All', managers={managers}}}]"
        simulation = Simulation(
            load(
                "default",
                [f"designs.one={{group_by='units', units={units}}}", "horizon.weeks=4",
                 "frictions.arbitration.forwarding=0", "frictions.arbitration.matter_limit=0"],
            ), "one", 2,
        )  # fmt: skip
        simulation.run()
        done = simulation.core.nodes["decisions"].sum()
        hours.append(simulation.core.nodes["hours"].sum() / done)
    assert hours[0] == pytest.approx(hours[1], rel=0.1)
    assert hours[1] == pytest.approx(0.25, rel=0.1)
