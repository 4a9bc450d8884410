"""The live run: the same bits as a run without anybody looking, and a picture that shows all of it."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.dashboard import closer, telling
from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import choose
from orgsim.dashboard.floor import floor_of
from orgsim.dashboard.keyframes import DESK, DOT, HEAD, MOST_DOTS, PERSON, keyframe
from orgsim.dashboard.live import Live
from orgsim.dashboard.pace import PacedSimulation
from orgsim.engine.operations.state import DORMANT, FREE, IN_QUEUE
from orgsim.language.language import Language
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

SMALL = load("default", ["horizon.weeks=12", "horizon.warmup_weeks=2"])


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(0.05, 30), min_size=1, max_size=60), st.sampled_from(["silos", "teams"]))
def test_stopping_the_clock_changes_no_bit(steps, design):
    """Wherever the run is looked at, also during the day, it is the run of the command line."""
    plain, paced = Simulation(SMALL, design, 3), PacedSimulation(SMALL, design, 3)
    plain.run()
    hour = 0.0
    for step in steps:
        hour += step
        paced.go_to(hour)
    paced.go_to(10_000)
    assert paced.finished
    for name, course in plain.weekly.items():
        assert np.array_equal(course, paced.weekly[name], equal_nan=True), name


def unpacked(frame):
    head = np.frombuffer(frame, HEAD, 1)[0]
    at = HEAD.itemsize
    parts = []
    for kind, count in ((DOT, head["cases"]), (PERSON, head["people"]), (DESK, head["heads"])):
        parts.append(np.frombuffer(frame, kind, int(count), at))
        at += kind.itemsize * int(count)
    assert at == len(frame)
    return head, *parts


@pytest.mark.parametrize(("scenario", "design"), [("default", "silos"), ("validity/conflicts", "teams")])
def test_every_open_case_is_a_dot(scenario, design):
    run = PacedSimulation(load(scenario), design, 1)
    run.go_to(40 * 12 + 3.3)
    head, dots, people, desks = unpacked(keyframe(run.core, run.staff))
    cases = run.core.cases
    known = (cases["state"] != FREE) & (cases["state"] != DORMANT)
    assert head["cases"] + head["hidden"] == known.sum()
    assert head["cases"] == min(MOST_DOTS, known.sum())
    assert len(people) == run.staff.totals["rows"][0]
    assert desks["waiting"].sum() == run.core.nodes["waiting"].sum()
    if not head["hidden"]:
        queued = np.bincount(dots["place"][dots["state"] == IN_QUEUE], minlength=len(run.core.pools))
        assert (queued == run.core.pools["waiting"]).all()


def test_the_page_knows_the_states_by_the_same_numbers():
    import re

    from orgsim.dashboard import keyframes
    from orgsim.dashboard.words import FOLDER
    from orgsim.engine.operations import state

    script = (FOLDER / "stage.vue").read_text(encoding="utf-8")
    pairs = {name: int(number) for name, number in re.findall(r"\b([A-Z]{4,}) = (\d)", script)}
    known = {
        "QUEUE": state.IN_QUEUE, "WORK": state.IN_WORK, "TRANSIT": state.IN_TRANSIT,
        "DECISION": state.IN_ARBITRATION, "CALLED": keyframes.CALLED, "AWAY": keyframes.AWAY,
        "GONE": keyframes.NOT_THERE,
    }  # fmt: skip
    assert pairs == known


def test_those_who_wait_stand_in_line_without_gaps():
    run = PacedSimulation(load("default"), "silos", 1)
    run.go_to(40 * 8 + 4)
    _, dots, _, _ = unpacked(keyframe(run.core, run.staff))
    waiting = dots[dots["state"] == IN_QUEUE]
    for place in np.unique(waiting["place"]):
        order = np.sort(waiting["order"][waiting["place"] == place])
        assert (order == np.arange(len(order))).all()


def test_the_floor_shows_units_as_columns_and_lanes():
    silos, teams = (floor_of(PacedSimulation(SMALL, name, 1)) for name in ("silos", "teams"))
    assert not any(silos.lanes)
    assert all(teams.lanes)
    assert len(silos.units) == 8
    assert len(teams.units) == 3


def test_a_transition_changes_the_floor():
    run = PacedSimulation(load("claims/h09-staged-or-big-bang"), "big-bang", 1)
    before = floor_of(run)
    run.go_to(40 * 27)
    assert floor_of(run) != before


def test_going_back_is_the_same_world_again():
    live = Live(choose(Address()), 1, day=40)
    there = live.frame()
    live.go_to(8 * 90)
    live.go_to(8 * 40)
    assert live.frame() == there


def stands(live):
    """The hour at which it stands, once it does."""
    while True:
        hour = live.hour
        time.sleep(0.5)
        if live.hour == hour:
            return hour


def test_what_plays_stands_when_nobody_looks_and_goes_on_with_a_sign_of_life(monkeypatch):
    monkeypatch.setattr("orgsim.dashboard.live._SILENCE", 0.4)
    live, frames = Live(choose(Address()), 1), []
    live.on_frame = frames.append
    live.play()
    hour = stands(live)
    assert hour > 0
    assert len(frames) >= 2
    live.hear()
    assert stands(live) > hour
    assert live.playing.is_set()
    live.pause()
    assert not live._thread.is_alive()
    hour = live.hour
    live.hear()
    assert stands(live) == hour


def test_pause_stops_at_once():
    live = Live(choose(Address()), 1)
    live.play()
    live.pause()
    hour = live.hour
    time.sleep(0.25)
    assert live.hour == hour


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_story_of_a_case_in_both_organisations(code):
    live, say = Live(choose(Address()), 1, day=60), Language(code)
    short = closer.any_case(live, None)
    key, week = closer.full_key(live, short)
    told = closer.story(live, key, week, say)
    assert [bool(side["episodes"]) for side in told["sides"]] == [True, True]
    for side in told["sides"]:
        ends = [episode["start"] + episode["hours"] for episode in side["episodes"]]
        starts = [episode["start"] for episode in side["episodes"]]
        assert starts[1:] == pytest.approx(ends[:-1])
        assert max(ends) <= told["longest"] + 1e-9
    assert closer.any_case(live, short) != short


def test_facts_agree_with_the_run():
    live, say = Live(choose(Address()), 1, day=60), Language("en")
    facts = closer.unit_facts(live, 0, 1, say)
    assert facts["title"] == "Sales – Functional silos"
    people = [button["id"] for button in facts["people"]]
    assert (live.runs[0].core.members["unit"][people] == 1).all()
    person = closer.person_facts(live, 0, people[0], say)
    assert ("Unit", "Sales") in person["rows"]
    with pytest.raises(IndexError):
        closer.person_facts(live, 0, 10_000, say)


def test_the_numbers_are_those_of_the_run():
    live, say = Live(choose(Address()), 1, day=100), Language("en")
    rows = {row["label"]: row for row in telling.numbers(live, say)["rows"]}
    measures = [run.result().measures for run in live.runs]
    assert rows["Total cost"]["values"] == [say.amount("total_cost", m["total_cost"]) for m in measures]
    ledger = telling.numbers(live, say)["ledger"]
    for side in (0, 1):
        assert sum(line["shares"][side] for line in ledger) == pytest.approx(100, abs=0.1)
