"""What crises do besides demand, together, and to whom."""

import numpy as np
import pytest

from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.scenario.catalogue import preset_names
from orgsim.world import environment


def world(*overrides, **tables):
    return environment(load({"extends": "default", "horizon": {"weeks": 60}, **tables}, overrides))


SHAPE = {"shape": "v", "start_week": 10, "duration_weeks": 20}


def test_calm_changes_nothing():
    calm = world()
    assert (calm.demand == 1).all()
    assert (calm.pull == 1).all()
    assert (calm.absent == 0).all()
    assert calm.first_week is None


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_says_where_its_figures_come_from_and_does_something(name):
    settings = load("default", [f"crisis.preset={name}"])
    assert settings.crisis.label
    assert settings.crisis.source
    found = environment(settings)
    assert found.first_week is not None or settings.crisis.remote_share or settings.crisis.budget_cut


def test_effects_are_full_at_the_deepest_point():
    found = world(
        crisis=SHAPE | {"competition": 2.0, "staff_loss": 0.2, "remote_share": 0.6, "offer_fit": 0.3}
    )
    assert found.pull.max(axis=0) == pytest.approx(1 + np.array([1.3, 1.0, 0.6]), rel=0.06)
    assert found.absent.max() == pytest.approx(0.2, rel=0.06)
    assert found.remote.max() == pytest.approx(0.6, rel=0.06)
    assert np.prod(1 - found.fit_lost, axis=0) == pytest.approx(np.full(3, 0.7), rel=0.03)
    assert (found.index == 1).all()


def test_a_crisis_of_one_process_and_one_segment():
    found = world(crisis=SHAPE | {"depth": 0.5, "processes": ["experience"], "segments": ["key"]})
    types = list(load("default").case_types)
    changed = (found.demand != 1).any(axis=0)
    assert not changed[0].any()
    assert changed[2, types.index("billing")]
    assert not changed[2, types.index("enquiry")]


def test_contacts_may_outlast_the_shock():
    crisis = SHAPE | {"demand": 0, "contacts": {"complaint": 5.0}, "novelty": 0}
    short, long = world(crisis=crisis), world(crisis=crisis | {"aftermath_weeks": 26})
    complaint = list(load("default").case_types).index("complaint")
    assert short.demand[:, 0, complaint].max() == pytest.approx(5, rel=0.06)
    assert short.demand[40, 0, complaint] == 1
    assert long.demand[46, 0, complaint] == pytest.approx(1 + 4 * 0.95 * 0.5, rel=0.1)


def test_crises_at_the_same_time_multiply():
    one = world(crisis=SHAPE | {"depth": 0.4})
    both = world(crisis=SHAPE | {"depth": 0.4}, crises={"other": SHAPE | {"depth": 0.4}})
    assert both.index == pytest.approx(one.index**2)
    assert both.demand == pytest.approx(one.demand**2)


def test_a_preset_among_several():
    both = world(crises={"a": {"preset": "competitor"}, "b": {"preset": "staff-loss"}})
    assert both.pull.max() > 2
    assert both.absent.max() > 0.15


@pytest.mark.parametrize(
    ("crisis", "message"),
    [
        ({"competition": 2.0}, "crisis.competition has no effect while shape = 'none'"),
        (SHAPE | {"staff_loss": 0.1, "segments": ["kee"]}, "crisis.segments = 'kee' is no segment"),
        (SHAPE | {"contacts": {"claim": 2}}, "crisis.contacts = 'claim' is no case type"),
        (SHAPE | {"contacts": {"complaint": -2}}, "must be from 0 to 100 times"),
    ],
)
def test_crises_without_sense_are_refused(crisis, message):
    with pytest.raises(ScenarioError, match=message):
        world(crisis=crisis)
