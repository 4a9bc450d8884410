"""Staff loss: as many as the share says, and whoever is absent of few is absent of more."""

import math

import numpy as np
import pytest

from mechanisms.equations import law, plain, share
from orgsim.mechanisms import staff_loss

is_absent = plain(staff_loss.is_absent)


@law(share)
def test_evenly_drawn_people_are_absent_in_the_share_that_is_said(part):
    draws = (np.arange(1000) + 0.5) / 1000
    assert np.mean([is_absent(luck, part) for luck in draws]) == pytest.approx(part, abs=0.0006)


def test_nobody_is_absent_of_none_and_everybody_of_all():
    assert not is_absent(0.0, 0.0)
    assert is_absent(math.nextafter(1.0, 0.0), 1.0)


@law(share, share, share)
def test_more_absence_takes_the_same_people_and_others(luck, few, many):
    few, many = sorted((few, many))
    assert is_absent(luck, many) or not is_absent(luck, few)
