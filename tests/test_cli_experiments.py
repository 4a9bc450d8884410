"""The commands about experiments, as a strategy team uses them: from a file to a report."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgsim.cli.main import main

ROOT = Path(__file__).parents[1]
FILE = """
title = "Handoffs and meetings"
scenario = "default"
overrides = ["horizon.weeks=6"]
designs = ["silos", "teams"]
measures = ["total_cost", "satisfaction", "retention"]
[factors.transfer]
field = "frictions.handoff.transfer_hours"
values = [0.0, 8.0]
[factors.pair]
field = "frictions.coordination.pair_hours"
role = "lever"
values = [0.0, 0.2]
[replications]
min = 2
base = 3
"""


@pytest.fixture
def call():
    def _call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return _call


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an experiment and its results."""
    place = tmp_path_factory.mktemp("team")
    (place / "own.toml").write_text(FILE)
    answer = CliRunner().invoke(main, ["sweep", str(place / "own.toml"), "--workers", "1"])
    assert answer.exit_code == 0, answer.output
    return place


def test_the_way_of_a_strategy_team(call, folder):
    plan = call("plan", folder / "own.toml")
    assert "4 points × 2 designs × 2 seeds, and the base case with 3: 22 runs, of which 22" in " ".join(
        plan.output.split()
    )
    again = call("sweep", folder / "own.toml", "--resume", "--workers", "1")
    assert "22 runs (22 were there; 0 in" in " ".join(again.output.split())
    results = call("results", folder / "own.results")
    assert "p (Holm)" in results.output
    why = call("why", folder / "own.results", "--group", "a=bounces", "--replications", "2")
    assert why.exit_code == 0
    report = call("report", folder / "own.results", "--xlsx", "--svg", "--language", "fr")
    assert report.exit_code == 0, report.output
    written = {path.name for path in (folder / "own.results").iterdir()}
    assert written >= {"report.html", "report.xlsx", "report-svg", "ro-crate-metadata.json", "store.json"}
    assert "les mécanismes qui font l’écart" in (folder / "own.results" / "report.html").read_text()
    key = json.loads(
        call("results", folder / "own.results", "--sql", "SELECT key FROM runs LIMIT 1", "--json").output
    )
    assert "the same to the bit" in call("replay", folder / "own.toml", key[0]["key"]).output


@pytest.mark.parametrize(
    "command", [("map",), ("sensitivity",), ("robust",), ("sensitivity", "--design", "silos")]
)
def test_what_reads_a_sweep(call, folder, command):
    name, *options = command
    table = call(name, folder / "own.results", *options)
    assert table.exit_code == 0, table.output
    assert "Total cost" in table.output
    data = json.loads(call(name, folder / "own.results", *options, "--json").output)
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for key in data:
        assert f"`{key}`" in documented, key


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "arguments",
    [
        ("best", "default", "--indifference", "1e6", "--set", "horizon.weeks=4", "--first", "4"),
        ("warm-up", "default", "--set", "horizon.weeks=24", "--replications", "2"),
        ("why", "default", "--set", "horizon.weeks=2", "--every", "--orders", "4"),
        ("story", "default", "--set", "horizon.weeks=12"),
    ],
)
def test_what_runs_a_scenario(call, arguments):
    table = call(*arguments)
    assert table.exit_code == 0, table.output
    data = json.loads(call(*arguments, "--json").output)
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for key in data:
        assert f"`{key}`" in documented, key


def test_optimise(call, folder):
    data = json.loads(call("optimise", folder / "own.toml", "--trials", "4", "--again", "2", "--json").output)
    assert data["kind"] == "front"
    assert {candidate["origin"] for candidate in data["candidates"]} >= {"as it stands"}


