"""Telework: transfers of a pool are longer in proportion to the share of time worked from home."""

import numpy as np
import pytest

from mechanisms.equations import law, legal, scenario, share
from orgsim.mechanisms import telework
from orgsim.mechanisms.catalogue import NEUTRAL

PENALTY = "frictions.handoff.remote_penalty"


def factors(fields, *remote):
    practices = {"remote_share": np.array(remote)}
    return telework.MECHANISM.pools["transfer_factor"].value(scenario(fields), practices)


@law(legal(PENALTY), share)
def test_transfers_are_longer_by_the_penalty_for_the_part_at_home(penalty, remote):
    at_home, in_part, at_work = factors({PENALTY: penalty}, 1.0, remote, 0.0)
    assert (at_home, at_work) == (1 + penalty, 1.0)
    assert in_part == pytest.approx(remote * at_home + (1 - remote) * at_work)
    assert factors(NEUTRAL["telework"], remote) == 1.0
