"""What no machine can hold is refused before it is made, with the number and the remedy."""

import pytest

from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.scenario.catalogue import names, names_in
from orgsim.scenario.extent import too_large

MANY = 3000


def entries(table, entry, count=MANY):
    return f"{table}={{{', '.join(f'x{i}={entry}' for i in range(count))}}}"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ([entries("designs", "{like='silos'}")], "designs has 3,002 entries; at most 100 can be computed"),
        ([entries("company.functions", "{staff=1}")], "company.functions has 3,008 entries; at most 200"),
        ([entries("crises", "{}")], "crises has 3,000 entries; at most 50"),
        (["company.functions.it.staff=100000", "company.functions.legal.staff=100000"],
         "company.functions have 200,0"),
        (["segments.small.customers=5000000", "segments.medium.customers=5000000"],
         "segments have 10,00"),
        (["horizon.weeks=100000", entries("segments", "{}", 150)], "horizon.weeks: 100,000 weeks × 1,530"),
        ([entries("processes", "{}", 190), entries("company.functions", "{staff=1}", 40)],
         "designs.teams: 193 units × 48 functions are 9,264; at most 5,000"),
    ],
)  # fmt: skip
def test_too_much_is_refused_with_number_and_remedy(overrides, message):
    with pytest.raises(ScenarioError, match="can be computed") as refused:
        load("default", overrides)
    assert message in str(refused.value)


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_of_designs(order):
    def chain(length):
        links = [f"x{i}={{like='x{i - 1}'}}" for i in range(1, length)][::order]
        return f"designs={{x0={{like='teams', case_owner=true}}, {', '.join(links)}}}"

    assert load("default", [chain(90)]).designs["x89"].case_owner
    with pytest.raises(ScenarioError, match="designs has 1,502 entries"):
        load("default", [chain(1500)])


@pytest.mark.parametrize("design", ["3", "'teams'", "[]", "true"])
def test_a_design_is_like_a_design(design):
    with pytest.raises(ScenarioError, match=r"designs\.own\.like = 'silos' is no table"):
        load("default", [f"designs={{silos={design}, own={{like='silos'}}}}"])


def test_files_that_extend_each_other_in_a_long_chain(tmp_path):
    for number in range(60):
        (tmp_path / f"{number}.toml").write_text(f"extends = '{number + 1}.toml'", encoding="utf-8")
    with pytest.raises(ScenarioError, match="extends a chain of more than 32 files"):
        load(tmp_path / "0.toml")


@pytest.mark.parametrize("generations", [6, 30])
def test_a_file_that_many_extend_is_read_once(tmp_path, generations):
    """Two parents with two parents each, thirty times over, would be a thousand million files."""
    last = generations - 1
    for number in range(generations):
        parents = f"['{number + 1}.toml', '{number + 1}.toml']" if number < last else "'default'"
        (tmp_path / f"{number}.toml").write_text(f"extends = {parents}", encoding="utf-8")
    if generations == 6:
        assert load(tmp_path / "0.toml") == load("default")
    else:
        with pytest.raises(ScenarioError, match="extends more than 1000 files in all"):
            load(tmp_path / "0.toml")


def test_many_problems_are_counted():
    fields = "\n".join(f"x{i}" for i in range(MANY)).split()
    with pytest.raises(ScenarioError) as refused:
        load("default", [f"{name}=1" for name in fields[:40]])
    assert str(refused.value).endswith("and 30 more")
    assert len(str(refused.value).split("\n")) == 11


@pytest.mark.parametrize("name", [*names(), *names_in("claims"), *names_in("validity")])
def test_no_bundled_scenario_is_near_the_limits(name):
    settings = load(name)
    larger = settings.model_copy(
        update={"horizon": settings.horizon.model_copy(update={"weeks": 10 * settings.horizon.weeks})}
    )
    assert not list(too_large(larger))


@pytest.mark.parametrize(
    "override",
    [
        entries("designs", "{like='silos'}"),
        "segments.small={customers=5000000, needs={enquiry=60}}",
        "horizon.start='0000-01'",
        "a" + ".a" * 40 + "=1",
    ],
)
def test_limits_are_said_in_french(override):
    from orgsim.language.language import Language
    from orgsim.world import environment

    with pytest.raises(ScenarioError) as refused:
        environment(load({"extends": "default"}, [override]))
    said = refused.value.said(Language("fr"))
    assert not {"at", "most", "must", "nested"} & set(said.split()), said
