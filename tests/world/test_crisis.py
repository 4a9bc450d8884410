"""The crisis as an index by week: shapes, figures, CSV series against a baseline."""

import re

import numpy as np
import pytest

from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.world import environment
from orgsim.world.crisis import months_of_weeks


def index(*overrides, scenario="default"):
    return environment(load(scenario, overrides)).index


@pytest.fixture
def series(tmp_path):
    def _series(lines, *overrides):
        path = tmp_path / "figures.csv"
        path.write_text(lines, encoding="utf-8")
        return environment(load("default", [f"crisis.file='{path}'", "crisis.shape=series", *overrides]))

    return _series


def test_calm_is_one():
    assert (index() == 1.0).all()


@pytest.mark.parametrize("shape", ["v", "u", "l", "w"])
def test_shapes_start_at_normal_and_reach_their_depth(shape):
    settings = ("crisis.depth=0.4", "crisis.start_week=20", "crisis.duration_weeks=40")
    values = index(f"crisis.shape={shape}", *settings)
    assert (values[:20] == 1.0).all()
    assert values.min() == pytest.approx(0.6, abs=0.02)
    assert values.min() >= 0.6
    after = values[60:]
    assert after == pytest.approx(0.6 if shape == "l" else 1.0)
    if shape == "w":
        assert values[39:41].min() > 0.9


def test_the_french_crisis_has_its_figures():
    values = index(scenario="french-hospitality-2020")
    months = months_of_weeks("2019-01", 156)
    assert values[months == 2020 * 12 + 3] == pytest.approx(0.18)
    assert values[months == 2021 * 12 + 1] == pytest.approx(0.44)
    assert (values[months < 2020 * 12] == 1.0).all()


def test_depth_scales_a_series():
    whole = index(scenario="french-hospitality-2020")
    half = index("crisis.depth=0.41", scenario="french-hospitality-2020")
    assert 1 - half == pytest.approx((1 - whole) / 2)


def test_csv_against_the_same_month_of_a_year(series):
    lines = "month,index\n" + "\n".join(
        f"{year}-{month:02d},{100 + month if year == 2019 else (100 + month) * 0.5}"
        for year in (2019, 2020)
        for month in range(1, 13)
    )
    found = series(lines, "crisis.baseline='2019'")
    months = months_of_weeks("2019-01", 156)
    assert found.index[months // 12 == 2019] == pytest.approx(1.0)
    assert found.index[months // 12 == 2020] == pytest.approx(0.5)
    assert found.index[months // 12 == 2021] == pytest.approx(0.5)
    assert "ends in 2020-12; its last value (0.50) is held for the 52 weeks" in str(found.notes[0])


def test_csv_against_one_month(series):
    found = series("month,index\n2019-01,80\n2019-02,40\n2019-03,80\n", "crisis.baseline='2019-01'")
    assert found.index[:4] == pytest.approx(1.0)
    assert found.index.min() == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", "holds no table"),
        ("month,index\n", "holds no dates"),
        ("month,index\n2019-01,y", "line 2: 'y' is no number"),
        ("month,index\n2019-01", "holds no month"),
        ("month,index\n2019-13,5", "holds no dates such as"),
        ("month,index\n2019-01,-5", "-5 is no index from 0"),
        ("month,index\n2019-01,1\n2019-01,2", "line 3: 2019-01 stands there twice"),
        ("month,index\n2019-01,1\n2019-03,2", "2019-02 is missing"),
        ("month,index\n2019-01,0\n2019-02,2", "no positive index for 2019-01"),
    ],
)
def test_bad_series_are_refused(series, lines, message):
    with pytest.raises(ScenarioError, match=message):
        series(lines, "crisis.baseline='2019-01'")


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["crisis.shape=v"], "crisis.depth is missing"),
        (["crisis.shape=series"], "needs either `file`, or"),
        (["crisis.shape=series", "crisis.change=[-5]", "crisis.first_month=May"], "must be a month"),
        (["crisis.shape=series", "crisis.change=[-5]", "crisis.first_month='2030-01'"], "after the run ends"),
        (["crisis.shape=series", "crisis.change=[-5]", "crisis.first_month='2001-01'"],
         "before the run begins"),
        (["crisis.shape=series", "crisis.change=[-150]", "crisis.first_month='2019-03'"], "more than 100 %"),
        (["crisis.shape=series", "crisis.change=[5]", "crisis.first_month='2019-03'", "crisis.depth=.5"],
         "never falls below normal"),
        (["crisis.shape=series", "crisis.file=gone.csv", "crisis.baseline='2019'"],
         "crisis.file = 'gone.csv': there is no such file"),
        (["crisis.shape=series", "crisis.change=[1e300]", "crisis.first_month='2019-03'"],
         "at most 1,000 times"),
        (["crisis.shape=series", "crisis.change=[-5]", "crisis.first_month='0000-01'"], "must be a month"),
        (["crisis.shape=series", "crisis.change=[-5]", "crisis.first_month='٢٠٢٠-01'"], "must be a month"),
        (["segments.small.customers=5000000", "segments.small.needs={request=1000}"],
         "cases in week 1; at most"),
        (["segments.small.customers=5000000", "segments.small.needs={request=50}"],
         "cases in 156 weeks; at most"),
    ],
)  # fmt: skip
def test_crises_that_do_not_fit_are_refused(overrides, message):
    with pytest.raises(ScenarioError, match=re.escape(message)):
        index(*overrides)


def test_a_file_is_read_as_its_office_publishes_it_and_as_a_person_says(series):
    published = "Titre;\nPériode;Indice\n2019-03;40,5\n2019-02;81,0\n2019-01;81,0\n"
    assert series(published, "crisis.baseline='2019-01'").index.min() == pytest.approx(0.5)
    unclear = "month;index\n01/02/2019;40\n01/01/2019;80\n"
    with pytest.raises(ScenarioError, match=r"crisis: reading\.dates"):
        series(unclear, "crisis.baseline='2019-01'")
    said = series(unclear, "crisis.baseline='2019-01'", "crisis.reading.dates=dmy")
    assert said.index.min() == pytest.approx(0.5)


def test_a_file_needs_a_baseline(series):
    lines = "month,index\n2019-01,1\n2019-02,2\n"
    with pytest.raises(ScenarioError, match=r"crisis\.baseline is missing"):
        series(lines)
    with pytest.raises(ScenarioError, match=r"must be a year"):
        series(lines, "crisis.baseline='spring'")
    with pytest.raises(ScenarioError, match="ends before it, in 2019-02; choose another baseline"):
        series(lines, "crisis.baseline='2019-03'")


def test_warmup_is_calm():
    values = index("crisis.preset=slump-v", "crisis.start_week=0", "horizon.warmup_weeks=5")
    assert len(values) == 161
    assert (values[:5] == 1).all()
    assert 5 + 12 <= np.argmin(values) <= 5 + 13
