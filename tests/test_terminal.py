"""What is printed: in any encoding, to readers that go away and to full disks; with real processes."""

import io
import json
import os
import subprocess
import sys

import pytest
from rich.table import Table

from orgsim.terminal import screen as terminal

ORGSIM = [sys.executable, "-m", "orgsim"]
posix = pytest.mark.skipif(os.name == "nt", reason="pipes and devices are POSIX's")


@pytest.fixture
def printed(monkeypatch):
    """What is printed to a terminal of an encoding."""

    def _printed(encoding, show):
        into = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(into, encoding=encoding))
        terminal.speak_any_encoding()
        show()
        terminal.flush()
        return into.getvalue().decode(encoding)

    return _printed


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252", "cp437"])
def test_any_encoding(printed, encoding):
    text = "Coût k€ 1\u202f234 ± 5 → «\u00a0œuvre\u00a0» −2 Δ\ud800"
    found = printed(encoding, lambda: terminal.console().print(text))
    if encoding == "ascii":
        assert found == 'Cout kEUR 1 234 +/- 5 > " oeuvre " -2 ??\n'
    else:
        assert found.startswith("Coût k")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_json_loses_nothing(printed, encoding):
    data = {"é": ["€", "\U0001f600"]}
    found = printed(encoding, lambda: terminal.print_json(data))
    assert json.loads(found) == data
    assert found.isascii() == (encoding != "utf-8")


@posix
@pytest.mark.parametrize("command", ["schema --fields", "schema"])
def test_a_reader_that_goes_away(command):
    """As `| head` does, here before anything is printed."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*ORGSIM, *command.split()], stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux's device that is always full")
@pytest.mark.parametrize("command", ["schema --fields", "schema", "--help"])
def test_a_full_disk(command):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*ORGSIM, *command.split()], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "orgsim: what is printed cannot be written: No space left on device\n"


@posix
def test_nowhere_to_print_in_the_poorest_of_locales():
    poor = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONIO"))}
    poor |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([*ORGSIM, "schema", "--fields"], env=poor, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "EUR" in done.stdout.decode("ascii")
    assert subprocess.run(f"{sys.executable} -m orgsim schema >&- 2>&-", shell=True).returncode == 0


def test_columns_stand_in_any_encoding(printed):
    """What an encoding lacks is replaced before the width of a column is known."""
    table = Table("euros", "way")
    table.add_row("12 k€/case", "→ ░▒█")
    table.add_row("1", "2")
    found = printed("ascii", lambda: terminal.console().print(table))
    assert len({len(line) for line in found.rstrip("\n").split("\n")}) == 1
    assert "kEUR/case" in found
    assert "?" not in found
