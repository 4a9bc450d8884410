"""Rules of one's own: each replaces the model's rule, and the model's own written out changes nothing.

A set of policies is compiled anew, which takes some seconds: hence two sets, not ten."""

import math

import pytest

import orgsim
from orgsim.policies import OWN, policies

SHORT = ["horizon.weeks=12", "company.functions.service.staff=17"]


def outcome(rules=OWN):
    return orgsim.run("default", "silos", 1, SHORT, rules)


@pytest.fixture(scope="module")
def own():
    return outcome()


def test_a_name_that_is_no_policy_is_refused():
    with pytest.raises(TypeError, match="'dispach' is no policy"):
        policies(dispach=lambda case, kind, now: 0.0)


def test_the_models_rules_written_out_are_the_same(own):
    def first_come(case, kind, now):
        return now - case.since

    def bounce(case, pool, rules):
        return rules.bounce * (1.0 - case.information) * pool.local_targets

    def rework(rules, levels):
        return min(1.0, rules.outcome_rework + rules.outcome_rework_per_level * levels)

    def hazard(rules, satisfaction):
        return rules.hazard * math.exp(-rules.slope * (satisfaction - rules.reference))

    rules = policies(dispatch=first_come, bounce=bounce, outcome=rework, retention=hazard)
    assert repr(outcome(rules).measures) == repr(own.measures)


def test_other_rules_change_what_they_are_about(own):
    def least_slack(case, kind, now):
        return -(kind.promise - (now - case.opened))

    def never(case, pool, rules):
        return 0.0

    def always(rules, levels):
        return 1.0

    def speed(rules, closed, promise):
        return 1.0 if closed.cycle <= promise else 0.0

    def loyal(rules, satisfaction):
        return 0.0

    result = outcome(
        policies(dispatch=least_slack, bounce=never, outcome=always, satisfaction=speed, retention=loyal)
    )
    assert result.costs["rework"] > 1.2 * own.costs["rework"]
    found, own = result.measures, own.measures
    assert own["ping_pong"] > 10
    assert found["ping_pong"] == 0
    assert found["churn"] == 0
    assert found["satisfaction"] != own["satisfaction"]
    assert found["service_level"] != own["service_level"]
