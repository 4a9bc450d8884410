"""Experiment files: what extends what, how the space is sampled, what is refused before anything runs."""

import numpy as np
import pytest

import orgsim
from orgsim.errors import OrgsimError, ScenarioError
from orgsim.scenario.catalogue import experiment_names
from orgsim.studies.design import load_experiment
from orgsim.studies.factors import Factor
from orgsim.studies.planning import plan
from orgsim.studies.points import base_values, points_of
from orgsim.studies.sampling import MORRIS_STEP, morris_walks
from synthetic import factors


def test_a_file_extends_another_and_finds_its_scenario(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "default"\ntitle = "Own"\n')
    (tmp_path / "base.toml").write_text(
        'title = "Base"\nscenario = "own.toml"\n[factors.a]\nfield = "people.resistance"\nvalues = [0.1]\n'
    )
    (tmp_path / "more.toml").write_text(
        'extends = "base.toml"\ntitle = "More"\n[factors.b]\nfield = "people.variety"\nvalues = [0.1]\n'
    )
    found = load_experiment(tmp_path / "more.toml")
    assert (found.title, list(found.factors)) == ("More", ["a", "b"])
    assert found.at({}).title == "Own"
    (tmp_path / "base.toml").write_text('extends = "more.toml"\n')
    with pytest.raises(ScenarioError, match="extends itself"):
        load_experiment(tmp_path / "more.toml")


def test_the_same_as_a_python_object():
    found = orgsim.Experiment(title="Here", factors=factors(2), designs=("silos", "teams"))
    assert load_experiment(found) is found
    assert len(found.sampled()) == 25


def test_bundled_experiments_fit_their_scenarios():
    assert len(experiment_names()) >= 3
    for name in experiment_names():
        assert len(points_of(load_experiment(name))) > 20


def test_levers_are_crossed_with_every_sampled_world():
    tables = factors(2) | {
        "lever": {"field": "people.resistance", "role": "lever", "values": [0.1, 0.2, 0.3]}
    }
    points = load_experiment({"title": "t", "factors": tables, "sampling": "lhs", "samples": 10}).sampled()
    assert len(points) == 30
    worlds = {(point["x1"], point["x2"]) for point in points}
    assert len(worlds) == 10
    for world in worlds:
        assert sorted(p["lever"] for p in points if (p["x1"], p["x2"]) == world) == [0.1, 0.2, 0.3]


def test_morris_trajectories_move_every_factor_once():
    for walk, order in morris_walks(5, 20, 1):
        assert sorted(order) == [0, 1, 2, 3, 4]
        assert walk.min() >= 0
        assert walk.max() <= 1
        moves = np.diff(walk, axis=0)
        assert np.allclose(np.abs(moves).sum(axis=1), MORRIS_STEP)
        assert [int(np.flatnonzero(move)[0]) for move in moves] == list(order)
    assert all(
        (a == b).all() for (a, _), (b, _) in zip(morris_walks(3, 4, 7), morris_walks(3, 4, 7), strict=True)
    )


def test_saltelli_takes_one_column_at_a_time_from_the_other_sample():
    points = load_experiment(
        {"title": "t", "factors": factors(3), "sampling": "saltelli", "samples": 8}
    ).sampled()
    assert len(points) == 8 * 5
    a, b, mixed = points[:8], points[8:16], points[16:]
    for row in range(8):
        assert mixed[8 + row] == {"x1": a[row]["x1"], "x2": b[row]["x2"], "x3": a[row]["x3"]}


def test_the_base_case_is_the_scenario_itself():
    experiment = load_experiment({"title": "t", "factors": factors(2), "replications": {"base": 7}})
    base, *rest = points_of(experiment)
    assert (base.base, base.sampled, base.least, base.most) == (True, False, 7, 7)
    assert base.values == base_values(experiment, experiment.at({})) == {"x1": 4.0, "x2": 0.08}
    assert not any(point.base for point in rest)
    same = {"a": {"field": "people.resistance", "values": [0.25, 0.5]}}
    base, other = points_of(load_experiment({"title": "t", "factors": same}))
    assert (base.sampled, base.least, other.least) == (True, 20, 4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"measures": ["reslt"]}, "'reslt' is no measure; did you mean result"),
        ({"measures": []}, "at least one is needed"),
        ({"satisficing": {"utilisation": 80}}, "neither more nor less is better"),
        ({"replications": {"decide": ["profit"]}}, "'profit' is no measure"),
        ({"designs": ["silos"], "replications": {"decide": ["result"]}}, "needs two designs"),
        ({"designs": ["silos", "silos"]}, "named twice"),
        ({"factors": {"seed": {"field": "people.resistance", "values": [0.1]}}}, "choose another"),
        ({"sampling": "morris", "samples": 1}, "greater than or equal to 2"),
        ({"extends": 3}, "must be the name or path of an experiment"),
        ({"replications": {"first_seed": -1}}, "first_seed = -1 must be greater than or equal to 0"),
        ({"replications": {"first_seed": 2**63}}, "first_seed = 9223372036854775808 must be less than"),
        ({"replications": {"first_seed": 1.5}}, "first_seed = 1.5 must be a whole number"),
        ({"replications": {"min": 10**9}}, "min = 1000000000 must be less than or equal to 100000"),
        ({"sampling_seed": 2**64}, "sampling_seed = 18446744073709551616 must be less than"),
        ({"samples": 10**7}, "samples = 10000000 must be less than or equal to 1000000"),
        ({"factors": {f"f{i}": {"field": f"f{i}", "values": [1]} for i in range(201)}}, "201 are too many"),
        ({"designs": ["silos"] * 101}, "designs: 101 are too many"),
        ({"factors": {"a": {"field": "x", "values": list(range(10_001))}}}, "a factor takes 10,000"),
        ({"factors": {"a": {"field": "x", "values": [2**63]}}}, "a whole number lies between"),
        ({"factors": {"a": {"field": "x", "values": [float("nan")]}}}, "a"),
        ({"factors": {"a": {"field": "x", "low": -1e300, "high": 1e300}}}, "the range must lie between"),
        ({"factors": {"a": {"field": "x", "low": 0.5, "high": 2, "whole": True}}}, "must be whole numbers"),
        ({"factors": {"a": {"field": "x=1", "values": [1]}}}, "must be the path of a field"),
        ({"factors": {"a": {"field": "x..y", "values": [1]}}}, "must be the path of a field"),
        (
            {"factors": {"a": {"field": "x", "low": 1, "high": 2, "mode": 1.5}}},
            "triangular distribution only",
        ),
        (
            {"factors": {"a": {"field": "x", "low": 1, "high": 2, "mode": 0, "distribution": "triangular"}}},
            "mode = 0 must lie in the range",
        ),
        ({"factors": {'a"b': {"field": "x", "values": [1]}}}, "without quotation marks"),
        ({"factors": {"a" * 61: {"field": "x", "values": [1]}}}, "1 to 60 characters"),
        (
            {"factors": {n: {"field": f"x{n}", "values": [1]} for n in "aA"}},
            "is there twice, but for the case",
        ),
        ({"factors": {"Samples": {"field": "x", "values": [1]}}}, "is the name of a column"),
        ({"factors": {"silos": {"field": "people.resistance", "values": [0.1]}}}, "the name of a design too"),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    tables = {"title": "t", "designs": ["silos", "teams"], "factors": factors(1)} | changes
    with pytest.raises(ScenarioError, match=message):
        points_of(load_experiment(tables))


