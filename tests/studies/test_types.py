"""What a factor takes stays what it is, from the file to every answer."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgsim.answers.differences import differences
from orgsim.answers.findings import UnfinishedError
from orgsim.answers.outcome import outcome
from orgsim.answers.phase_map import phase_map
from orgsim.answers.robustness import robustness
from orgsim.answers.sensitivity import sensitivity_data
from orgsim.cli.main import main
from orgsim.language.language import Language
from orgsim.report.sections import sections
from orgsim.studies.design import load_experiment
from orgsim.studies.keys import identity
from orgsim.studies.planning import plan
from synthetic import findings, noise

#: fields of every type, and what they can take; a title changes no scenario
FIELDS = {
    "mechanisms.exceptions": st.just([True, False]),
    "company.managers.span_of_control": st.lists(st.integers(5, 20), min_size=2, max_size=3, unique=True),
    "people.resistance": st.lists(st.floats(0, 1) | st.integers(0, 1), min_size=2, max_size=3, unique=True),
    "horizon.start": st.just(["2019-01", "2020-01"]),
    "title": st.just(["true", "1", "1.0"]),
}
SAMPLINGS = st.sampled_from(["grid", "morris", "saltelli", "one-at-a-time", "lhs"])


@st.composite
def experiments(draw):
    fields = draw(st.lists(st.sampled_from(list(FIELDS)), min_size=2, max_size=3, unique=True))
    factors = {
        f"f{place}": {"field": field, "values": draw(FIELDS[field]), "role": role}
        for place, field in enumerate(fields)
        for role in [draw(st.sampled_from(["lever", "uncertainty"]))]
    }
    return {
        "sampling": draw(SAMPLINGS), "samples": 4, "factors": factors, "replications": {"min": 2, "base": 2},
    }  # fmt: skip


def answer(values, design, seed):
    gain = sum(zlib.crc32(str(value).encode()) % 7 for value in values.values()) if design == "teams" else 0
    return {"result": noise(seed, design) + gain}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiments())
def test_values_survive_the_store(tmp_path_factory, tables):
    found = findings(tmp_path_factory.mktemp("types"), answer, tables)
    for values in found.experiment.sampled():
        point = found.at(values)
        assert identity(values) in {identity(known) for known in point.samples}
    for point in found.sampled:
        for name, value in point.values.items():
            allowed = found.experiment.factors[name].values
            assert any(value == known and type(value) is type(known) for known in allowed)
    assert set(json.loads(json.dumps(found.experiment.model_dump(mode="json")))["factors"]) == set(
        tables["factors"]
    )
    asked = outcome(found)
    if tables["sampling"] in ("morris", "saltelli"):
        assert set(sensitivity_data(asked)["factors"]) == set(tables["factors"])
    else:
        varied = {
            name for name in tables["factors"] if len({repr(p.values[name]) for p in found.sampled}) > 1
        }
        assert set(sensitivity_data(asked)["factors"]) == varied
    if tables["sampling"] in ("grid", "lhs"):  # every option in every world
        robustness(found)
    if tables["sampling"] == "grid":
        cells = phase_map(found).cells
        assert {type(cell.x) for cell in cells} <= {type(v) for v in found.experiment.factors["f0"].values}
    _, rows = differences(found, None)
    assert len(rows) == len(found.points)


def test_a_report_speaks_of_values_as_people_do(tmp_path):
    tables = {
        "factors": {
            "on": {"field": "mechanisms.exceptions", "values": [True, False]},
            "from": {"field": "horizon.start", "values": ["2019-01", "2020-01"]},
        },
        "replications": {"min": 2, "base": 2},
    }
    found = findings(tmp_path, answer, tables)
    (matters,) = [part for part in sections(found, Language("fr")) if part.key == "matters"]
    assert [row[0] for figure in matters.figures for row in figure.rows] == ["on", "from"] or [
        row[0] for figure in matters.figures for row in figure.rows
    ] == ["from", "on"]
    cells = {cell for figure in matters.figures for row in figure.rows for cell in row}
    assert {"oui", "non", "2019-01", "2020-01"} <= cells


def test_a_point_that_is_not_there_yet_is_told_from_one_that_never_will_be(tmp_path):
    tables = {
        "factors": {"on": {"field": "mechanisms.exceptions", "values": [True, False]}},
        "replications": {"min": 2, "base": 2},
    }
    found = findings(tmp_path, lambda v, d, s: {"result": 1.0}, tables)
    assert found.at({"on": True}).values == {"on": True}
    with pytest.raises(Exception, match="on = 1 is no point of this sweep") as never:
        found.at({"on": 1})
    assert not isinstance(never.value, UnfinishedError)


FILE = """
title = "On or off"
scenario = "default"
overrides = ["horizon.weeks=2"]
designs = ["silos", "teams"]
[factors.on]
field = "mechanisms.exceptions"
values = [true, false]
[factors.span]
field = "company.managers.span_of_control"
low = 6
high = 14
levels = 3
whole = true
role = "lever"
[factors.from]
field = "horizon.start"
values = ["2019-01", "2020-01"]
[replications]
min = 2
base = 2
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    from orgsim.studies.store import Store
    from orgsim.studies.sweep import sweep

    folder = tmp_path_factory.mktemp("real")
    (folder / "own.toml").write_text(FILE)
    with ThreadPoolExecutor(2) as executor:
        sweep(load_experiment(folder / "own.toml"), Store(folder / "own.results", True), 2, executor=executor)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("results",),
        ("map", "--x", "span", "--y", "from", "--at", "on=true"),
        ("map", "--x", "on", "--y", "span", "--at", "from=2020-01"),
        ("sensitivity",),
        ("robust",),
        ("results", "--sql", 'SELECT count(*) FROM runs JOIN points USING (point) WHERE "on" AND span = 6'),
    ],
)
def test_every_command_knows_the_values(place, command):
    name, *options = command
    told = CliRunner().invoke(main, [name, str(place / "own.results"), *options, "--json"])
    assert told.exit_code == 0, told.output
    data = json.loads(told.output)
    if name == "results" and not options:
        assert {row["on"] for row in data} == {True, False}
        assert {row["span"] for row in data} >= {6, 10, 14}
        assert all(row["finished"] for row in data)
    if name == "map":
        assert len(data["cells"]) == 6
    if name == "sensitivity":
        assert set(data["factors"]) == {"on", "span", "from"}
        assert data["progress"]["finished"]
    if name == "robust":
        assert {option["levers"]["span"] for option in data["options"]} == {6, 10, 14}


def test_a_plan_and_a_replay_know_them_too(place):
    from orgsim.studies.planning import replay
    from orgsim.studies.store import Store

    experiment, store = load_experiment(place / "own.toml"), Store(place / "own.results")
    assert plan(experiment, store.folder)["there"] == len(store.keys())
    assert replay(experiment, store, store.keys().popitem()[0]) == []
