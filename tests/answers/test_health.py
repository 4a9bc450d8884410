"""The health of the calm follows from what happens in it, and stops sentences that would stand on sand."""

import json
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

import orgsim
from orgsim.answers.findings import read
from orgsim.answers.health import WARM_UP, WEEKS, WORLDS, check, in_calm
from orgsim.answers.remarks import FULL, Load, loaded
from orgsim.language.language import Language
from orgsim.organisation.workload import weekly_hours
from orgsim.report.answer import Answer
from orgsim.scenario import HOURS_PER_WEEK, load
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep

CRISIS = ["crisis.shape=v", "crisis.depth=0.9", "crisis.start_week=0"]
SLOW_TO_DECIDE = "company.managers.attention=0.05"
FEW = ["company.functions.operations.staff=14"]


def loads_of(health, design, kind):
    calm = next(calm for calm in health.calm if calm.design == design)
    return {str(load.name): load for load in calm.loads if load.kind == kind}


@pytest.mark.parametrize("seed", [0, 4, 5])
def test_the_default_company_is_sound_whatever_the_worlds(seed):
    """Ten people with changes of forty hours are full by chance in one world of four."""
    health = check("default", seed=seed)
    assert health.sound
    assert health.weeks == WEEKS
    assert [calm.design for calm in health.calm] == ["silos", "teams"]
    assert not any(remark.unhealthy for calm in health.calm for remark in calm.remarks)


def test_calm_is_without_crises_levers_and_rules():
    """What comes later changes nothing of it; a scenario is never run for longer than it says."""
    plain, struck = check("default", ["silos"]), check("default", ["silos"], CRISIS)
    assert plain.calm[0].measures == pytest.approx(struck.calm[0].measures, rel=0, abs=0, nan_ok=True)
    short = in_calm(load("default", ["horizon.weeks=5"]))
    assert (short.horizon.weeks, short.horizon.warmup_weeks) == (5, 5)
    long = in_calm(load("french-hospitality-2020"))
    assert (long.horizon.weeks, long.horizon.warmup_weeks) == (WEEKS, WARM_UP)
    assert not long.crises
    assert not long.levers
    assert long.crisis.shape == "none"


def test_loads_are_what_staff_did():
    """The parts sum to the utilisation of the run; nobody but managers decides."""
    health = check("default", ["teams"])
    settings = in_calm(load("default"))
    results = [orgsim.run(settings, "teams", seed) for seed in health.seeds]
    assert len(results) == WORLDS

    def mean(table, key, what):
        return np.mean([getattr(result, table)[key][what] for result in results])

    for key, function in settings.company.functions.items():
        load_ = loads_of(health, "teams", "function")[function.label]
        assert load_.total == pytest.approx(mean("functions", key, "utilisation"))
        assert load_.coordination == pytest.approx(mean("functions", key, "coordination_share"))
        assert load_.decisions == 0.0
    for name in results[0].units:
        load_ = loads_of(health, "teams", "unit")[name]
        assert load_.total == pytest.approx(mean("units", name, "utilisation"))
    assert all(load.work == 0.0 for load in loads_of(health, "teams", "managers").values())


def test_loads_are_means_over_worlds_and_full_is_full_in_every_one():
    """In some worlds only, it is worth a word and stops no sentence."""
    settings = load("default")
    one = Load("function", "Product", "product", 10, 80.0, 12.0, 4.0, 0.0, needed=12, least=94.0)
    (word,) = loaded([one], settings)
    (stop,) = loaded([replace(one, least=95.5)], settings)
    assert (word.unhealthy, stop.unhealthy) == (False, True)
    assert loaded([replace(one, work=78.0)], settings) == []


def test_a_unit_without_time_is_named_too_and_coordination_is_not_mended_by_more_people():
    settings = load("default")
    unit = Load("unit", "All of them", "", 270, 55.0, 6.0, 39.0, 0.0, least=99.0)
    (remark,) = loaded([unit], settings)
    assert str(remark.what).startswith("All of them is loaded to 100 %")
    assert "span_of_control" in str(remark.remedy)
    (other,) = loaded([replace(unit, work=90.0, coordination=4.0)], settings)
    assert "more people" in str(other.remedy)
    same = Load("function", "All of them", "product", 270, 55.0, 6.0, 39.0, 0.0, least=99.0)
    assert len(loaded([same, unit], settings)) == 1, "a unit that is a function is told once"


