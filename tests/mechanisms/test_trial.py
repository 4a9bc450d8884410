"""A new mechanism is one file, its line in the core, what it says in other languages, and its test.

The trial adds an informal network to a copy of the package (files in `trial/`): a stock of every person that
grows with hand-overs to other units and makes transfers faster. Plain Python runs it, to the bits of the
compiled core, so that nothing has to be compiled anew. It is the recipe of docs/contributing.md.
"""

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TRIAL = HERE / "trial"
#: the lines where the core calls it, after which line, and its import
CALL = "    if there.unit != here.unit:\n        mean *= reached_sooner(rules, core.members[case.member])\n"
AFTER = "    mean = mean_transfer(rules, here, there, far) * strangeness(rules, known)\n"
IMPORT = "from orgsim.mechanisms.informal_network import reached_sooner\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The package with the mechanism in it."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("scenarios", "experiments", "docs"):
        (root / name).symlink_to(ROOT / name)
    package = root / "src" / "orgsim"
    shutil.copy(TRIAL / "informal_network.py", package / "mechanisms")
    shutil.copy(TRIAL / "informal_network.toml", package / "language" / "texts" / "fr")
    place = package / "engine" / "operations" / "handoff.py"
    text = place.read_text(encoding="utf-8")
    first = text.index("from orgsim.mechanisms")
    text = text[:first] + IMPORT + text[first:]
    assert text.count(AFTER) == 1
    place.write_text(text.replace(AFTER, AFTER + CALL), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def seen(checkout):
    """What orgsim says of the mechanism and with it."""
    paths = (checkout / "src", TRIAL, ROOT / "tests", ROOT / "tests" / "engine" / "operations")
    answer = subprocess.run(
        [sys.executable, str(TRIAL / "seen.py"), str(checkout)],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(map(str, paths))},
        capture_output=True, text=True,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def changed(one, other):
    """Files of a tree that are not the same in another."""
    compared = filecmp.dircmp(one, other, ignore=["__pycache__"])
    yield from (*compared.left_only, *compared.diff_files)
    for name in compared.common_dirs:
        yield from changed(one / name, other / name)


def test_three_files_and_its_test(checkout):
    files = sorted(changed(checkout / "src", ROOT / "src"))
    assert files == ["handoff.py", "informal_network.py", "informal_network.toml"]


def test_the_schema_and_the_records_know_it(seen):
    assert seen["source"] == "assumption; direction: Hansen 1999"
    assert seen["switch"] == "whom one knows in other units one reaches sooner"
    assert seen["silenced"]
    assert seen["records"] == ["ties_shorten", "ties", "handed_over"]


def test_why_counts_it(seen):
    assert seen["every"]
    assert seen["family"]


def test_its_stock_is_recorded_and_measured(seen):
    course = seen["weekly"]
    assert 0 < course[0] < course[-1] < 100
    assert seen["measures"]["ties"] == pytest.approx(sum(course) / len(course))
    assert seen["measures"]["cycle_time"] < seen["off"]["cycle_time"]


def test_switched_off_the_bits_are_those_without_it(seen):
    """And the ties are counted all the same, since people do not stop meeting."""
    sys.path.insert(0, str(TRIAL))
    try:
        from small import SMALL
    finally:
        sys.path.remove(str(TRIAL))
    without = Simulation(load("default", SMALL), "silos", seed=3)
    without.run()
    off = {name: value for name, value in seen["off"].items() if name != "ties"}
    assert repr(off) == repr(without.result().measures)
    assert seen["off"]["ties"] > 0


def test_the_pages_have_its_rows(seen):
    starts = {row.split(" |")[0] for row in seen["rows"]}
    assert starts >= {
        "| `frictions.handoff.ties_gained`",
        "| `ties_half_life`",
        "| `mechanisms.informal_network`",
        "| `ties`",
        "| `ties_shorten`",
        "| `handed_over`",
    }


def test_it_speaks_french(seen):
    assert seen["unsaid"] == []
    assert seen["names"] == ["effet des liens sur les transferts", "Liens avec les autres unités"]


def test_the_reference_asks_to_be_told(seen):
    assert seen["unknown"] == ["informal_network.ties_shorten"]
    assert seen["unknown_off"] == []
