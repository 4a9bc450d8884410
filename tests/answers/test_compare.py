"""Comparisons: pairing, intervals, waterfalls that sum, words that do not claim too much."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import orgsim
from orgsim.answers.terms import break_even_week
from orgsim.errors import DesignError, ScenarioError
from orgsim.measures import MEASURES
from orgsim.simulation.runner import side_by_side
from orgsim.statistics.intervals import estimate, holm, paired, rounded_terms

SHORT = ("horizon.weeks=26",)
NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def comparison():
    return orgsim.compare("default", replications=4, overrides=SHORT)


def test_interval_is_students():
    values = np.random.default_rng(0).normal(5, 2, 12)
    found = estimate(values)
    low, high = stats.t.interval(0.95, 11, values.mean(), stats.sem(values))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert np.isnan(estimate([1.0]).low)


def test_paired_interval_is_that_of_the_paired_test():
    rng = np.random.default_rng(1)
    a = rng.normal(0, 1, 15)
    b = a + rng.normal(0.3, 0.1, 15)
    found = paired(a, b)
    interval = stats.ttest_rel(b, a).confidence_interval()
    assert (found.difference.low, found.difference.high) == pytest.approx((interval.low, interval.high))
    assert found.variance_reduction > 50
    assert found.difference.mean == pytest.approx(-paired(b, a).difference.mean)


def test_confidence_intervals_cover_at_their_rate():
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(2000):
        found = estimate(rng.normal(1, 3, 8))
        inside += found.low <= 1 <= found.high
    assert 0.935 < inside / 2000 < 0.965


@given(NUMBERS)
def test_rounded_terms_sum_to_their_rounded_total(terms):
    cents = rounded_terms(terms)
    assert round(sum(cents), 2) == pytest.approx(round(sum(terms), 2), abs=0.0051)
    assert all(abs(a - b) < 0.0101 for a, b in zip(cents, terms, strict=True))


def test_waterfalls_sum_to_the_difference_to_the_cent(comparison):
    cost = comparison.difference("teams", "total_cost").difference.mean
    terms = comparison.cost_waterfall("teams")
    assert sum(term.difference.mean for term in terms) == pytest.approx(cost, abs=0.005)
    assert sum(term.other - term.baseline for term in terms) == pytest.approx(cost, abs=0.005)
    lead = comparison.lead_time_waterfall("teams")
    assert {term.line for term in lead} >= {"queue", "transfer", "arbitration"}
    for term in lead:
        assert term.other - term.baseline == pytest.approx(term.difference.mean)


def test_pairing_gains_on_what_the_world_drives(comparison):
    assert comparison.difference("teams", "churn").variance_reduction > 4
    assert comparison.difference("teams", "revenue").variance_reduction > 4


def test_nothing_to_tell_apart_is_said_so():
    null = orgsim.compare("verification/symmetric-null", replications=3, overrides=["horizon.weeks=8"])
    told = "makes no difference that matters on result"
    assert told in null.sentence()
    for key in null.results["teams"][0].measures:
        a, b = null.values("departments", key), null.values("teams", key)
        assert np.array_equal(a, b, equal_nan=True), key


def test_designs_can_be_chosen_and_turned_round(comparison):
    turned = orgsim.compare("default", replications=4, overrides=SHORT, designs=["teams", "silos"])
    assert turned.baseline == "teams"
    assert turned.difference("silos", "total_cost").difference.mean == pytest.approx(
        -comparison.difference("teams", "total_cost").difference.mean
    )


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"replications": 1}, ScenarioError, "replications = 1 must be 2 or more"),
        ({"seed": -1}, ScenarioError, "seed = -1 must be from 0 to"),
        ({"seed": 2**63}, ScenarioError, "seed = 9223372036854775808 must be from 0 to"),
        ({"designs": ["silos"]}, ScenarioError, "needs two designs"),
        ({"designs": ["silos", "matrix"]}, DesignError, "designs.matrix does not exist"),
    ],
)
def test_bad_requests_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        orgsim.compare("default", **arguments)


def test_the_first_failure_stops_everything():
    done = []

    def work(task, stop):
        if task == 3:
            raise ValueError("broken")
        done.append(task)
        return task

    with pytest.raises(ValueError, match="broken"):
        side_by_side(work, list(range(50)), workers=1)
    assert done == [0, 1, 2]
    with pytest.raises(ValueError, match="broken"):
        side_by_side(work, list(range(50)), workers=2)


def test_progress_is_told():
    told = []
    answers = side_by_side(lambda task, stop: task * 2, [1, 2, 3], 2, lambda *now: told.append(now))
    assert answers == [2, 4, 6]
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)


def test_break_even_is_where_the_running_sum_stays_positive():
    assert break_even_week(np.array([1.0, 1.0])) == 0
    assert break_even_week(np.array([-3.0, 1.0, 1.0, 2.0, 1.0])) == 3
    assert break_even_week(np.array([2.0, -3.0, 2.0, -0.5])) == 2
    assert break_even_week(np.array([5.0, -6.0])) is None


def test_all_measures_of_all_designs_are_corrected_together():
    found = orgsim.compare("six-designs", 4, overrides=["horizon.weeks=3"])
    judged = [found.difference(d, m.key) for d in found.others for m in MEASURES if m.better]
    assert [one.p_holm for one in judged] == pytest.approx(holm([one.p_value for one in judged]), nan_ok=True)
    for design in found.others:
        one = found.difference(design, "utilisation")
        assert one.verdict is None
        assert np.isnan(one.p_holm)
    data = found.to_dict()
    told = data["differences"]["teams"]["measures"]["total_cost"]
    one = found.difference("teams", "total_cost")
    assert (told["p_holm"], told["verdict"], told["smallest"]) == (one.p_holm, one.verdict, one.smallest)
    assert one.smallest == pytest.approx(0.01 * one.baseline)
    assert data["provenance"]["settings"]["title"] == found.scenario.title
