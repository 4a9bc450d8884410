"""The phase map of a difference that is known: verdicts, border, what is held, what is refused."""

import pytest

from orgsim.answers.phase_map import phase_map
from orgsim.errors import OrgsimError
from synthetic import factors, findings, noise


def answer(values, design, seed):
    gain = values["x1"] - 0.3 if design == "teams" else 0.0
    return {"result": 5 * noise(seed) + gain + 0.01 * noise(seed, design, values)}


def grid(count, **more):
    return {"factors": factors(count, levels=5), "replications": {"min": 6, "base": 2}} | more


def test_cells_and_border(tmp_path):
    found = phase_map(findings(tmp_path, answer, grid(2)))
    assert (found.x, found.y, len(found.cells)) == ("x1", "x2", 25)
    for cell in found.cells:
        assert cell.verdict == ("better" if cell.x > 0.3 else "worse")
        assert cell.seeds == 6
    assert len(found.border) == 5
    assert [x for x, _ in found.border] == pytest.approx([0.3] * 5, abs=0.05)
    assert found.to_dict()["cells"][0]["verdict"] == "worse"


def test_no_difference_is_not_distinguishable(tmp_path):
    def same(values, design, seed):
        return {"result": noise(seed, design, values)}

    found = phase_map(findings(tmp_path, same, grid(2)))
    assert {cell.verdict for cell in found.cells} == {"not distinguishable"}
    assert found.border == ()  # the mean crosses 0 by chance: that is no border


def test_other_factors_are_held(tmp_path):
    read = findings(tmp_path, answer, grid(3))
    found = phase_map(read, "x3", "x1", fixed={"x2": 0.5})
    assert found.fixed == {"x2": 0.5}
    assert len(found.cells) == 25
    with pytest.raises(OrgsimError, match=r"no point has x2 = 0\.4"):
        phase_map(read, "x3", "x1", fixed={"x2": 0.4})
    with pytest.raises(OrgsimError, match="'x9' is no factor; did you mean"):
        phase_map(read, "x9")
    with pytest.raises(OrgsimError, match="two different factors"):
        phase_map(read, "x1", "x1")


def test_a_map_needs_a_grid(tmp_path):
    with pytest.raises(OrgsimError, match="needs sampling = 'grid'"):
        phase_map(findings(tmp_path, answer, grid(1)))
