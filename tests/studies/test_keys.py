"""A key holds everything that a run is computed from, by contents, and nothing else."""

import importlib.metadata
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import orgsim
from orgsim.answers.findings import read
from orgsim.errors import OrgsimError, ScenarioError
from orgsim.scenario import load
from orgsim.studies import engine as engines
from orgsim.studies.design import load_experiment
from orgsim.studies.keys import scenario_hash
from orgsim.studies.planning import replay
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep

SERIES = "month,index\n2019-01,100\n2019-02,100\n2019-03,{low}\n"
SCENARIO = """
extends = "default"
title = "Own"
[horizon]
weeks = 3
start = "2019-03"
[crisis]
shape = "series"
file = "series.csv"
baseline = "2019-01"
"""
EXPERIMENT = """
title = "Own"
scenario = "own.toml"
designs = ["silos", "teams"]
[factors.transfer]
field = "frictions.handoff.transfer_hours"
values = [0.0, 8.0]
[replications]
min = 2
base = 2
"""


def folder_with(place, low=80):
    place.mkdir(exist_ok=True)
    (place / "series.csv").write_text(SERIES.format(low=low))
    (place / "own.toml").write_text(SCENARIO)
    (place / "experiment.toml").write_text(EXPERIMENT)
    return place


def swept(place):
    store = Store(place / "results", create=True)
    with ThreadPoolExecutor(1) as executor:
        return store, sweep(load_experiment(place / "experiment.toml"), store, 1, executor=executor)


def answers(store):
    return sorted(store.query("SELECT point, design, seed, revenue, total_cost FROM runs"))


def test_a_scenario_is_what_it_reads_wherever_that_lies(tmp_path):
    one, two = (folder_with(tmp_path / name) for name in "ab")
    assert scenario_hash(load(one / "own.toml")) == scenario_hash(load(two / "own.toml"))
    folder_with(two, low=79)
    assert scenario_hash(load(one / "own.toml")) != scenario_hash(load(two / "own.toml"))
    (two / "series.csv").unlink()
    with pytest.raises(ScenarioError, match=r"series\.csv' cannot be read: No such file"):
        scenario_hash(load(two / "own.toml"))


def test_a_sweep_that_goes_on_after_a_file_has_changed_computes_anew(tmp_path):
    place = folder_with(tmp_path / "a")
    store, _ = swept(place)
    before = answers(store)
    folder_with(place, low=40)
    store, tally = swept(place)
    assert tally.reused == 0
    fresh, _ = swept(folder_with(tmp_path / "b", low=40))
    points = "point IN (SELECT point FROM points)"
    now = sorted(store.query(f"SELECT point, design, seed, revenue, total_cost FROM runs WHERE {points}"))
    assert now == answers(fresh)
    assert not set(now) & set(before)


def test_a_store_that_is_copied_with_its_folder_goes_on(tmp_path):
    place = folder_with(tmp_path / "here")
    store, tally = swept(place)
    key = store.keys().popitem()[0]
    assert str(tmp_path) not in (place / "results" / "store.json").read_text()
    there = tmp_path / "elsewhere"
    shutil.move(place, there)
    moved, again = swept(there)
    assert (again.reused, again.runs) == (tally.runs, tally.runs)
    found = read(moved)
    assert Path(found.experiment.scenario).resolve() == (there / "own.toml").resolve()
    assert replay(load_experiment(there / "experiment.toml"), moved, key) == []
    (there / "series.csv").unlink()  # the store has a copy of its own
    assert orgsim.run(found.scenario, "silos", 1).measures["revenue"] > 0
    copy = next((there / "results" / "files").iterdir())
    copy.write_text("month,index\n")
    with pytest.raises(OrgsimError, match="is damaged"):
        _ = read(Store(there / "results")).scenario


def test_files_of_an_experiment_lie_beside_it(tmp_path, monkeypatch):
    place = folder_with(tmp_path / "a")
    (place / "other.csv").write_text(SERIES.format(low=50))
    (place / "experiment.toml").write_text('overrides = ["crisis.file=other.csv"]\n' + EXPERIMENT)
    monkeypatch.chdir(tmp_path)
    found = load_experiment(place / "experiment.toml").at({})
    assert found.crisis.file == str(place / "other.csv")


def test_the_engine_names_what_can_change_a_bit(monkeypatch):
    usual = engines.engine()
    real = importlib.metadata.version
    for name in ("numpy", "numba", "llvmlite"):
        assert f"{name} {real(name)}" in usual
        engines.engine.cache_clear()
        monkeypatch.setattr(importlib.metadata, "version", lambda n, t=name: "0" if n == t else real(n))
        assert engines.engine() != usual
    monkeypatch.undo()
    engines.engine.cache_clear()
    monkeypatch.setattr(engines.platform, "python_version_tuple", lambda: ("3", "99", "0"))
    assert engines.engine() != usual
    monkeypatch.undo()
    engines.engine.cache_clear()
    assert engines.engine() == usual
    root = Path(orgsim.__file__).parent
    assert all((root / room).exists() for room in engines.ROOMS)


LOADED = """
import sys, orgsim.simulation.schedule
print(*(m.__file__ for n, m in sys.modules.items() if n.startswith("orgsim") and m.__file__), sep="\\n")
"""


def test_every_source_that_computes_a_run_is_in_the_engine():
    out = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout
    root = Path(orgsim.__file__).parent
    rooms = {str(Path(line).relative_to(root)).split("/")[0] for line in out.split()}
    assert rooms - set(engines.ROOMS) == {"__init__.py", "errors.py", "gate.py", "messages.py"}


OPENED = """
import json, sys
import orgsim
from orgsim.studies.keys import files_of
from orgsim.scenario import load
settings = load(sys.argv[1])
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
orgsim.run(settings)
print(json.dumps([opened, [str(file) for file in files_of(settings)]]))
"""


def test_a_run_opens_no_file_that_its_key_does_not_hold(tmp_path):
    place = folder_with(tmp_path / "a")
    out = subprocess.run(
        [sys.executable, "-c", OPENED, str(place / "own.toml")], capture_output=True, text=True, check=True
    ).stdout
    opened, known = json.loads(out)
    assert known == [str(place / "series.csv")]
    data = {name for name in opened if name.endswith((".csv", ".toml", ".json"))}
    assert {name for name in data if not name.startswith(sys.prefix)} == set(known)


def test_what_matters_changes_no_key():
    assert scenario_hash(load("default", ["matters.satisfaction=0.5"])) == scenario_hash(load("default"))
