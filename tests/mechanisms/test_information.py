"""Information: what is lost at a border is (1−κ) of what is not shared; a crossing keeps the lesser of both
sides."""

import numpy as np
import pytest

from mechanisms.equations import Record, law, plain, scenario, share
from orgsim.mechanisms import information
from orgsim.mechanisms.catalogue import NEUTRAL

KEPT, INTEREST = "frictions.handoff.information_kept", "frictions.handoff.sharing_needs_interest"
kept_between = plain(information.kept_between)


def kept(fields, sharing, local_targets):
    """The share that survives a border, as it follows from a function's practices."""
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


@law(share, share)
def test_a_crossing_keeps_the_lesser_of_both_sides(here, there):
    sides = Record(information_kept=here), Record(information_kept=there)
    assert kept_between(*sides) == kept_between(*reversed(sides)) == sorted((here, there))[0]