def test_managers_load_is_decisions_over_attention():
    """Half the attention, twice the load, where there is time enough."""
    usual = loads_of(check("default", ["silos"]), "silos", "managers")
    settings = load("default")
    half = f"company.managers.attention={settings.company.managers.attention / 2}"
    slower = loads_of(check("default", ["silos"], [half]), "silos", "managers")
    assert list(usual)[-1] == "Top management"
    for name, load_ in usual.items():
        if 3 < load_.total < 40:
            assert slower[name].total / load_.total == pytest.approx(2.0, rel=0.25)


def test_the_overloaded_function_is_named_with_the_people_it_needs():
    settings = load("default", FEW)
    health = check(settings)
    assert not health.sound
    named = [(d, r) for d, r in health.reasons if str(r.what).startswith("Operations is loaded to ")]
    assert "silos" in {design for design, _ in named}
    for _, remark in named:
        assert "company.functions.operations.staff = 14: " in str(remark.remedy)
    needed = loads_of(health, "silos", "function")["Operations"].needed
    place = list(settings.company.functions).index("operations")
    touch = weekly_hours(settings)[place].sum() / HOURS_PER_WEEK
    assert needed > touch / 0.85, "at least the work of standard speed"
    assert check("default", ["silos"], [f"company.functions.operations.staff={needed}"]).sound


def test_overloaded_managers_are_named():
    health = check("default", ["silos", "teams"], [SLOW_TO_DECIDE])
    texts = [str(remark.what) for _, remark in health.reasons]
    assert any(text.startswith("Top management: decisions take ") for text in texts)
    assert all("company.managers.attention" in str(remark.remedy) for _, remark in health.reasons)
    assert all(load.total <= 100.0 for calm in health.calm for load in calm.loads if load.kind == "managers")


def test_a_base_that_melts_is_said():
    """One customer in ten may leave in a calm year, on balance; more is no company."""
    health = check("default", ["silos"], ["market.churn_per_year=0.4"])
    (remark,) = (remark for _, remark in health.reasons)
    assert str(remark.what).startswith("Customers melt away in calm: of 1")
    assert "streams.prospects.per_week" in str(remark.remedy)
    start, won, lost, end = health.calm[0].customers
    assert end == start + won - lost


def test_people_without_work_do_not_count():
    apart = ["company.functions.archive.staff=3", "company.functions.archive.pay=30"]
    health = check("default", ["silos"], apart)
    assert health.sound
    assert health.fullest[1].key != "archive"


@pytest.fixture(scope="module")
def unsound():
    return orgsim.compare("default", 2, overrides=[*FEW, "horizon.weeks=30"])


def test_no_sentence_stands_on_an_unsound_calm(unsound):
    told = unsound.sentence("teams")
    assert told.startswith("Nothing is concluded about “Process teams” against “Functional silos”: ")
    assert "Operations is loaded to" in told
    assert "company.functions.operations.staff" in told
    french = unsound.sentence("teams", Language("fr"))
    assert french.startswith("On ne conclut rien sur «\u00a0Équipes processus\u00a0»")
    assert "Operations" not in french.split("company.")[0].replace("Opérations", "")
    data = json.loads(json.dumps(unsound.to_dict()))
    assert data["health"]["sound"] is False
    assert data["differences"]["teams"]["sentence"] == told
    assert "silos" in {remark["design"] for remark in data["health"]["remarks"]}


def test_a_design_that_drowns_stops_its_own_sentence_only():
    """The others can still be compared with the baseline."""
    alone = "designs.one={label='One unit', group_by='units', units=[{name='All', managers=1}]}"
    compared = orgsim.compare("default", 2, overrides=[alone, "horizon.weeks=20"])
    assert {design for design, _ in compared.health.reasons} == {"one"}
    assert compared.sentence("one").startswith("Nothing is concluded")
    assert compared.sentence("teams").startswith("Over 2 paired worlds")


def test_a_report_stops_too(tmp_path):
    overrides = [*FEW, "horizon.weeks=30"]
    tables = {
        "title": "Few",
        "scenario": "default",
        "overrides": overrides,
        "replications": {"base": 2},
    }
    with ThreadPoolExecutor(1) as here:
        sweep(orgsim.Experiment(**tables), Store(tmp_path, create=True), 1, executor=here)
    findings = read(Store(tmp_path))
    assert Answer(findings, Language()).cards("teams") == []
    assert Answer(findings, Language()).sentence("teams").startswith("Nothing is concluded")


def test_plain_data():
    data = check("default", ["silos"]).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["kind"] == "health"
    assert data["sound"] is True
    for load_ in data["designs"]["silos"]["loads"]:
        parts = (load_["work"], load_["again"], load_["coordination"], load_["decisions"])
        assert math.isclose(load_["total"], math.fsum(parts))
        assert load_["total"] < FULL
