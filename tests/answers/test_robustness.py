"""Regret, maximin, satisficing by hand; the PRIM box of a known region."""

import pytest

from orgsim.answers.discovery import worse_box
from orgsim.answers.robustness import robustness
from orgsim.errors import OrgsimError
from synthetic import factors, findings, noise

#: result by world (x1) and design: teams are better in the first world, far worse in the last
RESULTS = {"silos": {0.0: 10.0, 0.5: 10.0, 1.0: 10.0}, "teams": {0.0: 14.0, 0.5: 10.0, 1.0: 2.0}}


def table(values, design, seed):
    return {"result": RESULTS[design].get(values["x1"], 0.0)}


def test_regret_maximin_and_satisficing_by_hand(tmp_path):
    tables = {
        "factors": factors(1, levels=3),
        "replications": {"min": 2, "base": 2},
        "satisficing": {"result": 9.0},
    }
    found = robustness(findings(tmp_path, table, tables))
    assert found.worlds == 3
    silos, teams = found.options
    assert (silos.design, silos.mean, silos.worst) == ("silos", 10.0, 10.0)
    assert (silos.mean_regret, silos.worst_regret) == (pytest.approx(4 / 3), 4.0)
    assert (silos.best_in, silos.satisfices) == (pytest.approx(2 / 3), 1.0)
    assert (teams.mean_regret, teams.worst_regret, teams.worst) == (pytest.approx(8 / 3), 8.0, 2.0)
    assert (teams.best_in, teams.satisfices) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_costs_are_turned_around(tmp_path):
    def costs(values, design, seed):
        return {"total_cost": 5.0 if design == "silos" else 7.0}

    tables = {
        "factors": factors(1, levels=2),
        "replications": {"min": 2, "base": 2},
        "measures": ["total_cost"],
    }
    found = robustness(findings(tmp_path, costs, tables))
    assert [(o.design, o.worst_regret, o.mean) for o in found.options] == [
        ("silos", 0.0, 5.0),
        ("teams", 2.0, 7.0),
    ]


def test_levers_make_options(tmp_path):
    def lever(values, design, seed):
        return {"result": values["x2"] * 10 + (design == "teams")}

    choice = {"field": "people.resistance", "role": "lever", "values": [0.1, 0.2]}
    tables = {
        "factors": factors(2, levels=2) | {"x2": choice},
        "replications": {"min": 2, "base": 2},
    }
    best, *rest = robustness(findings(tmp_path, lever, tables)).options
    assert (best.design, best.levers, best.worst_regret) == ("teams", {"x2": 0.2}, 0.0)
    assert len(rest) == 3


def test_options_that_chance_alone_tells_apart_are_named(tmp_path):
    def by_chance(values, design, seed):
        return {"result": noise(seed, design) + {"silos": 0.0, "teams": 0.0}[design] - 9 * values["x2"]}

    choice = {"field": "people.resistance", "role": "lever", "values": [0.1, 0.9]}
    tables = {
        "factors": factors(2, levels=2) | {"x2": choice},
        "replications": {"min": 8, "base": 2},
    }
    first, second, *rest = robustness(findings(tmp_path, by_chance, tables)).options
    assert (first.levers, second.levers) == ({"x2": 0.1}, {"x2": 0.1})
    assert [option.like_first for option in (first, second, *rest)] == [False, True, False, False]


def corner(values, design, seed):
    worse = values["x1"] > 0.6 and values["x2"] < 0.5
    return {"result": (-1.0 if worse else 1.0) if design == "teams" else 0.0}


@pytest.mark.filterwarnings("ignore")
def test_the_box_of_a_corner(tmp_path):
    tables = {
        "factors": factors(3), "sampling": "lhs", "samples": 200, "replications": {"min": 2, "base": 2}
    }  # fmt: skip
    found = worse_box(findings(tmp_path, corner, tables))
    assert found.density >= 0.8
    assert found.coverage > 0.8
    assert found.limits["x1"][0] == pytest.approx(0.6, abs=0.1)
    assert found.limits["x2"][1] == pytest.approx(0.5, abs=0.1)
    assert "x3" not in found.limits


@pytest.mark.filterwarnings("ignore")
def test_where_there_is_no_box(tmp_path):
    tables = {"factors": factors(2), "sampling": "lhs", "samples": 30, "replications": {"min": 2, "base": 2}}
    with pytest.raises(OrgsimError, match="is worse than silos in no world"):
        worse_box(findings(tmp_path / "a", lambda v, d, s: {"result": float(d == "teams")}, tables))
    with pytest.raises(OrgsimError, match="needs at least 20 worlds"):
        worse_box(findings(tmp_path / "b", corner, tables | {"samples": 8}))
