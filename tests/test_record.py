"""What orgsim answers today, written down: every bundled scenario and design, every command, the reports.

A change that is meant to move nothing moves nothing here. One that moves numbers renews the record with
`make numbers`; what changed is then seen in the difference of `__snapshots__`.
"""

import json
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from orgsim.cli.main import main
from orgsim.scenario import load
from orgsim.scenario.catalogue import names, names_in
from orgsim.simulation.schedule import Simulation
from record import digest, steady

PARTS = ("claims", "practices", "validity", "verification")
SCENARIOS = [*names(), *(name for part in PARTS for name in names_in(part))]
SEEDS = (1, 2)
#: long enough for every lever and crisis to have begun
WEEKS = 60
SMALL = ("--set", "horizon.weeks=8", "--set", "segments.small.customers=1500")
#: a sweep with everything that sensitivity, maps and robustness read
EXPERIMENT = """
title = "Handoffs and meetings"
scenario = "default"
overrides = ["horizon.weeks=4", "segments.small.customers=1500"]
designs = ["silos", "teams"]
measures = ["total_cost", "satisfaction", "cycle_time"]
[factors.transfer]
field = "frictions.handoff.transfer_hours"
values = [0.0, 8.0]
[factors.pair]
field = "frictions.coordination.pair_hours"
role = "lever"
values = [0.0, 0.2]
[replications]
min = 3
base = 4
"""


@pytest.mark.parametrize("name", SCENARIOS)
def test_bits_of_every_bundled_scenario(name, snapshot):
    settings = load(name)
    found = {}
    for design in settings.designs:
        for seed in SEEDS:
            simulation = Simulation(settings, design, seed)
            last = settings.horizon.warmup_weeks + WEEKS
            simulation.run(stop=lambda run=simulation, last=last: run.week >= last)
            result = simulation.result()
            weekly = {key: values.tolist() for key, values in result.weekly.items()}
            found[f"{design}, seed {seed}"] = {
                "cost": steady(result.measures["total_cost"]),
                "everything": digest(
                    [result.measures, result.costs, result.lead_time, result.case_types, result.units, weekly]
                ),
            }
    assert found == snapshot


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("record")
    (place / "own.toml").write_text(EXPERIMENT)
    answer = CliRunner().invoke(main, ["sweep", str(place / "own.toml"), "--workers", "1"])
    assert answer.exit_code == 0, answer.output
    return place


COMMANDS = {
    "run": ("run", "default", *SMALL),
    "compare": ("compare", "default", "--replications", "4", *SMALL),
    "compare six designs": ("compare", "six-designs", "--replications", "3", *SMALL),
    "same service": ("compare", "default", "--same-service", "--replications", "2", *SMALL),
    "why": ("why", "default", "--group", "borders=transfer_delay,bounces", "--replications", "3", *SMALL),
    "break-even": (
        "break-even", "default", "--designs", "silos,teams",
        "--field", "frictions.handoff.transfer_hours", "--low", "0", "--high", "12",
        "--steps", "3", "--replications", "4", *SMALL,
    ),
    "best": ("best", "default", "--indifference", "1e6", "--first", "4", *SMALL),
    "story": ("story", "default", "--type", "contract", "--set", "horizon.weeks=12"),
    "validate": ("validate", "french-hospitality-2020"),
    "scenarios": ("scenarios",),
}  # fmt: skip
READING = {
    "plan": ("plan", "own.toml"),
    "results": ("results", "own.results"),
    "map": ("map", "own.results"),
    "sensitivity": ("sensitivity", "own.results"),
    "robust": ("robust", "own.results"),
}


def answer_of(*arguments):
    answer = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("what", COMMANDS)
def test_answers_of_commands(what, snapshot):
    assert steady(json.loads(answer_of(*COMMANDS[what], "--json"))) == snapshot


@pytest.mark.parametrize("what", READING)
def test_answers_about_a_sweep(what, folder, snapshot):
    name, source = READING[what]
    assert steady(json.loads(answer_of(name, folder / source, "--json"))) == snapshot


class _Text(HTMLParser):
    """The words of a page, without its styles, scripts and drawings."""

    def __init__(self):
        super().__init__()
        self.words, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in ("style", "script", "svg")

    def handle_endtag(self, tag):
        self._silent -= tag in ("style", "script", "svg")

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.words.append(" ".join(data.split()))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_of_reports(language, folder, tmp_path, snapshot):
    page = tmp_path / "report.html"
    answer_of("report", folder / "own.results", "-o", page, "--language", language)
    reader = _Text()
    reader.feed(page.read_text(encoding="utf-8"))
    moving = re.compile(
        r"\d{4}-\d\d-\d\d|Python|numba|NumPy|Linux|\d+ ms|[0-9a-f]{12,}|seconds|secondes|^\d+\.\d+\.\d+$",
        re.I,
    )
    words = [words for words in reader.words if not moving.search(words)]
    for machine in ({"Cores", "Cœurs"}, {"Computing time, one core", "Temps de calcul, un cœur"}):
        del words[next(place for place, word in enumerate(words) if word in machine) + 1]
    assert words == snapshot
