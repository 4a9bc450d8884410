"""A store that is damaged says which file it is; a sweep puts it aside and computes what it held."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.answers.differences import differences
from orgsim.answers.findings import read
from orgsim.errors import OrgsimError
from orgsim.studies.design import load_experiment
from orgsim.studies.planning import rows_of
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep
from orgsim.studies.writers import announced
from synthetic import factors, findings

TABLES = {
    "title": "A test",
    "scenario": "default",
    "overrides": ["horizon.weeks=2"],
    "designs": ["silos", "teams"],
    "factors": {"transfer": {"field": "frictions.handoff.transfer_hours", "values": [0.0, 8.0]}},
    "replications": {"min": 2, "base": 2},
}


def swept(folder, **changes):
    store = Store(folder, create=True)
    with ThreadPoolExecutor(1) as executor:
        return store, sweep(load_experiment(TABLES | changes), store, 1, executor=executor)


def everything(store):
    runs = sorted(store.query("SELECT key, point, design, seed, status, total_cost, ping_pong FROM runs"))
    return runs, sorted(store.query("SELECT key, week, cost FROM weekly"))


def flip(file, place=None):
    content = bytearray(file.read_bytes())
    content[len(content) // 2 if place is None else place] ^= 1
    file.write_bytes(bytes(content))


def cut(file):
    file.write_bytes(file.read_bytes()[:40])


def empty(file):
    file.write_bytes(b"")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return everything(swept(tmp_path_factory.mktemp("whole"))[0])


@pytest.mark.parametrize("harm", [flip, cut, empty])
@pytest.mark.parametrize("table", ["runs", "weekly", "points"])
def test_a_damaged_part_is_said_put_aside_and_computed_anew(tmp_path, whole, table, harm):
    store, _ = swept(tmp_path / "s")
    part = Path(store.parts(table)[0])
    harm(part)
    for ask in (read, lambda store: rows_of(store, "SELECT 1")):
        with pytest.raises(OrgsimError, match=f"{part.name}: is damaged; run `orgsim sweep` again"):
            ask(Store(tmp_path / "s"))
    assert part.exists()  # who only reads changes nothing
    again, tally = swept(tmp_path / "s")
    assert tally.damaged == [f"{table}/{part.name}"]
    assert (tmp_path / "s" / "damaged" / part.name).exists()
    assert everything(again) == whole
    assert len(differences(read(again), None)[1]) == 3


@pytest.mark.parametrize(
    "harm", [cut, empty, lambda file: flip(file, 100), lambda file: file.write_text("5")]
)
def test_damaged_notes_are_written_anew(tmp_path, whole, harm):
    swept(tmp_path / "s")
    harm(tmp_path / "s" / "store.json")
    with pytest.raises(OrgsimError, match=r"store\.json: is damaged"):
        Store(tmp_path / "s")
    again, tally = swept(tmp_path / "s")
    assert tally.damaged == ["store.json"]
    assert tally.reused == tally.runs
    assert everything(again) == whole


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    place = tmp_path_factory.mktemp("synthetic")
    tables = {"factors": factors(1, levels=3), "replications": {"min": 2, "base": 2}}
    rows = differences(findings(place, lambda v, d, s: {"result": v["x1"] + s + len(d)}, tables), None)
    files = [file for file in sorted(place.rglob("*")) if file.suffix in (".parquet", ".json")]
    return place, repr(rows), files


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_flipped_bit_changes_a_number(synthetic, data):
    """It is found, or it makes no difference."""
    place, before, files = synthetic
    file = data.draw(st.sampled_from(files))
    content = file.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    harmed = bytearray(content)
    harmed[at] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(bytes(harmed))
    try:
        found = repr(differences(read(Store(place)), None))
    except OrgsimError:
        found = before
    finally:
        file.write_bytes(content)
    assert found == before


def test_weekly_series_that_are_asked_for_later_are_computed(tmp_path):
    store, _ = swept(tmp_path / "s")
    first = store.query("SELECT count(*) FROM weekly")
    store, tally = swept(tmp_path / "s", weekly=True)
    assert tally.reused == 4  # the base case had its own
    assert (first, store.query("SELECT count(*) FROM weekly")) == ([(8,)], [(24,)])


def test_what_was_not_written_to_its_end_is_taken_away(tmp_path):
    swept(tmp_path / "s")
    left = [tmp_path / "s" / "runs" / "x.tmp", tmp_path / "s" / ".store.json.abc"]
    for file in left:
        file.write_text("half")
    with announced(tmp_path / "s"):  # somebody else may be about to write them
        _, tally = swept(tmp_path / "s")
        assert len(tally.others) == 1
    assert all(file.exists() for file in left)
    _, tally = swept(tmp_path / "s")
    assert tally.others == []
    assert not any(file.exists() for file in left)
    assert not (tmp_path / "s" / "writers").exists()


def test_notes_of_a_foreign_format_are_no_damage(tmp_path):
    swept(tmp_path / "s")
    (tmp_path / "s" / "store.json").write_text(json.dumps({"format": 2}))
    for create in (False, True):
        with pytest.raises(OrgsimError, match="was written in format 2"):
            Store(tmp_path / "s", create)
