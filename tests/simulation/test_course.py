"""What is recorded goes by name: every series and every sum against numbers worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from orgsim.engine.market.customers import ACTIVE, LOST
from orgsim.measures.account import SUMS
from orgsim.scenario import load
from orgsim.simulation.course import WEEKLY, Course, WeekSeen
from orgsim.simulation.schedule import Simulation

SMALL = ["horizon.weeks=6", "segments.small.customers=1500"]
WEEK = WeekSeen(
    index=0.9,
    customers={
        "active": 200.0, "lost": 4.0, "satisfaction": 150.0, "squared": 120.0,
        "very_satisfied": 60.0, "won": 7.0, "promoters": 80.0, "detractors": 30.0,
    },
    judged={"cases": 50.0, "effort": 12.0},
    staff={
        "people": 100.0, "knowledge": 40.0, "morale": 65.0, "fatigue": 20.0, "reward_unseen": 10.0,
        "staff_promoters": 33.0, "staff_detractors": 11.0, "left": 2.0, "rows": 120,
    },
    fit=0.7, standard=0.95, maturity=0.45, open_cases=321, backlog=1_234.0, overtime=80.0, temporary_staff=3,
    hired=5, revenue=100_000.0, cost=45_000.0,
)  # fmt: skip


def course(**money):
    settings = load("default", ["money.direct_cost=0.4", "people.gaming=0.5", *_overrides(money)])
    return Course(settings)


def _overrides(values):
    return [f"{name.replace('__', '.')}={value}" for name, value in values.items()]


def test_a_line_of_the_weekly_course():
    found = course()
    found.record(0, WEEK)
    assert {name: series[0] for name, series in found.weekly.items()} == pytest.approx({
        "index": 0.9, "customers": 203, "satisfaction": 75, "measured_satisfaction": 80,
        "very_satisfied": 30, "lost": 4, "won": 7, "open_cases": 321, "backlog_hours": 1_234,
        "overtime_share": 0.02, "temporary_staff": 3, "staff": 100, "left": 2, "hired": 5, "knowledge": 0.4,
        "morale": 0.65, "fatigue": 0.2, "work_standard": 0.95, "offer_fit": 0.7, "maturity": 0.45,
        "revenue": 100_000, "cost": 45_000, "result": 15_000,
    })  # fmt: skip
    assert list(found.weekly) == list(WEEKLY)


def test_sums_since_the_measures_began():
    found = course()
    found.record(0, WEEK)
    assert found.sums == pytest.approx({
        "revenue": 100_000, "discounted": 15_000, "customer_weeks": 200, "lost": 4, "won": 7,
        "satisfied": 150, "satisfied_squared": 120, "very_satisfied": 60, "promoters": 80,
        "detractors": 30, "measured": 16_000,
        "judged": 50, "effort": 12, "people_weeks": 100, "left": 2, "knowledge": 40, "morale": 65,
        "fatigue": 20, "staff_promoters": 33, "staff_detractors": 11, "overtime": 80, "backlog": 1_234,
        "standard": 0.95, "fit": 0.7, "maturity": 0.45,
    })  # fmt: skip
    assert list(found.sums) == list(SUMS)
    found.record(1, WEEK)
    assert found.sums["promoters"] == 160
    found.begin()
    assert set(found.sums.values()) == {0.0}


def test_nobody_has_no_satisfaction():
    found = course()
    found.record(0, replace(WEEK, customers=dict.fromkeys(WEEK.customers, 0.0)))
    for name in ("satisfaction", "measured_satisfaction", "very_satisfied"):
        assert math.isnan(found.weekly[name][0])
    assert found.sums["measured"] == 0.0


@pytest.mark.parametrize("warmup", [0, 520])
def test_results_are_discounted_to_when_the_measures_begin(warmup):
    """The same result every week for a year is worth a geometric series, whatever went before."""
    found = course(money__discount_rate=0.1, horizon__warmup_weeks=warmup)
    for week in range(warmup, warmup + 52):
        found.record(week, WEEK)
    rate = 1.1 ** (-1 / 52)
    assert found.sums["discounted"] == pytest.approx(15_000 * (1 - 1 / 1.1) / (1 - rate))


def test_the_books_count_the_customers_there_are():
    """A base of customers made by hand: who would recommend, warn, is very satisfied, by segment."""
    settings = load("default", [*SMALL, "market.relaxation_weeks=1000"])
    run = Simulation(settings, "silos", seed=1)
    customers = run.market.customers[: run.market.rows]
    customers["satisfaction"] = np.resize([0.05, 0.95, 0.6, 0.99, 0.97, 0.75], len(customers))
    run.run(lambda: run.week >= 1)
    market, rules = run.market, settings.market
    customers = market.customers[: market.rows]
    here = customers[
        (customers["joined"] <= 0) & ((customers["status"] == ACTIVE) | (customers["left"] == 0))
    ]
    level, books = here["satisfaction"], run.books
    for place in range(len(books)):
        mine = here["segment"] == place
        lost = mine & (here["status"] == LOST)
        assert books["active"][place] == mine.sum()
        assert books["lost"][place] == lost.sum()
        assert books["satisfaction"][place] == pytest.approx(level[mine].sum())
        assert books["promoters"][place] == (level[mine] >= rules.promoter_from).sum()
        assert books["detractors"][place] == (level[mine] < rules.detractor_below).sum()
        assert books["very_satisfied"][place] == (level[mine] >= 0.8).sum()
    assert books["won"].sum() == (customers["joined"] == 1).sum()
    share = 100 * ((level >= rules.promoter_from).sum() - (level < rules.detractor_below).sum()) / len(level)
    assert run.result().measures["nps"] == pytest.approx(share)
    assert share > 20


def test_the_score_of_staff_is_that_of_its_people():
    """Everybody who would recommend, less everybody who would not, as the people's totals have it."""
    run = Simulation(load("default", SMALL), "silos", seed=1)
    counts = []
    while not run.finished:
        run.run(lambda week=run.week: run.week > week)
        totals = run.staff.totals[0]
        counts.append((totals["staff_promoters"] - totals["staff_detractors"], totals["people"]))
    balance, people = map(sum, zip(*counts, strict=True))
    assert run.result().measures["enps"] == pytest.approx(100 * balance / people)
