"""Sweeps that write into one store know of each other, and of none that has been killed."""

import os
import socket
import subprocess
import sys

from orgsim.studies.writers import Writer, announced, others

KILLED = """
import os, sys
from pathlib import Path
from orgsim.studies.writers import announced
with announced(Path(sys.argv[1])):
    print("there", flush=True)
    sys.stdin.read(1)
    os._exit(1)
"""


def test_a_sweep_is_known_as_long_as_it_lives(tmp_path):
    assert others(tmp_path) == []
    with announced(tmp_path) as notice:
        assert others(tmp_path, notice) == []
        assert others(tmp_path) == [Writer(socket.gethostname(), os.getpid())]
        with announced(tmp_path) as second:
            assert len(others(tmp_path, second)) == 1
        assert others(tmp_path, notice) == []
    assert list(tmp_path.iterdir()) == []


def test_a_notice_of_one_that_was_killed_counts_for_nothing(tmp_path):
    program = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "there\n"
        assert others(tmp_path) == [Writer(socket.gethostname(), process.pid)]
        process.communicate("x")
    assert len(list((tmp_path / "writers").iterdir())) == 1
    assert others(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
