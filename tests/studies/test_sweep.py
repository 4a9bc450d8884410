"""Sweeps: points, precision, resuming to the same result, failures as rows, parts written whole."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import orgsim
from orgsim.answers.differences import differences
from orgsim.answers.findings import read
from orgsim.errors import OrgsimError, ScenarioError
from orgsim.studies import chunks, planning
from orgsim.studies import store as storing
from orgsim.studies import sweep as sweeping
from orgsim.studies.design import load_experiment
from orgsim.studies.engine import engine
from orgsim.studies.factors import Factor
from orgsim.studies.keys import identity, run_key
from orgsim.studies.store import Store

BASE = {
    "title": "A test",
    "scenario": "default",
    "overrides": ["horizon.weeks=3", "company.functions.service.staff=20"],
    "designs": ["silos", "teams"],
    "factors": {"transfer": {"field": "frictions.handoff.transfer_hours", "values": [0.0, 8.0]}},
    "replications": {"min": 2, "base": 2},
}


def experiment(**changes):
    return load_experiment(BASE | changes)


def run(folder, workers=1, **changes):
    store = Store(folder, create=True)
    with ThreadPoolExecutor(workers) as executor:
        tally = sweeping.sweep(experiment(**changes), store, workers, executor=executor)
    return store, tally


def rows(store):
    return sorted(store.query("SELECT key, design, seed, status, total_cost, cycle_time FROM runs"))


def test_points_of_every_sampling():
    two = {
        "a": {"field": "crisis.depth", "low": 0.1, "high": 0.5, "levels": 3},
        "b": {
            "field": "frictions.handoff.transfer_hours",
            "low": 1.0,
            "high": 16.0,
            "distribution": "log-uniform",
        },
    }
    grid = experiment(factors=two).sampled()
    assert len(grid) == 15
    assert [point["a"] for point in grid[::5]] == pytest.approx([0.1, 0.3, 0.5])
    assert [point["b"] for point in grid[:5]] == pytest.approx([1, 2, 4, 8, 16])
    for kind, count in (("lhs", 20), ("sobol", 32)):
        points = experiment(factors=two, sampling=kind, samples=20).sampled()
        assert len(points) == count
        assert points == experiment(factors=two, sampling=kind, samples=20).sampled()
        shares = [(point["a"] - 0.1) / 0.4 for point in points]
        assert np.histogram(shares, bins=4, range=(0, 1))[0].min() == count // 4
    alone = experiment(factors=two, sampling="one-at-a-time").sampled()
    assert len(alone) == 5
    listed = experiment(factors=two, sampling="list", points=[{"a": 0.2, "b": 3}]).sampled()
    assert listed == [{"a": 0.2, "b": 3}]


def test_distributions():
    triangular = Factor(field="x", low=0.0, high=10.0, distribution="triangular", mode=2.0)
    values = [triangular.at(share) for share in np.linspace(0.0005, 0.9995, 1000)]
    assert np.mean(values) == pytest.approx(4.0, abs=0.02)
    whole = Factor(field="x", low=1, high=3, whole=True)
    assert {whole.at(share) for share in np.linspace(0, 1, 50)} == {1, 2, 3}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"factors": {"a": {"field": "crisis.depht", "values": [0.1]}}},
            "crisis.depht is no known field; did you",
        ),
        ({"factors": {"a": {"field": "x", "low": 2, "high": 1}}}, "the range is empty"),
        ({"factors": {"a": {"field": "x"}}}, "give `values`, or `low` and `high`"),
        (
            {"factors": {"a": {"field": "x", "values": [1]}, "b": {"field": "x", "values": [2]}}},
            "varied twice",
        ),
        ({"sampling": "list"}, "belong together"),
        ({"replications": {"half_width": {"profit": 3}}}, "'profit' is no measure"),
        ({"replications": {"half_width": {"result": 3}, "max": 9}}, "max = 9 must be at least 10 with half"),
        ({"replications": {"min": 4, "max": 2}}, "must be at least min"),
        ({"samplng": "grid"}, "samplng is no known field; did you mean sampling"),
    ],
)
def test_experiments_that_cannot_run_are_refused(changes, message):
    with pytest.raises(ScenarioError, match=message):
        sweeping.points_of(experiment(**changes))


def test_a_sweep_gives_what_single_runs_give(tmp_path):
    store, tally = run(tmp_path / "s")
    assert (tally.runs, tally.failed, tally.reused, tally.points) == (12, 0, 0, 2)
    overrides = [*BASE["overrides"], "frictions.handoff.transfer_hours=8.0"]
    alone = orgsim.run("default", "teams", 2, overrides).measures
    sql = (
        "SELECT total_cost, satisfaction FROM runs JOIN points USING (point) WHERE transfer = 8 AND seed = 2"
    )
    assert store.query(sql + " AND design = 'teams'") == [(alone["total_cost"], alone["satisfaction"])]


def test_nothing_is_computed_twice_and_workers_do_not_show(tmp_path):
    first, _ = run(tmp_path / "one")
    again, tally = run(tmp_path / "one")
    assert tally.reused == tally.runs == 12
    assert rows(again) == rows(first)
    more, tally = run(tmp_path / "one", replications={"min": 3, "base": 2})
    assert tally.reused == 12
    assert tally.runs == 16
    at_once, _ = run(tmp_path / "two", workers=2, replications={"min": 3, "base": 2})
    assert rows(more) == rows(at_once)
    wider = {"transfer": {"field": "frictions.handoff.transfer_hours", "values": [0.0, 4.0, 8.0]}}
    _, tally = run(tmp_path / "one", replications={"min": 3, "base": 2}, factors=wider)
    assert tally.reused == 16
    assert tally.runs == 18  # the scenario's own 4 hours are the base case already: one more seed


def test_points_get_seeds_until_they_are_precise(tmp_path):
    rule = {"min": 2, "max": 12, "base": 2, "half_width": {"cycle_time": 1.5}}
    store, tally = run(tmp_path / "s", replications=rule)
    counts = store.query("SELECT point, count(*) / 2 FROM runs GROUP BY point")
    _, found = differences(read(store), "cycle_time")
    found = [row for row in found if row[0] in (0.0, 8.0)]
    for row in found:
        assert row[4] <= 1.5 or row[5] == 12
    assert {count for _, count in counts} <= {2, 10, 12}
    assert tally.imprecise == sum(row[4] > 1.5 for row in found)


def test_a_run_that_fails_is_a_row_with_its_reason(tmp_path, monkeypatch):
    real = chunks.run_settings

    def sometimes(settings, design, seed):
        if design == "teams" and seed == 2:
            raise RuntimeError("the roof is on fire")
        return real(settings, design, seed)

    monkeypatch.setattr(chunks, "run_settings", sometimes)
    store, tally = run(tmp_path / "s")
    assert tally.failed == 3
    assert store.query("SELECT DISTINCT reason FROM runs WHERE status = 'failed'") == [
        ("RuntimeError: the roof is on fire",)
    ]
    monkeypatch.setattr(chunks, "run_settings", real)
    store, tally = run(tmp_path / "s")
    assert store.query("SELECT count(*) FROM runs WHERE status = 'ok'") == [(12,)]
    assert store.query("SELECT count(*) FROM runs WHERE status = 'failed'") == [(0,)]


def test_replay_is_the_same_to_the_bit(tmp_path):
    store, _ = run(tmp_path / "s")
    key = store.query("SELECT key FROM runs ORDER BY key")[0][0]
    assert planning.replay(experiment(), store, key) == []
    with pytest.raises(OrgsimError, match="is no run of this experiment"):
        planning.replay(experiment(), store, "0" * 20)


def test_weekly_series_can_be_kept(tmp_path):
    store, _ = run(tmp_path / "s", weekly=True)
    assert store.query("SELECT count(*), max(week) FROM weekly") == [(36, 2)]


def test_the_base_case_keeps_its_weekly_series(tmp_path):
    store, _ = run(tmp_path / "s")
    sql = "SELECT count(*), bool_and(base) FROM weekly JOIN runs USING (key) JOIN points USING (point)"
    assert store.query(sql) == [(12, True)]


def test_stores_that_cannot_be_used_are_refused(tmp_path):
    with pytest.raises(OrgsimError, match="there are no results"):
        Store(tmp_path / "none")
    Store(tmp_path / "old", create=True)
    (tmp_path / "old" / "store.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(OrgsimError, match="format 99"):
        Store(tmp_path / "old")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OrgsimError, match="cannot be written"):
        Store(tmp_path / "file", create=True)
    store, _ = run(tmp_path / "s")
    with pytest.raises(OrgsimError, match="--sql"):
        planning.rows_of(store, "SELECT nothing FROM nowhere")
    with pytest.raises(OrgsimError, match="is no measure; did you mean"):
        differences(read(store), "resul")


def test_many_parts_become_few(tmp_path, monkeypatch):
    whole, _ = run(tmp_path / "whole", replications={"min": 9, "base": 2})
    monkeypatch.setattr(storing, "_GROUP", 3)
    merged, _ = run(tmp_path / "merged", replications={"min": 9, "base": 2})
    assert len(whole.parts("runs")) > 3 > len(merged.parts("runs"))
    assert rows(merged) == rows(whole)


def test_rows_that_are_there_twice_are_shown_once(tmp_path):
    store, _ = run(tmp_path / "s")
    before = rows(store)
    listed = ", ".join(f'"{column}"' for column in storing.RUN_COLUMNS)
    store.add("runs", storing.RUN_COLUMNS, store.query(f"SELECT {listed} FROM runs ORDER BY seed, design"))
    assert store.query("SELECT count(*) FROM all_runs") == [(2 * len(before),)]
    assert rows(store) == before


def test_keys_depend_on_what_matters():
    assert identity({"b": 1, "a": 0.5}) == identity({"a": 0.5, "b": 1.0})
    others = [{"a": True}, {"a": "1"}, {"a": None}, {"a": 1 + 1e-15}, {"a": 2**60 + 1}, {"a": 2**60}]
    assert len({identity(value) for value in [{"a": 1}, *others]}) == 7
    keys = {run_key(s, d, n, e) for s in "ab" for d in "cd" for n in (1, 2) for e in ("x", engine())}
    assert len(keys) == 16


def test_plan_counts_before_anything_runs(tmp_path):
    found = planning.plan(
        experiment(replications={"min": 2, "max": 19, "base": 3, "half_width": {"result": 1.0}}), tmp_path
    )
    assert (found["points"], found["runs_min"], found["runs_max"], found["there"]) == (2, 46, 82, 0)
    run(tmp_path / "s")
    assert planning.plan(experiment(), tmp_path / "s")["there"] == 12


FILE = """
title = "Kill me"
scenario = "default"
overrides = ["horizon.weeks=20"]
designs = ["silos", "teams"]
[factors.transfer]
field = "frictions.handoff.transfer_hours"
values = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0]
[replications]
min = 12
base = 12
"""


def test_a_killed_sweep_goes_on_where_it_was(tmp_path):
    file = tmp_path / "kill.toml"
    file.write_text(FILE)
    program = [sys.executable, "-m", "orgsim", "sweep", str(file), "--workers", "2"]
    process = subprocess.Popen(
        program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    runs = tmp_path / "kill.results" / "runs"
    until = time.monotonic() + 240
    while time.monotonic() < until and len(list(runs.glob("*.parquet"))) < 3:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    store = Store(tmp_path / "kill.results")
    kept = len(store.keys())
    assert 0 < kept < 144
    answer = subprocess.run([*program, "--resume", "--json"], capture_output=True, text=True, check=True)
    told = json.loads(answer.stdout)
    assert told["reused"] == kept
    assert told["runs"] == 144
    assert len(store.keys()) == 144


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds workers in /proc")
def test_a_killed_worker_costs_a_retry(tmp_path):
    file = tmp_path / "kill.toml"
    file.write_text(FILE)
    program = [sys.executable, "-m", "orgsim", "sweep", str(file), "--workers", "2", "--json"]
    runs = tmp_path / "kill.results" / "runs"
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        until = time.monotonic() + 240
        while time.monotonic() < until and len(list(runs.glob("*.parquet"))) < 2:
            time.sleep(0.05)
        os.kill(workers_of(process.pid)[0], signal.SIGKILL)
        out, _ = process.communicate(timeout=120)
    told = json.loads(out)
    assert process.returncode == 0
    assert (told["runs"], told["failed"]) == (144, 0)


def workers_of(pid):
    """The processes that a sweep has spawned to work."""
    children = [
        int(stat.parent.name)
        for stat in Path("/proc").glob("[0-9]*/stat")
        if (told := contents(stat)) and told.rsplit(")", 1)[1].split()[1] == str(pid)
    ]
    return [child for child in children if "spawn_main" in contents(Path(f"/proc/{child}/cmdline"))]


def contents(file):
    """What a file says; nothing if it has gone."""
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds workers in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_sweep(tmp_path, how):
    file = tmp_path / "kill.toml"
    file.write_text(FILE.replace("weeks=20", "weeks=520"))
    program = [sys.executable, "-m", "orgsim", "sweep", str(file), "--workers", "2"]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 200
        while time.monotonic() < until and len(workers := workers_of(process.pid)) < 2:
            time.sleep(0.05)
        process.send_signal(how)
        _, told = process.communicate()  # it ends as well when nobody holds its standard error any more
    assert len(workers) == 2
    while any("spawn_main" in contents(Path(f"/proc/{worker}/cmdline")) for worker in workers):
        time.sleep(0.05)
    if how == signal.SIGTERM:
        assert process.returncode == 143
        assert "runs are kept, run again to go on" in told
        assert "Traceback" not in told
