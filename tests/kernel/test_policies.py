"""Rules of one's own: each replaces the model's rule, and the model's own written out changes nothing.

A set of policies is compiled anew, which takes some seconds: hence one set, not ten."""

import os
import pickle
import subprocess
import sys

import pytest

import orgsim
from orgsim.kernel.policies import OWN, policies
from orgsim.mesa_model.model import OrganisationModel

SHORT = ["horizon.weeks=12", "company.functions.service.staff=17"]
SHORTEST = ["horizon.weeks=3", *SHORT[1:]]


def outcome(rules=OWN, overrides=SHORT):
    return orgsim.run("default", "silos", 1, overrides, rules)


@pytest.fixture(scope="module")
def own():
    return outcome()


def test_a_name_that_is_no_policy_is_refused():
    with pytest.raises(TypeError, match="'dispach' is no policy"):
        policies(dispach=lambda case, kind, now: 0.0)


WRITTEN_OUT = """
import math, sys
import orgsim
from orgsim.kernel.policies import policies

def first_come(case, kind, now):
    return now - case.since

def bounce(case, pool, rules):
    return rules.bounce * (1.0 - case.information) * pool.local_targets

def rework(rules, levels):
    return min(1.0, rules.outcome_rework + rules.outcome_rework_per_level * levels)

def hazard(rules, satisfaction):
    return rules.hazard * math.exp(-rules.slope * (satisfaction - rules.reference))

rules = policies(dispatch=first_come, bounce=bounce, outcome=rework, retention=hazard)
print(repr(orgsim.run("default", "silos", 1, sys.argv[1:], rules).measures))
"""


def test_the_models_rules_written_out_are_the_same():
    """In plain Python, which gives the same bits: compiling once more would take longer."""
    plain = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WRITTEN_OUT, *SHORTEST], env=plain, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == repr(outcome(overrides=SHORTEST).measures)


#: takes up a model, and lays its result beside
TAKES_UP = (
    "import pathlib, pickle, sys; file = pathlib.Path(sys.argv[1]); "
    "model = pickle.loads(file.read_bytes()); model.run_model(); "
    "file.write_bytes(pickle.dumps(model.result()))"
)


def test_other_rules_change_what_they_are_about(own, tmp_path):
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

    rules = policies(dispatch=least_slack, bounce=never, outcome=always, satisfaction=speed, retention=loyal)
    result = outcome(rules)
    assert result.costs["rework"] > 1.2 * own.costs["rework"]
    found, own = result.measures, own.measures
    assert own["ping_pong"] > 10
    assert found["ping_pong"] == 0
    assert found["churn"] == 0
    assert found["satisfaction"] != own["satisfaction"]
    assert found["service_level"] != own["service_level"]

    model = OrganisationModel(design="silos", rng=1, overrides=SHORT, policies=rules)
    for _ in range(17):
        model.step()
    set_down = pickle.dumps(model)
    file = tmp_path / "model.pickle"
    file.write_bytes(set_down)
    subprocess.run([sys.executable, "-c", TAKES_UP, file], check=True)
    here = pickle.loads(set_down)
    here.run_model()
    for taken_up in (here.result(), pickle.loads(file.read_bytes())):
        assert repr(taken_up.measures) == repr(found), "rules of one's own go with a model that is pickled"
