"""What a file may take away from what it extends, and put in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.scenario.layers import Layer, stacked
from orgsim.studies.design import load_experiment

NAMES = st.sampled_from("abc")
FLAT = st.dictionaries(NAMES, st.integers(), max_size=3)
TABLES = st.dictionaries(NAMES, FLAT, max_size=3)
FILLED = st.dictionaries(NAMES, st.dictionaries(NAMES, st.integers(), min_size=1, max_size=3), max_size=3)
OWN = {"all": {"label": "All", "customers": 100, "needs": {"request": 1.0}}}


@given(TABLES, FILLED)
def test_what_is_replaced_is_what_is_written_and_nothing_else(base, own):
    names = [name for name in own if name in base]
    merged, replaced = (
        stacked([Layer("base", base), Layer("own", own | directives)])
        for directives in ({}, {"replace": names})
    )
    for name in names:
        assert replaced[name] == own[name]
    assert {k: v for k, v in replaced.items() if k not in names} == {
        k: v for k, v in merged.items() if k not in names
    }


@given(TABLES, st.data())
def test_what_is_removed_is_gone_and_nothing_else(base, data):
    every = [f"{name}.{key}" for name, table in base.items() for key in table] + list(base)
    if not every:
        return
    path = data.draw(st.sampled_from(every))
    before = repr(base)
    found = stacked([Layer("base", base), Layer("own", {"remove": [path]})])
    name, _, key = path.partition(".")
    left = {k: v for k, v in base[name].items() if k != key} if key else None
    assert found == {k: (left if k == name else v) for k, v in base.items() if key or k != name}
    assert repr(base) == before


def test_a_company_of_ones_own_on_top_of_a_bundled_one():
    tables = {"extends": "default", "title": "Own", "replace": ["segments"], "segments": OWN}
    assert list(load(tables).segments) == ["all"]
    assert list(load(tables | {"replace": []}).segments) == ["small", "medium", "key", "all"]


def test_every_name_is_meant_by_a_star():
    found = load({"extends": "default", "remove": ["case_types.billing", "segments.*.needs.billing"]})
    assert "billing" not in found.case_types
    assert all("billing" not in segment.needs for segment in found.segments.values())


def test_along_a_chain_each_file_speaks_of_what_is_below_it(tmp_path):
    base, middle, top = (tmp_path / f"{name}.toml" for name in ("base", "middle", "top"))
    base.write_text("extends = 'default'\nremove = ['segments.key']", encoding="utf-8")
    middle.write_text("extends = 'base.toml'\n[segments.key]\nlabel = 'New'", encoding="utf-8")
    top.write_text("extends = 'middle.toml'\nremove = ['segments.small']", encoding="utf-8")
    found = load(top).segments
    assert list(found) == ["medium", "key"]
    assert found["key"].customers == 0, "what was removed below does not come back"


def test_a_part_speaks_of_what_stands_before_it(tmp_path):
    part = tmp_path / "part.toml"
    part.write_text("remove = ['segments.key']", encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text("extends = ['default', 'part.toml']", encoding="utf-8")
    assert list(load(own).segments) == ["small", "medium"]


def test_overrides_can_do_it_too():
    removed = load("default", ["remove=['segments.key']", "remove=['segments.medium']"])
    assert list(removed.segments) == ["small"]
    replaced = load("default", ["replace=['segments']", "segments={all={customers=10}}"])
    assert list(replaced.segments) == ["all"]
    assert list(load(load("default"), ["remove=['segments.key']"]).segments) == ["small", "medium"]


def test_experiments_can_do_it_too():
    experiment = load_experiment({"title": "x", "overrides": ["remove=['segments.key']"]})
    assert list(experiment.at({}).segments) == ["small", "medium"]


def test_a_scenario_that_extends_nothing_begins_empty(tmp_path):
    with pytest.raises(ScenarioError, match="company is missing"):
        load({"title": "Own"})


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"remove": ["segments.smal"]}, r"^scenario: remove = 'segments.smal': what is extended has no "
         r"'segments.smal'; did you mean small"),
        ({"remove": ["segmnts"]}, "has no 'segmnts'; did you mean segments"),
        ({"remove": ["title.x"]}, "has no such entry"),
        ({"remove": ["segments.*.need"]}, "no entry of it has that"),
        ({"remove": ["streams"], "streams": {}}, "written here as well; use `replace`"),
        ({"replace": ["segments"]}, r"write \[segments\], or use `remove`"),
        ({"replace": "segments"}, "must be a list of tables or entries"),
        ({"remove": [3]}, "must be a list of tables or entries"),
        ({"remove": ["segments.small"], "designs": {"teams": {"split_segments": [["small"]]}}},
         "'small' is no segment"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused_with_the_remedy(own, message):
    with pytest.raises(ScenarioError, match=message):
        load({"extends": "default"} | own)


def test_nothing_can_be_removed_where_nothing_is_extended():
    with pytest.raises(ScenarioError, match="nothing is extended here; leave it out"):
        load({"title": "Own", "remove": ["segments"]})
    with pytest.raises(ScenarioError, match=r"^--set: remove = 'segments.kee'"):
        load("default", ["remove=['segments.kee']"])


def test_an_empty_table_on_top_of_one_that_is_not_changes_nothing_and_is_refused(tmp_path):
    """It reads as if there were none; nothing would say that they are all still there."""
    crisis = ["crisis.shape='v'", "crisis.depth=0.2", "crisis.contacts={complaint=2.0}"]
    below = tmp_path / "below.toml"
    below.write_text(
        "extends = 'default'\n[crisis]\nshape = 'v'\ndepth = 0.2\ncontacts = {complaint = 2.0}\n"
    )
    with pytest.raises(
        ScenarioError, match=r"--set: crisis.contacts is empty, .* replace = \['crisis.contacts'\]"
    ):
        load(below, ["crisis.contacts={}"])
    kept = load(below, ["crisis.contacts={}", "replace=['crisis.contacts']"])
    assert kept.crisis.contacts == {}
    assert load("default", [*crisis, "levers={}"]).crisis.contacts == {"complaint": 2.0}
