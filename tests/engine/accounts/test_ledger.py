"""Every line of the money ledger from the hours and heads of a week, by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from orgsim.engine.accounts import COST_LINES
from orgsim.engine.accounts import ledger as money
from orgsim.engine.operations.state import LINES, QUEUE, TRANSFER

POOLS = 2
PAY = np.array([30.0, 50.0])
RATES = money.Rates(
    pay=PAY, manager_pay=70.0, overtime_premium=0.25, temporary_premium=0.4, overhead_per_week=200.0,
    hiring=3000.0, compensation=40.0, week_hours=40.0,
)  # fmt: skip
WEEK = money.Week(
    overtime_hours=np.array([3.0, 5.0]), staff=10.0, managers=2.0, headquarters=4.0, headquarters_pay=35.0,
    hired=2, defects_delivered=6, decided={"transition": 700.0, "programme": 80.0},
)  # fmt: skip
ATTENTION = 9.0


@pytest.fixture
def books(monkeypatch):
    """A core that has booked nothing yet, and its ledger; pricing runs as plain Python."""
    monkeypatch.setattr(money, "price_hours", getattr(money.price_hours, "py_func", money.price_hours))
    core = SimpleNamespace(paid=np.zeros((2 * POOLS, len(LINES))), nodes={"hours": np.array([1.0, 2.0])})
    return core, money.Ledger(RATES, core)


def book(core):
    """Hours of a week: of each pool's own people, then of its temporary staff."""
    hours = np.arange(1.0, core.paid.size + 1).reshape(core.paid.shape)
    core.paid += hours
    core.nodes["hours"] = core.nodes["hours"] + np.array([ATTENTION, 0.0])
    return hours


def test_each_line_is_priced(books):
    core, ledger = books
    hours = book(core)
    total = ledger.close_week(core, WEEK)
    found = ledger.as_dict()
    by_line = hours.T @ np.tile(PAY, 2)
    for place, line in enumerate(LINES):
        if place in (QUEUE, TRANSFER):
            assert line not in found
        elif line != "arbitration":
            assert found[line] == pytest.approx(by_line[place])
    assert found["arbitration"] == pytest.approx(by_line[LINES.index("arbitration")] + ATTENTION * 70)
    assert found["leadership"] == pytest.approx((2 * 40 - ATTENTION) * 70)
    assert found["headquarters"] == pytest.approx(4 * 40 * 35)
    assert found["overtime_premium"] == pytest.approx(0.25 * (3 * 30 + 5 * 50))
    assert found["temporary_premium"] == pytest.approx(0.4 * hours[POOLS:].sum(axis=1) @ PAY)
    assert found["overhead"] == pytest.approx((10 + 2 + 4) * 200)
    assert found["hiring"] == pytest.approx(2 * 3000)
    assert found["compensation"] == pytest.approx(6 * 40)
    assert (found["transition"], found["programme"]) == (700.0, 80.0)
    assert found["severance"] == found["dual_running"] == 0.0
    assert total == pytest.approx(sum(found.values())) == pytest.approx(ledger.total)
    assert tuple(found) == COST_LINES


def test_hours_are_priced_once(books):
    """A week takes up what has been booked since the one before, and adds to it."""
    core, ledger = books
    book(core)
    first = ledger.close_week(core, WEEK)
    book(core)
    assert ledger.close_week(core, WEEK) == pytest.approx(first)
    assert ledger.total == pytest.approx(2 * first)
    nothing = money.Week(np.zeros(POOLS), 0.0, 0.0, 0.0, 0.0, 0, 0, {})
    assert ledger.close_week(core, nothing) == 0.0


def test_counting_begins_anew(books):
    core, ledger = books
    book(core)
    ledger.begin(core)
    assert ledger.total == 0.0
    assert ledger.close_week(core, money.Week(np.zeros(POOLS), 0.0, 0.0, 0.0, 0.0, 0, 0, {})) == 0.0
