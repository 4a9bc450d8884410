"""Overtime: what is above the threshold, worked off in the week, up to a cap."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, silent
from orgsim.mechanisms import overtime

CAP, FROM = "people.overtime_cap", "people.overtime_from"
overtime_for = plain(overtime.overtime_for)


@law(legal(CAP), st.floats(0, 2), st.floats(0, 3))
def test_overtime_works_off_what_is_above_the_threshold_up_to_the_cap(cap, threshold, weeks):
    found = overtime_for(rules("people", {CAP: cap, FROM: threshold}), weeks)
    assert found == pytest.approx(np.clip(weeks - threshold, 0, cap))
    assert overtime_for(silent("people", "overtime"), weeks) == 0.0


@pytest.mark.parametrize(("weeks", "share"), [(0.25, 0.0), (0.5, 0.0), (0.75, 0.25), (9.0, 0.5)])
def test_its_three_parts(weeks, share):
    assert overtime_for(rules("people", {CAP: 0.5, FROM: 0.5}), weeks) == share
