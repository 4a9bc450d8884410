"""Asking a friend: f · tie · (1 − s · local targets)."""

import pytest

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import asking_friends

FRIEND, TARGETS = "frictions.ties.friend", "frictions.ties.friend_targets"
chance = plain(asking_friends.friend_chance)


@law(legal(FRIEND), legal(TARGETS), share, share)
def test_it_is_a_product_of_willingness_acquaintance_and_what_targets_leave(friend, held, targets, tie):
    operations = rules("operations", {FRIEND: friend, TARGETS: held})
    assert chance(operations, targets, tie) == pytest.approx(friend * tie * (1 - held * targets))


def test_by_default_full_acquaintances_settle_a_quarter_under_local_targets_and_half_without():
    operations = rules("operations", {})
    assert chance(operations, 1.0, 1.0) == pytest.approx(0.25)
    assert chance(operations, 0.0, 1.0) == pytest.approx(0.5)
    assert chance(operations, 0.0, 0.0) == 0.0


@law(share, share)
def test_switched_off_nobody_asks(targets, tie):
    assert chance(silent("operations", "asking_friends"), targets, tie) == 0.0
