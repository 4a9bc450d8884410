"""Ctrl-C comes at a moment of our choosing: no lock is left taken, nobody waits for ever."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from orgsim.simulation.interruption import Terminated, exit_code, noted

on_main_thread = pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(), reason="signals reach the main thread only"
)
MANY = """
import os, random, signal, threading, time
from orgsim.simulation.runner import side_by_side

signal.signal(signal.SIGINT, signal.default_int_handler)
for trial in range(20):
    threading.Timer(0.05 + 0.2 * random.random(), os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        side_by_side(lambda task, stop: time.sleep(0.0005), range(10_000), 4)
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


@pytest.fixture
def usual():
    """Python's own way with Ctrl-C, whatever the tests were started with."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@on_main_thread
def test_it_is_noted_and_raised_where_it_is_asked_for(usual):
    with noted() as interruption:
        interruption.check()
        os.kill(os.getpid(), signal.SIGINT)
        assert interruption.asked
        with pytest.raises(KeyboardInterrupt):
            interruption.check()
        interruption.asked = False
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@on_main_thread
def test_what_nobody_asked_for_is_raised_at_the_end(usual):
    with pytest.raises(KeyboardInterrupt), noted():
        os.kill(os.getpid(), signal.SIGINT)


@on_main_thread
def test_a_second_one_is_raised_at_once(usual):
    with noted() as interruption:
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        interruption.asked = False
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@on_main_thread
@pytest.mark.parametrize(("number", "kind", "code"), [
    (signal.SIGINT, KeyboardInterrupt, 130), (signal.SIGTERM, Terminated, 143),
])  # fmt: skip
def test_who_asked_shows_in_the_exit_code(usual, number, kind, code):
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt) as end, noted():
        os.kill(os.getpid(), number)
    assert type(end.value) is kind
    assert exit_code(end.value) == code
    assert signal.getsignal(signal.SIGTERM) is before


@on_main_thread
def test_a_program_with_a_handler_of_its_own_keeps_it():
    heard = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append(True))
    try:
        with noted() as interruption:
            os.kill(os.getpid(), signal.SIGINT)
        assert heard
        assert not interruption.asked
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="signals work differently on Windows")
def test_many_tasks_can_be_stopped_at_any_moment():
    """A KeyboardInterrupt in the middle of `concurrent.futures` has hung such runs."""
    found = subprocess.run(
        [sys.executable, "-c", MANY], capture_output=True, text=True, timeout=90, check=True
    )
    assert found.stdout.split() == ["stopped"] * 20
    assert found.stderr == ""


ENDED = """
import os, signal
import orgsim.studies.points
orgsim.studies.points.points_of = lambda experiment: os.kill(os.getpid(), signal.SIGTERM)
from orgsim.cli.main import main
main(["sweep", "staged-or-big-bang", "--store", "{folder}"])
"""


@pytest.mark.skipif(os.name == "nt", reason="signals work differently on Windows")
def test_a_command_that_is_asked_to_end_says_so_at_any_moment(tmp_path):
    """Also before it has begun to hand out work, when nobody notes signals yet."""
    found = subprocess.run(
        [sys.executable, "-c", ENDED.format(folder=tmp_path / "store")], capture_output=True, text=True
    )
    assert found.returncode == 143
    assert found.stderr.splitlines()[-1] == "orgsim: stopped; nothing was written."
    assert list(tmp_path.iterdir()) == []
