"""Studies of a page: the same answers as the command line, progress, cancel, problems as messages."""

import time

import pytest

from orgsim.answers.compare import compare
from orgsim.dashboard import results
from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import choose
from orgsim.dashboard.pages.compare import plan as comparison
from orgsim.dashboard.pages.map import factor_fields, lines, map_of, range_of, ranges_of
from orgsim.dashboard.pages.map import plan as grid
from orgsim.dashboard.study import Study
from orgsim.language.language import Language

SMALL = Address().changed("horizon.weeks", 6)


def finished(study, seconds=90):
    deadline = time.monotonic() + seconds
    while study.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return study


@pytest.fixture(scope="module")
def compared():
    study = Study(lambda: None)
    study.start(choose(SMALL), comparison(4, 1))
    yield finished(study)
    study.close()


def test_the_answers_are_those_of_compare(compared):
    found = compared.findings()
    plain = compare("default", 4, 1, overrides=["horizon.weeks=6"])
    for measure in ("total_cost", "cycle_time", "retention"):
        ours = found.difference(found.base, "teams", measure).difference
        assert ours == plain.difference("teams", measure).difference


@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_is_found_is_told(compared, code):
    found, say = compared.findings(), Language(code)
    told = results.answer(found, say)
    assert len(told["cards"]) == 4
    assert told["sentence"].endswith(".")
    rows = results.table(found, say)
    assert {"total_cost", "satisfaction", "retention"} <= {row["key"] for row in rows}
    figures = results.pictures(found, say)
    assert {"waterfall-cost-teams", "waterfall-lead-teams"} <= {figure.key for figure in figures}
    shown = results.shown(figures[0], say, True)
    assert shown["picture"].startswith("data:image/svg+xml;base64,")
    assert b"<html" in results.report_file(found, say)
    assert results.csv_file(found).count(b"\n") == 1 + 2 * 4


def test_the_mechanisms_are_shared_out(compared):
    compared.explain("result")
    finished(compared)
    shares = compared.findings().store.notes["why"]
    total = sum(value["mean"] for value in shares["shares"].values()) + shares["rest"]["mean"]
    assert total == pytest.approx(shares["total"]["mean"])
    assert any(
        figure.key == "attribution" for figure in results.pictures(compared.findings(), Language("fr"))
    )


def test_cancel_ends_it_and_keeps_what_was_found():
    study = Study(lambda: None)
    study.start(choose(Address()), comparison(100, 1))
    deadline = time.monotonic() + 60
    while not study.done and time.monotonic() < deadline:
        time.sleep(0.05)
    study.cancel()
    assert study.state == "cancelled"
    assert study.findings() is not None
    study.close()
    assert study.findings() is None


def test_a_failing_study_becomes_a_message():
    study = Study(lambda: None)
    study.start(choose(SMALL), {"measures": ["nothing"]})
    finished(study)
    assert study.state == "failed"
    assert "nothing" in study.problem.said(Language("en"))
    study.close()


def test_a_map_fills_in_and_knows_its_border():
    paths = ("frictions.handoff.transfer_hours", "frictions.arbitration.exception_rate")
    study = Study(lambda: None)
    ranges = {path: range_of(factor_fields()[path]) for path in paths}
    study.start(
        choose(SMALL), grid(paths, ranges, 4, "cycle_time", 1) | {"replications": {"min": 2, "base": 2}}
    )
    finished(study)
    found = map_of(study.findings())
    assert len(found.cells) == 16
    xs, ys = (sorted({getattr(cell, axis) for cell in found.cells}) for axis in ("x", "y"))
    for stretch in lines(found, xs, ys):
        for point in stretch.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 4
            assert 0 <= y <= 4
    study.close()


def test_every_factor_of_the_map_has_a_range():
    for facts in factor_fields().values():
        low, high = range_of(facts)
        assert low < high, facts.path


def test_ranges_belong_to_the_factors_of_the_address():
    known, paths = factor_fields(), ("crisis.depth", "frictions.handoff.transfer_hours")
    stated = {path: range_of(known[path]) for path in paths}
    given = Address(factors=paths, ranges=(0.1, 0.2, 3.0, 4.0))
    assert ranges_of(given, paths) == {paths[0]: (0.1, 0.2), paths[1]: (3.0, 4.0)}
    assert ranges_of(given.at(ranges=()), paths) == stated
    assert ranges_of(given.at(factors=("nothing", "else")), paths) == stated
