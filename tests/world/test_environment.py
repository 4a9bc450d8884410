"""What crises do besides demand, together, and to whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert found.first_week is not None


def test_effects_are_full_at_the_deepest_point():
    found = world(
        crisis=SHAPE | {"competition": 2.0, "staff_loss": 0.2, "remote_share": 0.6, "offer_fit": 0.3}
    )
    assert found.pull.max(axis=0) == pytest.approx(1 + np.array([1.3, 1.0, 0.6]), rel=0.06)
    assert found.absent.max() == pytest.approx(0.2, rel=0.06)
    assert found.remote.max() == pytest.approx(0.6, rel=0.06)
    assert np.prod(1 - found.fit_lost, axis=0) == pytest.approx(np.full(3, 0.7), rel=0.03)
    assert (found.index == 1).all()


#: everything that a crisis can do besides its change of demand
DOES = {
    "demand": 0, "novelty": 0.5, "contacts": {"complaint": 4.0}, "competition": 2.0, "staff_loss": 0.3,
    "remote_share": 0.9, "offer_fit": 0.2, "budget_cut": 0.1,
}  # fmt: skip
CALM = world()
CHANGES = st.floats(-100, 100)


def month_of(change, **more):
    """One month of calm, one that is changed, then calm again."""
    figures = {"shape": "series", "first_month": "2019-03", "change": [0, change, 0]}
    return world(crisis=figures | DOES | more)


def forces(found):
    """The largest of every effect: 0 in calm."""
    return np.array([
        found.novelty.max() - 1, found.demand.max() - 1, found.pull.max() - 1, found.absent.max(),
        found.remote.max(), 1 - np.prod(1 - found.fit_lost, axis=0).min(), found.cut.max(),
    ])  # fmt: skip


@given(CHANGES)
def test_effects_of_a_series_follow_the_size_of_the_shock_in_either_direction(change):
    expected = abs(change) / 100 * np.array([0.5, 3.0, 1.3, 0.3, 0.9, 0.2, 0.1])
    assert forces(month_of(change)) == pytest.approx(expected, abs=1e-12)


@given(CHANGES, st.floats(0.05, 2))
def test_effects_are_full_at_a_size_of_ones_own(change, full_at):
    share = min(1.0, abs(change) / 100 / full_at)
    found = forces(month_of(change, full_at=full_at))
    assert found[1:] == pytest.approx(share * np.array([3.0, 1.3, 0.3, 0.9, 0.2, 0.1]), abs=1e-12)
    assert found[0] == pytest.approx(0.5 * abs(change) / 100), "novelty has a size of its own"


def test_no_shock_is_calm_to_the_bit():
    found = month_of(0.0)
    for name in ("index", "demand", "spending", "pull", "fit_lost", "novelty", "absent", "remote", "cut"):
        assert np.array_equal(getattr(found, name), getattr(CALM, name)), name


def test_a_month_of_one_per_cent_does_next_to_nothing():
    assert (forces(month_of(-1.0)) <= 0.031).all()
    assert (forces(month_of(-1.0)) > 0).all()


def test_effects_of_a_shape_are_those_of_its_deepest_point_whatever_its_depth():
    shallow, deep = (world(crisis=SHAPE | DOES | {"depth": depth}) for depth in (0.1, 0.8))
    for name in ("demand", "pull", "absent", "remote", "cut"):
        assert np.array_equal(getattr(shallow, name), getattr(deep, name)), name
    assert forces(deep)[0] == pytest.approx(0.5 * 0.8 * 0.95)


def test_a_shape_without_a_depth_is_new_as_far_as_it_has_come():
    assert world(crisis=SHAPE | {"novelty": 0.5}).novelty.max() == pytest.approx(1.5, abs=0.03)
    preset = environment(load("default", ["crisis.preset=competitor"]))
    assert preset.novelty.max() == pytest.approx(1.5)


def test_a_crisis_whose_only_effect_is_switched_off_is_calm():
    settings = load("default", ["crisis.preset=staff-loss", "mechanisms.staff_loss=false"])
    assert environment(settings.effective()).first_week is None


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
        (SHAPE | {"depth": 0.4, "full_at": 0.5}, "crisis.full_at has an effect on a series only"),
        (SHAPE, "crisis.depth is missing: a crisis of shape 'v'"),
        (SHAPE | {"staff_loss": 0.1, "segments": ["kee"]}, "crisis.segments = 'kee' is no segment"),
        (SHAPE | {"contacts": {"claim": 2}}, "crisis.contacts = 'claim' is no case type"),
        (SHAPE | {"contacts": {"complaint": -2}}, "must be from 0 to 100 times"),
    ],
)
def test_crises_without_sense_are_refused(crisis, message):
    with pytest.raises(ScenarioError, match=message):
        world(crisis=crisis)
