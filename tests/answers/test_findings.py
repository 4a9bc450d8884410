"""What is read from a store: pairing, verdicts that hold together, runs of other versions left out."""

import json

import numpy as np
import pytest

from orgsim.answers.differences import differences
from orgsim.answers.findings import read
from orgsim.answers.reproduce import compare_with_record, write_record
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.report.answer import Answer
from orgsim.statistics.intervals import holm, paired, willink
from orgsim.statistics.verdicts import BETTER, NOTHING, UNCLEAR, WORSE
from orgsim.studies.crate import crate
from orgsim.studies.store import Store
from synthetic import factors, findings, noise

GRID = {"factors": factors(2, levels=3), "replications": {"min": 6, "base": 6}}


def cheaper(values, design, seed):
    """Teams gain with the first factor, lose with the second; chance is shared."""
    gain = values["x1"] - values["x2"] if design == "teams" else 0.0
    return {"result": 10 * noise(seed) + gain + 0.01 * noise(seed, design, values), "total_cost": 0.0}


def test_differences_are_paired_and_verdicts_corrected(tmp_path):
    found = findings(tmp_path, cheaper, GRID)
    columns, rows = differences(found, "result")
    assert columns[:7] == ["x1", "x2", "design", "silos", "difference", "±", "seeds"]
    assert columns[7:] == ["verdict", "pairing", "p (Holm)"]
    assert len(rows) == 10  # nine points and the base case
    for row in rows[1:]:
        assert row[4] == pytest.approx(row[0] - row[1], abs=0.05)
        assert row[5] < 0.1
    verdicts = found.verdicts("result", "teams")
    for point in found.sampled:
        gain = point.values["x1"] - point.values["x2"]
        assert verdicts[point.name] == (UNCLEAR if gain == 0 else BETTER if gain > 0 else WORSE)
    judged = [found.judged("result")[point.name, "teams"] for point in found.sampled]
    assert [row[-1] for row in rows[1:]] == pytest.approx(holm([one.p_value for one in judged]))


@pytest.mark.parametrize(("cost", "least"), [(20, 0.5), (60, 1.0), (400, None)])
def test_what_does_not_matter_is_said_so(tmp_path, cost, least):
    """Of a result a hundredth of the baseline's total cost matters."""
    found = findings(tmp_path, lambda *run: cheaper(*run) | {"total_cost": cost}, GRID)
    verdicts = found.verdicts("result", "teams")
    for point in found.sampled:
        gain = point.values["x1"] - point.values["x2"]
        told = BETTER if gain > 0 else WORSE
        assert verdicts[point.name] == (NOTHING if least is None or abs(gain) < least else told)


@pytest.mark.parametrize("design", ["silos", "teams"])
def test_a_measure_without_a_direction_is_not_judged(tmp_path, design):
    def busier(values, of, seed):
        return {"utilisation": 50 + noise(seed) + 10 * (of == design)}

    found = findings(tmp_path, busier, GRID | {"measures": ["utilisation"]})
    assert set(found.verdicts("utilisation", "teams").values()) == {None}
    told = Answer(found, Language()).sentence("teams")
    assert f"changes utilisation ({'−' if design == 'silos' else '+'}10.0" in told


def test_a_verdict_holds_however_often_the_sweep_looked(tmp_path):
    """Points to which seeds are added until something is known have p-values for all looks together; where a
    half-width decides, so has the interval."""
    rules = {"min": 10, "max": 40, "base": 10, "decide": ["result"], "half_width": {"satisfaction": 1.0}}

    def skewed(values, design, seed):
        gain = cheaper(values, design, seed)["result"]
        return {"result": gain, "satisfaction": np.exp(noise(seed, design))}

    found = findings(tmp_path, skewed, GRID | {"replications": rules})
    point = found.sampled[1]
    for measure, by_width in (("result", False), ("satisfaction", True)):
        one, other = found.values(point, measure).values()
        plain = paired(one, other)
        told = found.difference(point, "teams", measure)
        assert told.p_value == pytest.approx(paired(one, other, looks=3, by_width=by_width).p_value)
        wide = willink(other - one, 1 - 0.05 / 3) if by_width else plain.difference
        assert (told.difference.low, told.difference.high) == pytest.approx((wide.low, wide.high))
    fixed = found.difference(found.base, "teams", "satisfaction")
    one, other = found.values(found.base, "satisfaction").values()
    assert fixed == paired(one, other)