def test_a_study_is_reproduced(call, tmp_path):
    (tmp_path / "own.toml").write_text(FILE)
    arguments = ("reproduce", tmp_path / "own.toml", "--store", tmp_path / "r", "--workers", "1")
    assert "make one with --record" in call(*arguments).stderr
    assert "recorded" in call(*arguments, "--record").output
    same = call(*arguments)
    assert same.exit_code == 0
    assert "30 means compared, the same to the bit" in same.output
    record = tmp_path / "own.record.json"
    record.write_text(re.sub(r'"total_cost": (\d)', r'"total_cost": 9\1', record.read_text(), count=1))
    other = call(*arguments)
    assert other.exit_code == 1
    assert "not the same" in other.output
    assert json.loads(call(*arguments, "--json").output)["verdict"] == "not the same"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("frictions.handoff.transfer_hours", "frictions.handoff.transfr_hours"),
            "did you mean transfer_hours",
        ),
        (("values = [0.0, 8.0]", "low = 3\nhigh = 2"), "the range is empty: low = 3, high = 2"),
        (("frictions.coordination.pair_hours", "frictions.handoff.transfer_hours"), "is varied twice"),
        (('"silos", "teams"', '"silos", "team"'), "team"),
        (("[replications]", "[replication]"), "did you mean replications"),
        (("values = [0.0, 8.0]", "values = [-1.0]"), "greater than or equal to 0"),
        (("horizon.weeks=6", "horizon.weks=6"), "overrides: horizon.weks is no known field"),
    ],
)
def test_experiments_that_cannot_run(call, tmp_path, change, message):
    (tmp_path / "bad.toml").write_text(FILE.replace(*change, 1))
    for command in ("plan", "sweep"):
        answer = call(command, tmp_path / "bad.toml")
        assert answer.exit_code == 2, answer.output
        assert message in answer.stderr
        assert "bad.toml" in answer.stderr
        assert "Traceback" not in answer.output
    assert [path.name for path in tmp_path.iterdir()] == ["bad.toml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sweep", "gone.toml"), "gone.toml: there is no such file"),
        (("sweep", "crisis-depth"), "did you mean crisis-depth-and-friction"),
        (("sweep", "staged-or-big-bang", "--resume"), "there are no results"),
        (("sweep", "staged-or-big-bang", "--workers", "1", "--scheduler", "tcp://x:1"), "leave one out"),
        (("report", "nowhere"), "there are no results"),
        (("map", "nowhere"), "there are no results"),
        (("why", "default", "--every"), "--orders"),
        (("optimise", "crisis-depth-and-friction"), "there is nothing to choose"),
        (("warm-up", "default", "--set", "horizon.weeks=3"), "too short"),
        (("reproduce", "nothing"), "is no bundled experiment"),
    ],
)
def test_mistakes(call, arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert message in answer.stderr
    assert not list(tmp_path.iterdir())


def test_mistakes_about_results(call, folder):
    place = folder / "own.results"
    for arguments, message in (
        (("map", place, "--at", "pair"), "write it as factor=value"),
        (("map", place, "--x", "par"), "did you mean pair"),
        (("results", place, "--measure", "cost"), "is no measure"),
        (("results", place, "--sql", "SELEC 1"), "--sql:"),
        (("robust", place, "--box"), "needs at least 20 worlds"),
        (("report", place, "-o", folder / "no" / "r.html"), "there is no folder"),
    ):
        answer = call(*arguments)
        assert (answer.exit_code, message in answer.stderr) == (2, True), answer.stderr


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_not_there(call, tmp_path, monkeypatch):
    monkeypatch.setattr("orgsim.studies.cluster._PATIENCE", "1s")
    (tmp_path / "own.toml").write_text(FILE)
    answer = call("sweep", tmp_path / "own.toml", "--scheduler", "tcp://127.0.0.1:9")
    assert answer.exit_code == 2
    assert "no Dask scheduler answers there" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["own.toml"]


def test_a_full_disk_is_said_and_nothing_is_half_written(call, tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text(FILE)

    replace = os.replace

    def full(source, target):
        if str(target).endswith(".parquet"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    answer = call("sweep", tmp_path / "own.toml", "--workers", "1")
    assert answer.exit_code == 2
    assert "No space left on device" in answer.stderr
    assert "run again to go on" in answer.stderr
    assert not [path for path in (tmp_path / "own.results").rglob("*") if path.suffix in (".tmp", ".parquet")]
