"""Information: what is lost is (1−κ) of what is not shared, × the distance, with the lesser κ of both sides;
and φ of the rest between trades that do not know each other."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, plain, rules, scenario, share, silent
from orgsim.mechanisms import information
from orgsim.mechanisms.catalogue import NEUTRAL

KEPT, INTEREST = "frictions.handoff.information_kept", "frictions.handoff.sharing_needs_interest"
TRANSLATION = "frictions.handoff.translation"
kept_between = plain(information.kept_between)


def kept(fields, sharing, local_targets):
    """The share that survives a way of distance 1, as it follows from a function's practices."""
    practices = {"data_sharing": np.array([sharing]), "local_targets": np.array([local_targets])}
    (found,) = information.MECHANISM.pools["information_kept"].value(scenario(fields), practices)
    return found


@law(share, share, share, share)
def test_what_is_not_shared_loses_its_part(alone, interest, sharing, local):
    lost = 1 - kept({KEPT: alone, INTEREST: interest}, sharing, local)
    unshared = 1 - sharing + sharing * interest * local
    assert lost == pytest.approx((1 - alone) * unshared)


@law(share, share, share)
def test_nothing_is_lost_where_all_is_shared_with_interest(alone, interest, local):
    assert kept({KEPT: alone, INTEREST: interest}, 1.0, 0.0) == pytest.approx(1)
    assert kept({KEPT: alone, INTEREST: interest}, 0.0, local) == pytest.approx(alone)
    assert kept(NEUTRAL["information_loss"], 0.0, local) == 1.0
    assert kept(NEUTRAL["sharing_interest"], 1.0, local) == pytest.approx(1)


@law(share, share)
def test_local_targets_never_help_and_sharing_never_hurts(sharing, local):
    found = kept({}, sharing, local)
    assert kept({}, sharing, 1.0) <= found + 1e-12
    assert kept({}, 0.0, local) <= found + 1e-12


def on_the_way(here, there, distance=1.0, strange=False, translation=0.0):
    """The share that a way keeps between pools that keep so much by themselves."""
    sides = Record(information_kept=here), Record(information_kept=there)
    return kept_between(rules("operations", {TRANSLATION: translation}), *sides, distance, strange)


@law(share, share, st.booleans())
def test_a_way_of_distance_one_keeps_the_lesser_of_both_sides(here, there, strange):
    found = on_the_way(here, there, strange=strange)
    assert found == on_the_way(there, here, strange=strange) == pytest.approx(sorted((here, there))[0])


@law(share, share)
def test_what_is_lost_is_in_proportion_to_the_distance(kept, distance):
    assert 1 - on_the_way(kept, 1.0, distance) == pytest.approx((1 - kept) * distance)
    assert on_the_way(kept, 1.0, 0.0) == 1.0


def test_near_and_far_by_hand():
    """With κ = 0.8: 1 − 0.2 · 0.25, 1 − 0.2 · 1.5; with κ = 0.2 nothing is left at distance 1.5."""
    assert on_the_way(0.8, 0.9, 0.25) == pytest.approx(0.95)
    assert on_the_way(0.8, 0.9, 1.5) == pytest.approx(0.7)
    assert on_the_way(0.2, 0.9, 1.5) == 0.0


@law(share, share, st.floats(0, 1.5), share)
def test_between_strange_trades_a_part_of_what_is_kept_is_lost_in_translation(here, there, distance, lost):
    known = on_the_way(here, there, distance, strange=False, translation=lost)
    assert known == on_the_way(here, there, distance)
    strange = on_the_way(here, there, distance, strange=True, translation=lost)
    assert strange == pytest.approx(known - known * lost)


def test_strangers_lose_in_translation_even_side_by_side():
    """5 % by default; nothing where it is switched off."""
    side = Record(information_kept=0.8)
    assert kept_between(rules("operations", {}), side, side, 0.0, True) == pytest.approx(0.95)
    assert kept_between(silent("operations", "translation"), side, side, 0.0, True) == 1.0
