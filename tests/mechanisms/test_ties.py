"""Ties: between strangers a handoff takes (1 − β·tie) ÷ (1 − β·known) of what it takes among acquaintances; a
contact adds its part of what is missing; half is gone after a half-life; at rest what comes is what fades."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, scenario, share, silent
from orgsim.mechanisms import ties

EFFECT, KNOWN, GAIN = (f"frictions.ties.{name}" for name in ("effect", "known", "gain"))
HALF_LIFE, CV = "frictions.ties.half_life", "people.sociability_cv"
strangeness, gained, sociability_of = map(plain, (ties.strangeness, ties.gained, ties.sociability_of))


def test_strangers_take_two_thirds_longer_by_default_and_the_closest_a_sixth_less():
    operations = rules("operations", {})
    found = [strangeness(operations, tie) for tie in (0.0, 0.8, 1.0)]
    assert found == pytest.approx([5 / 3, 1.0, 5 / 6])


@law(legal(EFFECT), legal(KNOWN), share, share)
def test_who_knows_more_takes_less_and_whoever_is_known_as_agreed_takes_one(effect, known, one, other):
    operations = rules("operations", {EFFECT: effect, KNOWN: known})
    assert strangeness(operations, known) == pytest.approx(1.0)
    less, more = sorted((one, other))
    assert 0 < strangeness(operations, more) <= strangeness(operations, less)


@law(share)
def test_switched_off_nobody_is_a_stranger(tie):
    assert strangeness(silent("operations", "ties"), tie) == 1.0


@law(share, share, st.floats(0, 20))
def test_a_tie_grows_by_a_part_of_what_is_missing_and_never_beyond_one(tie, gain, sociability):
    more = gained(tie, gain, sociability)
    assert 0 <= more <= 1 - tie + 1e-15
    if gain * sociability <= 1:
        assert more == pytest.approx(gain * sociability * (1 - tie))


def test_contacts_leave_the_power_of_what_was_missing():
    tie = 0.0
    for _ in range(10):
        tie += gained(tie, 0.05, 1.0)
    assert tie == pytest.approx(1 - 0.95**10)


@law(legal(HALF_LIFE))
def test_after_a_half_life_half_is_left(half_life):
    kept = ties.kept_in_a_week(scenario({HALF_LIFE: half_life}))
    assert kept**half_life == pytest.approx(0.5)


@pytest.mark.parametrize(("contacts", "own"), [(0.0, 1.0), (5.0, 0.0), (0.3, 1.0)])
def test_at_rest_what_comes_in_a_short_time_is_what_fades_in_it(contacts, own):
    """Many steps of a hundredth of a week, from strangers, end where the closed form says."""
    rule = scenario({}).frictions.ties
    tie, step = 0.0, 0.01
    for _ in range(100_000):
        tie += step * ((rule.gain * contacts + rule.group_gain * own) * (1 - tie))
        tie *= 0.5 ** (step / rule.half_life)
    assert ties.tie_after_long(rule, contacts, own) == pytest.approx(tie, rel=1e-3)


def test_who_never_meets_has_no_tie():
    assert ties.tie_after_long(scenario({}).frictions.ties, 0.0, 0.0) == 0.0


@law(share, share, share)
def test_under_full_telework_a_part_of_the_gain_across_units_is_lost(gain, loss, remote):
    assert ties.gain_across(gain, loss, 0.0) == gain
    assert ties.gain_across(gain, loss, 1.0) == pytest.approx(gain * (1 - loss))
    assert ties.gain_across(gain, loss, remote) >= ties.gain_across(gain, loss, 1.0) - 1e-15


def test_people_differ_about_a_mean_of_one():
    keys = [np.uint64((2 * i + 1) * 2**63 // 4000) for i in range(4000)]
    people = rules("people", {CV: 0.5})
    found = [sociability_of(people, key) for key in keys]
    assert np.mean(found) == pytest.approx(1.0, rel=0.01)
    assert np.std(found) == pytest.approx(0.5, rel=0.03)
    assert {sociability_of(rules("people", {CV: 0.0}), key) for key in keys[:9]} == {1.0}
    assert math.isfinite(max(found))
