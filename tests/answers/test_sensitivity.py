"""Morris and Sobol on the Ishigami function, whose indices are known, and against SALib; tornado."""

import numpy as np
import pytest

from orgsim.answers.outcome import outcome
from orgsim.answers.sensitivity import morris_screening, sensitivity_data, sobol_indices, tornado
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.report.sections import sections
from synthetic import factors, findings, noise

ONE = {"replications": {"min": 2, "base": 2}}
PROBLEM = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0, 1]] * 3}


def ishigami(values):
    x = [np.pi * (2 * values[name] - 1) for name in ("x1", "x2", "x3")]
    return float(np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))


def answer(values, design, seed):
    return {"result": 100.0 * seed + (ishigami(values) if design == "teams" else 0.0)}


@pytest.mark.filterwarnings("ignore")
def test_sobol_indices_of_ishigami_and_salib(tmp_path):
    from SALib.analyze import sobol

    tables = ONE | {"factors": factors(3), "sampling": "saltelli", "samples": 512}
    found = findings(tmp_path, answer, tables)
    indices = sobol_indices(outcome(found))
    exact = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437)}
    for name, (first, total) in exact.items():
        assert indices[name].first.mean == pytest.approx(first, abs=0.06)
        assert indices[name].total.mean == pytest.approx(total, abs=0.06)
        assert indices[name].first.low <= indices[name].first.mean <= indices[name].first.high
        assert indices[name].total.low - 0.02 <= total <= indices[name].total.high + 0.02
    # SALib's order: A1, AB1…, B1, A2, …; ours: all of A, all of B, then factor by factor
    values = outcome(found).means([found.at(v) for v in found.experiment.sampled()]).reshape(5, 512)
    theirs = np.column_stack([values[0], values[2], values[3], values[4], values[1]]).ravel()
    other = sobol.analyze(PROBLEM, theirs, calc_second_order=False, seed=1, num_resamples=10)
    assert [indices[name].total.mean for name in exact] == pytest.approx(list(other["ST"]), rel=1e-6)
    assert [indices[name].first.mean for name in exact] == pytest.approx(list(other["S1"]), abs=0.02)


@pytest.mark.filterwarnings("ignore")
def test_elementary_effects_are_those_of_salib(tmp_path):
    from SALib.analyze import morris

    tables = ONE | {"factors": factors(3), "sampling": "morris", "samples": 20}
    found = findings(tmp_path, answer, tables)
    effects = morris_screening(outcome(found))
    points = [found.at(values) for values in found.experiment.sampled()]
    x = np.array([list(values.values()) for values in found.experiment.sampled()])
    other = morris.analyze(PROBLEM, x, outcome(found).means(points), num_levels=4, seed=1)
    for row, name in enumerate(PROBLEM["names"]):
        assert effects[name].mean == pytest.approx(other["mu"][row], abs=1e-9)
        assert effects[name].size.mean == pytest.approx(other["mu_star"][row], abs=1e-9)
        assert effects[name].spread == pytest.approx(other["sigma"][row], abs=1e-9)
        half = (effects[name].size.high - effects[name].size.low) / 2
        assert half == pytest.approx(other["mu_star_conf"][row], rel=0.25, abs=1e-9)


def linear(values, design, seed):
    gain = 3 * values["x1"] - values["x2"] if design == "teams" else 0.0
    return {"result": seed + gain}


@pytest.mark.parametrize("sampling", ["grid", "one-at-a-time"])
def test_the_tornado_of_a_linear_outcome(tmp_path, sampling):
    found = findings(tmp_path, linear, ONE | {"factors": factors(2, levels=3), "sampling": sampling})
    swings = tornado(outcome(found))
    assert list(swings) == ["x1", "x2"]
    assert (swings["x1"].low_value, swings["x1"].high_value) == (0.0, 1.0)
    assert swings["x1"].size == pytest.approx(3)
    assert swings["x2"].high.mean - swings["x2"].low.mean == pytest.approx(-1)
    assert sensitivity_data(outcome(found))["method"] == "tornado"


def test_a_factor_that_moves_nothing_is_told_from_one_that_does(tmp_path):
    def noisy(values, design, seed):
        gain = 3 * values["x1"] + 0.5 * noise(seed, values) if design == "teams" else 0.0
        return {"result": gain}

    tables = {"factors": factors(2, levels=3), "replications": {"min": 6, "base": 2}}
    found = findings(tmp_path, noisy, tables)
    swings = tornado(outcome(found))
    assert swings["x1"].is_sure
    assert swings["x1"].moved.low < 3 < swings["x1"].moved.high
    assert not swings["x2"].is_sure
    (matters,) = [part for part in sections(found, Language()) if part.key == "matters"]
    assert "The widest: x1" in matters.figures[0].alternative
    still = findings(tmp_path / "still", lambda v, d, s: {"result": noise(s, v, d)}, tables)
    (matters,) = [part for part in sections(still, Language()) if part.key == "matters"]
    assert "No factor moves it so far" in matters.figures[0].alternative


def test_one_design_alone_has_an_outcome(tmp_path):
    found = findings(tmp_path, linear, ONE | {"factors": factors(2, levels=3)})
    alone = outcome(found, "result", "silos")
    assert alone.baseline is None
    assert alone.means(found.sampled) == pytest.approx([1.5] * 9)
    with pytest.raises(OrgsimError, match="did you mean teams"):
        outcome(found, "result", "team")


def test_the_sampling_must_fit(tmp_path):
    found = findings(tmp_path, linear, ONE | {"factors": factors(2, levels=3)})
    with pytest.raises(OrgsimError, match="needs sampling = 'morris'"):
        morris_screening(outcome(found))
    with pytest.raises(OrgsimError, match="needs sampling = 'saltelli'"):
        sobol_indices(outcome(found))
