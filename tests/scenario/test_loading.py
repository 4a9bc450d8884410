"""Reading scenarios: extends, overrides, and messages that say what to do."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import ScenarioError
from orgsim.scenario import Scenario, load
from orgsim.scenario.catalogue import names, names_in, preset_names
from orgsim.scenario.loading import merge, parse_override
from orgsim.scenario.reference import fields

NUMBERS = st.dictionaries(st.sampled_from("xyz"), st.integers(), max_size=3)
#: tables of one shape: `a` is a number, `b` a table, `c` a table of tables
TABLES = st.fixed_dictionaries(
    {}, optional={"a": st.integers(), "b": NUMBERS, "c": st.dictionaries(st.sampled_from("xy"), NUMBERS)}
)


@pytest.fixture
def write(tmp_path):
    def _write(text, name="own.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.mark.parametrize("name", [*names(), *names_in("verification")])
def test_bundled_scenarios_are_valid(name):
    assert load(name).title


@pytest.mark.parametrize("preset", preset_names())
def test_bundled_crises_are_valid_and_sourced(preset):
    crisis = load("default", [f"crisis.preset={preset}"]).crisis
    assert crisis.shape != "none"
    assert crisis.label
    assert crisis.source


@given(TABLES, TABLES, TABLES)
def test_merging_is_associative_and_idempotent(a, b, c):
    assert merge(a, merge(b, c)) == merge(merge(a, b), c)
    assert merge(a, a) == a
    assert merge({}, a) == a == merge(a, {})


def test_extends_merges_deeply(write):
    write("extends = 'default'\n[company.functions.it]\nstaff = 20", "base.toml")
    own = load(write("extends = 'base.toml'\n[company.functions.it]\npay = 60"))
    assert own.company.functions["it"].staff == 20
    assert own.company.functions["it"].pay == 60
    assert own.company.functions["legal"] == load("default").company.functions["legal"]


def test_extends_takes_several_parents_the_later_on_top():
    assert load("frictionless").frictions.handoff.transfer_hours == 0
    assert load("frictionless").segments == load("default").segments


def test_cycles_are_refused(write):
    write("extends = 'two.toml'", "one.toml")
    path = write("extends = 'one.toml'", "two.toml")
    with pytest.raises(ScenarioError, match=r"extends itself \(two.toml → one.toml → two.toml\)"):
        load(path)


@pytest.mark.parametrize(
    ("override", "tables"),
    [
        ("crisis.depth=0.4", {"crisis": {"depth": 0.4}}),
        ("a = [1, 2]", {"a": [1, 2]}),
        ("crisis.shape=v", {"crisis": {"shape": "v"}}),
        ("people.overtime_cap=1e-3", {"people": {"overtime_cap": 0.001}}),
    ],
)
def test_overrides_are_read_as_toml_or_text(override, tables):
    assert parse_override(override) == tables


@pytest.mark.parametrize("override", ["depth", "=3", ".=3", "a..b=1"])
def test_malformed_overrides_are_refused(override):
    with pytest.raises(ScenarioError, match="write it as field=value"):
        load("default", [override])


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("crisis.deptth=0.4", "crisis.deptth is no known field; did you mean depth"),
        ("horizn.weeks=3", "horizn is no known field; did you mean horizon"),
        ("company.functions.it.stuff=3", "company.functions.it.stuff is no known field; did you mean staff"),
        ("crisis.depth=2", "crisis.depth = 2 must be less than or equal to 1"),
        ("horizon.weeks=0", "horizon.weeks = 0 must be greater than or equal to 1"),
        ("horizon.weeks=many", 'horizon.weeks = "many" must be a whole number'),
        ("crisis.depth=nan", "crisis.depth"),
        ("designs.silos.group_by=colour", "must be 'function', 'process' or 'units'"),
        ("case_types.request.process=sales", "'sales' is no process; known are: acquisition, offer"),
        ("segments.small.needs={repair=1}", "'repair' is no case type"),
        ("segments.small.needs={request=-1}", "must be from 0 to 1000"),
        ("streams.prospects.case_type=lead", "'lead' is no case type"),
        ("case_types.request.route=[]", "a route needs at least one activity"),
        ("case_types.request.route=[{function='x', hours=1}]", r"route\[1\].function = 'x' is no function"),
        ("case_types.request.route=[{function='it', hours=-1}]", "hours = -1 must be greater than"),
        ("case_types.request.route=[{function='it', hours=1, return_to=2}]", "which comes after it"),
        ("case_types.request.repeat_as=x", "'x' is no case type"),
        ("designs.teams.shared=['x']", "'x' is no function"),
        ("designs.teams.group_by=units", "at least one is needed"),
        ("designs.own={group_by='units', units=[{name='A'}, {name='A'}]}", "'A' stands there twice"),
        ("crisis.preset=slump", "crisis.preset = 'slump' is unknown; did you mean slump-w"),
        ("designs.x={like='silo'}", "designs.x.like = 'silo' is no design; did you mean silos"),
        ("designs.silos.like='silos'", "leads back to itself"),
        ("designs.own={group_by='units', units=[{name='A', managers=0}]}", "a unit needs a lead"),
        ("designs.silos.practices={transversality=0.5}", "needs people who own the processes"),
        ("designs.silos.coordinators={persons=1, process_owners=true}", "are too few to own 3 processes"),
        ("designs.silos.practices={kindness=1}", "'kindness' is no practice"),
        ("designs.silos.practices={autonomy=2}", "practices.autonomy = 2 is out of its range"),
        ("designs.teams.split_segments=[['small']]", "must name every segment once"),
        ("designs.silos.split_segments=[['small', 'medium', 'key']]", "group_by = 'process' only"),
        ("crisis.depth=0.4", "crisis.depth has no effect while shape = 'none'; set shape = v, u"),
        ("crisis.file=x.csv", "crisis.file has no effect while shape = 'none'; set shape = series"),
        ("crisis={shape='v', depth=0.1, change=[-5]}", "crisis.change has no effect with shape = 'v'"),
        ("crisis={shape='series', change=[-5], start_week=3}", "start_week has no effect on a series"),
        ("crisis={shape='v', depth=0.1, baseline='2019'}", "crisis.baseline has no effect"),
        ("crisis={shape='series', file='x', change=[-5]}", "both give figures; keep one"),
        ("horizon.start='2019'", "must be a month from 1800-01 to 2199-12"),
    ],
)  # fmt: skip
def test_messages_name_field_value_and_remedy(override, message):
    with pytest.raises(ScenarioError, match=message):
        load("default", [override])


def test_messages_name_the_file(write):
    path = write("extends = 'default'\n[crisis]\ndepth = 7")
    with pytest.raises(ScenarioError, match=f"^{path}: crisis.depth = 7"):
        load(path)


def test_what_an_override_brought_is_not_blamed_on_the_file(write):
    """Nor is what the file says on the override: each names its own."""
    path = write("extends = 'default'\n[people]\nabsence = 7.0", "a.toml")
    with pytest.raises(ScenarioError) as refused:
        load(path, ["company.managers.span_of_control=6.5"])
    told = str(refused.value).split("\n")
    assert [line.partition(": ")[0] for line in sorted(told)] == ["--set", str(path)]
    assert "--set: company.managers.span_of_control = 6.5 must be a whole number" in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "is not valid TOML"),
        ("title = 'x'", "company is missing"),
        ("extends = 3", "must be the name or path of a scenario"),
        ("extends = 'defalt'", "did you mean default"),
        ("extends = 'gone.toml'", "there is no such file"),
    ],
)
def test_bad_files_are_refused(write, text, message):
    with pytest.raises(ScenarioError, match=message):
        load(write(text))


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(ScenarioError, match="there is no such file"):
        load(tmp_path / "gone.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path / "bytes.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(ScenarioError, match="is a folder"):
        load(tmp_path / "folder.toml")


def test_a_loaded_scenario_can_be_loaded_again_with_overrides():
    settings = load("french-hospitality-2020")
    assert load(settings) == settings
    assert load(settings, ["horizon.weeks=5"]).horizon.weeks == 5
    assert load(settings.model_dump()) == settings


def test_schema_describes_every_number():
    described = json.dumps(Scenario.model_json_schema())
    assert "Volvo IT" in described
    for facts in fields():
        assert facts.meaning, f"{facts.path} has no meaning"
        if facts.unit:
            assert facts.source, f"{facts.path} has no source"


def test_the_source_of_a_default_is_not_that_of_another_value():
    facts = {known.path: known for known in fields()}
    pay, rate = facts["company.functions.*.pay"], facts["frictions.arbitration.exception_rate"]
    assert "INSEE" in pay.source_of(40.0)
    assert pay.source_of(43.0) == "set in this scenario"
    assert "Jin & Levitt" in rate.source_of(0.05)
    assert rate.source_of(0.06) == "set in this scenario"
    assert facts["title"].source_of("Own") == ""


def test_paths_of_crisis_files_are_relative_to_their_scenario(write):
    write("month,index\n2019-01,100\n2019-02,90", "figures.csv")
    path = write(
        "extends = 'default'\n[crisis]\nshape = 'series'\nfile = 'figures.csv'\nbaseline = '2019-01'"
    )
    assert Path(load(path).crisis.file) == path.parent / "figures.csv"


def test_one_text_is_no_list_of_overrides():
    """Its letters would be taken for overrides."""
    with pytest.raises(TypeError, match=r"one text; give a list of texts: \['horizon.weeks=4'\]"):
        load("default", "horizon.weeks=4")


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("matters.satisfactoin=1", "matters = 'satisfactoin' is no measure"),
        ("matters.satisfaction=-1", "matters.satisfaction = -1 must be 0 or more, in the measure's unit"),
    ],
)
def test_what_matters_is_checked(override, words):
    with pytest.raises(ScenarioError, match=re.escape(words)):
        load("default", [override])
    assert load("default", ["matters.satisfaction=0.5"]).matters == {"satisfaction": 0.5}