def test_a_base_case_that_does_not_load_says_so():
    tables = {
        "title": "t",
        "overrides": ["crisis.shape=v", "crisis.start_week=3", "crisis.duration_weeks=0"],
        "factors": {"weeks": {"field": "crisis.duration_weeks", "values": [4, 8]}},
    }
    with pytest.raises(OrgsimError, match="This is the base case"):
        points_of(load_experiment(tables))


@pytest.mark.parametrize("sampling", ["grid", "lhs", "sobol", "morris", "saltelli", "one-at-a-time", "list"])
def test_points_are_counted_without_being_made(sampling):
    tables = factors(2, levels=3) | {
        "lever": {"field": "people.resistance", "role": "lever", "values": [0.1, 0.2, 0.3]},
        "whole": {"field": "company.managers.span_of_control", "low": 6, "high": 8, "whole": True},
    }
    given = {"title": "t", "factors": tables, "sampling": sampling, "samples": 5}
    if sampling == "list":
        given["points"] = [{"x1": 0.1, "x2": 0.2, "lever": 0.1, "whole": 7}] * 3
    experiment = load_experiment(given)
    assert experiment.count() == len(experiment.sampled())


def test_a_thousand_million_points_are_planned_at_once_and_not_swept(tmp_path):
    tables = {"title": "t", "designs": ["silos", "teams"], "factors": factors(3, levels=1000)}
    experiment = load_experiment(
        tables | {"replications": {"min": 2, "base": 2}, "overrides": ["horizon.weeks=1"]}
    )
    found = plan(experiment, tmp_path)
    assert (found["points"], found["runs_min"], found["there"]) == (10**9, 2 * (2 * 10**9 + 2), None)
    assert found["seconds_min"] > 1e6
    with pytest.raises(ScenarioError, match="1,000,000,000 points are too many; a sweep takes 1,000,000"):
        points_of(experiment)


def test_what_is_drawn_can_be_read_and_what_is_written_stays():
    drawn = Factor(field="x", low=0.1, high=0.5, levels=3).grid()
    assert drawn == (0.1, 0.3, 0.5)
    third = 1 / 3
    assert Factor(field="x", low=third, high=2 * third, levels=2).grid() == (third, 2 * third)
    assert Factor(field="x", values=[0.1 + 0.2]).grid() == (0.1 + 0.2,)


def test_a_chain_of_files_has_an_end(tmp_path):
    for number in range(40):
        parent = f'extends = "{number + 1}.toml"\n' if number < 39 else ""
        (tmp_path / f"{number}.toml").write_text(f'{parent}title = "{number}"\n')
    with pytest.raises(ScenarioError, match="a chain of more than 20 `extends`"):
        load_experiment(tmp_path / "0.toml")


def test_a_value_that_does_not_fit_is_said_of_its_factor():
    span = {"field": "company.managers.span_of_control", "values": [6.5]}
    made = load_experiment({"title": "Span", "scenario": "default", "factors": {"span": span}})
    with pytest.raises(
        ScenarioError, match=r"^experiment: factors\.span: company\.managers\.span_of_control = 6\.5"
    ):
        made.at({"span": 6.5})
