"""Depth, time and area of a fall."""

import numpy as np
import pytest

from orgsim.engine.accounts.resilience import resilience


def test_a_rectangular_fall():
    weekly = np.full(60, 100.0)
    weekly[20:30] = 50.0
    found = resilience(weekly, 20)
    assert found["resilience_depth"] == pytest.approx(50)
    assert 10 <= found["resilience_weeks"] <= 14
    assert found["resilience_loss"] == pytest.approx(500)


def test_no_event_no_fall_and_no_recovery():
    weekly = np.full(60, 100.0)
    assert np.isnan(list(resilience(weekly, None).values())).all()
    assert np.isnan(list(resilience(weekly, 2).values())).all()
    weekly[20:] = 10.0
    assert np.isnan(resilience(weekly, 20)["resilience_weeks"])
    assert resilience(weekly, 20)["resilience_depth"] == pytest.approx(90)