def test_costs_are_better_when_lower(tmp_path):
    found = findings(tmp_path, lambda *run: {"total_cost": cheaper(*run)["result"]}, GRID)
    verdicts = found.verdicts("total_cost", "teams")
    assert verdicts[found.at({"x1": 0.0, "x2": 1.0}).name] == "better"


def test_runs_of_another_version_are_left_out(tmp_path):
    found = findings(tmp_path, cheaper, GRID)
    found.store.note(engine="another")
    assert found.store.outdated() == 120
    assert found.store.keys() == {}


def test_names_that_are_not_there(tmp_path):
    found = findings(tmp_path, cheaper, GRID)
    with pytest.raises(OrgsimError, match="did you mean result"):
        found.checked("reslt")
    with pytest.raises(OrgsimError, match="--design silos is not compared here"):
        found.checked("result", "silos")
    with pytest.raises(OrgsimError, match=r"x1 = 0\.123, x2 = 0\.0 is no point of this sweep"):
        found.at({"x1": 0.123, "x2": 0.0})
    Store(tmp_path / "empty", create=True)
    with pytest.raises(OrgsimError, match="there are no results"):
        read(Store(tmp_path / "empty"))


def test_a_record_is_the_same_until_a_number_changes(tmp_path):
    found = findings(tmp_path / "one", cheaper, GRID)
    write_record(found, tmp_path / "x.record.json")
    same = compare_with_record(found, tmp_path / "x.record.json")
    assert (same.verdict, same.compared, same.identical) == ("the same to the bit", 60, 60)
    record = json.loads((tmp_path / "x.record.json").read_text())
    record["points"][2]["designs"]["teams"]["means"]["result"] *= 1 + 1e-12
    (tmp_path / "x.record.json").write_text(json.dumps(record))
    assert compare_with_record(found, tmp_path / "x.record.json").verdict == "the same up to rounding"
    record["points"][2]["designs"]["teams"]["means"]["result"] += 1
    (tmp_path / "x.record.json").write_text(json.dumps(record))
    other = compare_with_record(found, tmp_path / "x.record.json")
    assert other.verdict == "not the same"
    assert [(one.design, one.measure) for one in other.differences] == [("teams", "result")]
    with pytest.raises(OrgsimError, match="there is no record"):
        compare_with_record(found, tmp_path / "none.json")


def test_results_describe_themselves(tmp_path):
    notes = findings(tmp_path, cheaper, GRID).store.notes
    assert notes["experiment"]["factors"]["x1"]["levels"] == 3
    assert notes["scenario"]["horizon"]["weeks"] == 156
    assert {"orgsim", "engine", "python", "packages", "when"} <= set(notes["provenance"])
    graph = {entity["@id"]: entity for entity in crate(notes)["@graph"]}
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for part in graph["./"]["hasPart"]:
        assert part["@id"] in graph
    assert graph["#sweep"]["instrument"]["@id"] in graph


def test_results_as_a_data_frame_and_as_one_row_for_each_value(tmp_path):
    store = findings(tmp_path / "long", cheaper, GRID).store
    both = "SELECT count(*) FROM measures m JOIN runs r USING (key) WHERE m.measure = 'result'"
    assert store.query(both + " AND m.value = r.result") == store.query("SELECT count(*) FROM runs")
    frame = findings(tmp_path, cheaper, GRID).store.frame("SELECT design, result FROM runs ORDER BY key")
    assert frame.groupby("design")["result"].count().to_dict() == {"silos": 60, "teams": 60}
