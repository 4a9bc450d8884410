"""Measures and ledgers: quantiles from bins, definitions that agree with each other."""

import numpy as np
import pytest

import orgsim
from orgsim.engine.accounts import COST_LINES
from orgsim.engine.accounts.sums import quantile
from orgsim.engine.operations.state import CYCLE_BINS, CYCLE_MIN, CYCLE_RATIO
from orgsim.measures import MEASURES


@pytest.fixture(scope="module")
def result():
    return orgsim.run("default", "silos", seed=1, overrides=["horizon.weeks=26"])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_quantiles_from_bins_are_close_to_the_sample(share):
    sample = np.random.default_rng(1).lognormal(2.0, 1.0, 20_000)
    bins = (np.log(sample / CYCLE_MIN) / np.log(CYCLE_RATIO)).astype(int)
    counts = np.bincount(bins, minlength=CYCLE_BINS)
    assert quantile(counts, share) == pytest.approx(np.quantile(sample, share), rel=0.01)
    assert np.isnan(quantile(np.zeros(CYCLE_BINS), share))


def test_every_measure_is_there_and_described(result):
    assert list(result.measures) == [measure.key for measure in MEASURES]
    assert all(measure.meaning and measure.label for measure in MEASURES)
    assert list(result.costs) == list(COST_LINES)


def test_total_cost_is_the_sum_of_its_lines(result):
    assert sum(result.costs.values()) == pytest.approx(result.measures["total_cost"], abs=0.001)


def test_letting_customers_leave_does_not_serve_them():
    """Cases given up, and overdue cases that are still open, count as missed promises."""
    starved = orgsim.run("default", overrides=["horizon.weeks=30", "company.functions.it.staff=2"])
    kinds = starved.case_types
    assert kinds["change"]["closed"] < 0.5 * kinds["change"]["opened"]
    assert kinds["change"]["service_level"] < 50
    given_up = 100 * kinds["incident"]["abandoned"] / kinds["incident"]["opened"]
    assert kinds["incident"]["service_level"] < 100 - given_up
    assert starved.measures["weakest_service"] < 50 < starved.measures["service_level"]


def test_same_people_same_payroll():
    """Paid hours at base pay differ between designs by overtime and temporary staff alone."""
    payroll = []
    for design in ("silos", "teams"):
        found = orgsim.run(
            "default",
            design,
            1,
            ["horizon.weeks=10", "people.overtime_cap=0", "people.temps_cap=0", "people.turnover=0"],
        )
        lines = ("value_adding", "familiarisation", "bounce", "rework", "failure_demand",
                 "coordination", "idle", "arbitration", "leadership")  # fmt: skip
        managers = found.measures["managers"] * 68.0 * 40 * 10
        payroll.append(sum(found.costs[line] for line in lines) - managers)
    assert payroll[0] == pytest.approx(payroll[1], abs=0.01)


def test_result_is_revenue_less_costs(result):
    m = result.measures
    assert m["result"] == pytest.approx(m["revenue"] * 0.6 - m["total_cost"])


def test_case_types_add_up(result):
    closed = sum(row["closed"] for row in result.case_types.values())
    assert result.measures["cost_to_serve"] == pytest.approx(result.measures["total_cost"] / closed)
    mean = sum(row["closed"] * row["cycle_time"] for row in result.case_types.values()) / closed
    assert result.measures["cycle_time"] == pytest.approx(mean)
    assert sum(row["staff"] for row in result.units.values()) <= 120


def test_the_default_company_is_believable():
    """Calm orders of magnitude: about .8 utilisation, 10–28 % ping-pong, churn near its anchor."""
    m = orgsim.run("default", "silos", seed=1).measures
    assert 75 < m["utilisation"] < 85
    assert 10 < m["ping_pong"] < 28
    assert 8 < m["churn"] < 12
    assert 5 < m["coordination_share"] < 20
    assert 70 < m["first_contact_resolution"] < 95


def test_warmup_is_not_counted():
    whole = orgsim.run("default", seed=1, overrides=["horizon.weeks=10"])
    warm = orgsim.run("default", seed=1, overrides=["horizon.weeks=10", "horizon.warmup_weeks=5"])
    assert len(warm.weekly["cost"]) == 10
    assert warm.weekly["cost"] == pytest.approx(np.append(whole.weekly["cost"][5:], warm.weekly["cost"][5:]))
    assert warm.measures["total_cost"] == pytest.approx(warm.weekly["cost"].sum())
    assert sum(row["opened"] for row in warm.case_types.values()) < 10 * 660
