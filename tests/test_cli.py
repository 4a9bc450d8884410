"""The command line as a person and as a script use it."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from orgsim.cli.main import main

SHORT = ("--set", "horizon.weeks=4")


@pytest.fixture
def call():
    def _call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return _call


def test_help_names_every_command(call):
    answer = call("--help")
    assert answer.exit_code == 0
    for command in ("run", "compare", "verify", "check", "validate", "scenarios", "schema"):
        assert command in answer.output
        assert call(command, "--help").exit_code == 0


def test_run_prints_measures_units_and_cases(call):
    answer = call("run", "default", *SHORT, "--design", "teams")
    assert answer.exit_code == 0, answer.output
    for text in ("Total cost", "Experience", "Enquiry"):
        assert text in answer.output


def test_compare_prints_tables_and_the_sentence(call):
    answer = call("compare", "default", *SHORT, "--replications", "2")
    assert answer.exit_code == 0, answer.output
    for text in ("Difference", "Where the cost goes", "Where the lead time goes", "2 paired worlds, "):
        assert text in answer.output


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("run", "default", *SHORT), "run"),
        (("compare", "default", *SHORT, "--replications", "2"), "comparison"),
        (("compare", "default", *SHORT, "--replications", "2", "--same-service", "--target",
          "satisfaction>=50"), "same_service"),
        (("validate", "default"), "inspection"),
        (("check", "default", "--designs", "silos"), "health"),
    ],
)  # fmt: skip
def test_json_is_json_with_stable_keys(call, arguments, kind):
    answer = call(*arguments, "--json")
    assert answer.exit_code == 0, answer.output
    data = json.loads(answer.stdout)
    assert data["kind"] == kind
    documented = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    for key in data:
        assert f"`{key}`" in documented, f"{key} of {kind} is not documented"


def test_check_names_who_is_overloaded_and_fails(call):
    answer = call("check", "default", "--set", "company.functions.operations.staff=14")
    assert answer.exit_code == 1
    assert "Operations is loaded to" in answer.output
    assert "company.functions.operations.staff = 14: " in answer.output
    assert "nothing is concluded about: Functional silos" in " ".join(answer.output.split())
    assert call("check", "default").exit_code == 0


@pytest.mark.parametrize("command", ["run", "compare", "validate", "check"])
def test_labels_are_text_not_markup(call, command):
    label = "designs.silos.label='[bold]x[/nope]'"
    more = ("--replications", "2") if command == "compare" else ()
    answer = call(command, "default", *SHORT, "--set", label, *more)
    assert answer.exit_code == 0, answer.output
    assert "[/nope]" in answer.output.replace("\n", "")


def test_same_seed_same_output(call):
    first, second, other = (
        call("run", "default", *SHORT, "--json", "--seed", seed).stdout for seed in (3, 3, 4)
    )
    assert first == second
    assert first != other


def test_output_is_written_whole(call, tmp_path):
    file = tmp_path / "result.json"
    answer = call("compare", "default", *SHORT, "--replications", "2", "--output", file)
    assert answer.exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["kind"] == "comparison"
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "defualt"), "'defualt' is no bundled scenario; did you mean default?"),
        (("run", "gone.toml"), "gone.toml: there is no such file"),
        (("run", "default", "--set", "crisis.deth=1"), "did you mean depth"),
        (("run", "default", "--design", "matrix"), "this scenario has: silos, teams"),
        (("compare", "default", "--designs", "silos"), "needs two designs"),
        (("compare", "default", "--same-service", "--target", "x>=1"), "'x' is no measure"),
        (("compare", "default", "--output", "no/such/folder/x.json"), "there is no folder"),
        (("validate", "default", "--set", "company.functions.it.staff=0"), "give it at least 1"),
        (("scenarios", "defualt"), "did you mean default"),
    ],
)
def test_mistakes_get_one_message_and_exit_code_2(call, arguments, message):
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert message in answer.stderr
    assert "Traceback" not in answer.output
    assert answer.stderr.startswith("orgsim: ")


@pytest.mark.parametrize("arguments", [("run",), ("run", "default", "--seed", "x"), ("fly",)])
def test_wrong_usage_is_exit_code_2(call, arguments):
    assert call(*arguments).exit_code == 2


def test_nothing_is_written_for_bad_input(call, tmp_path):
    call("run", "default", "--set", "crisis.depth=9", "--output", tmp_path / "result.json")
    assert not list(tmp_path.iterdir())


def test_scenarios_are_listed_shown_and_copied(call, tmp_path):
    assert "french-hospitality-2020" in call("scenarios").output
    assert json.loads(call("scenarios", "--json").stdout)["scenarios"]
    assert "[crisis]" in call("scenarios", "french-hospitality-2020").output
    copy = tmp_path / "mine.toml"
    assert call("scenarios", "french-hospitality-2020", copy).exit_code == 0
    assert call("validate", copy, "--set", "crisis.depth=0.4").exit_code == 0
    again = call("scenarios", "default", copy)
    assert again.exit_code == 2
    assert "exists already" in again.stderr


def test_schema_is_json_schema_and_a_table(call):
    schema = json.loads(call("schema").stdout)
    assert schema["properties"]["crisis"]
    assert schema["properties"]["extends"]
    assert '"required": [' not in json.dumps(schema), "a file that extends another may leave out anything"
    assert "crisis.depth" in call("schema", "--fields").output
    of_experiments = json.loads(call("schema", "--experiment").stdout)
    assert of_experiments["properties"]["factors"]
    assert "replications.decide" in call("schema", "--experiment", "--fields").output


def test_verify_fails_loudly(call, monkeypatch):
    from orgsim.statistics.intervals import Estimate
    from orgsim.verification import verify
    from orgsim.verification.verify import Checked

    rows = [Checked("broken", "mean wait", 1.0, Estimate(2.0, 1.999, 2.001), "", 20, 0.0125)]
    monkeypatch.setattr(verify, "verify", lambda *arguments: rows)
    answer = call("verify")
    assert answer.exit_code == 1
    assert "FAILS" in answer.output


@pytest.mark.skipif(os.name == "nt", reason="signals work differently on Windows")
def test_ctrl_c_leaves_nothing_behind(tmp_path):
    file = tmp_path / "result.json"
    program = [sys.executable, "-m", "orgsim", "compare", "default", "--replications", "500",
               "--output", str(file)]  # fmt: skip
    listening = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # background jobs may ignore it
    with subprocess.Popen(
        program, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=listening
    ) as process:
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=90)
        finally:
            process.kill()
    # a shell says 130 for both: Python ends by the signal itself where it came while a text was executed
    assert process.returncode in (130, -signal.SIGINT)
    assert "stopped; nothing was written" in errors
    assert "Traceback" not in errors
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("best", "default", "--designs", "silos,teams", "--indifference", "1e6", "--first", "2", "--most",
         "4"),
        ("break-even", "default", "--designs", "silos,teams", "--field", "frictions.handoff.bounce", "--low",
         "0", "--high", "0.4", "--steps", "2", "--replications", "2"),
        ("compare", "default", "--same-service", "--replications", "2", "--target", "satisfaction>=50"),
    ],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_whatever_answers_says_that_the_company_does_not_hold(call, arguments):
    few = ("--set", "company.functions.operations.staff=14", "--set", "horizon.weeks=20")
    answer = call(*arguments, *few)
    assert answer.exit_code == 0, answer.output
    assert "Nothing should be concluded from this" in " ".join(answer.output.split())
