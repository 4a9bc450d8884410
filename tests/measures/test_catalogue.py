"""Every measure against numbers worked out by hand, so that no sign, part or whole can be another one."""

import math
from dataclasses import replace

import pytest

from orgsim.measures import BY_KEY, MEASURES, Account, Margin
from orgsim.measures.catalogue import _over_staff
from orgsim.mechanisms.declaration import StaffMean

#: no two numbers alike where they could be taken for each other
ACCOUNT = Account(
    weeks=50,
    week_hours=40.0,
    weeks_per_year=52,
    sums={
        "revenue": 9_000_000.0, "discounted": 1_234_567.0, "customer_weeks": 52_000.0, "lost": 100.0,
        "won": 80.0, "satisfied": 39_000.0, "satisfied_squared": 31_330.0,
        "very_satisfied": 13_000.0, "promoters": 20_800.0,
        "detractors": 7_800.0, "measured": 4_160_000.0, "judged": 4_000.0, "effort": 1_000.0,
        "people_weeks": 5_200.0, "left": 12.0, "knowledge": 2_080.0, "morale": 3_380.0, "fatigue": 1_040.0,
        "staff_promoters": 1_560.0, "staff_detractors": 1_040.0, "overtime": 700.0, "backlog": 6_000.0,
        "standard": 45.0, "fit": 35.0, "maturity": 20.0,
    },
    costs={
        "value_adding": 2_000_000.0, "leadership": 400_000.0, "headquarters": 100_000.0,
        "overhead": 300_000.0, "rework": 50_000.0, "bounce": 30_000.0, "failure_demand": 90_000.0,
        "compensation": 10_000.0,
    },
    total_cost=4_000_000.0,
    direct_cost=0.4,
    paid={
        "value_adding": 100_000.0, "rework": 3_000.0, "bounce": 1_000.0, "failure_demand": 8_000.0,
        "coordination": 10_000.0, "idle": 40_000.0,
    },
    paid_hours=200_000.0,
    temporary_hours=600.0,
    lead={"value_adding": 90_000.0, "queue": 60_000.0},
    lead_hours=360_000.0,
    cases={
        "opened": 6_000.0, "closed": 5_000.0, "abandoned": 250.0, "repeats": 400.0, "cycle": 60_000.0,
        "handoffs": 10_500.0, "bounced": 300.0, "handed_over": 1_500.0, "exceptions": 800.0,
        "tie": 6_300.0, "changes": 10_500.0, "far_exceptions": 200.0, "automated": 900.0,
    },
    experiments={"closed": 4.0, "cycle": 640.0},
    cycle_within=lambda share: 100 * share,
    decisions=700.0,
    latency=2_100.0,
    open_case_hours=240_000.0,
    waiting_age=17.0,
    service=91.0,
    service_by_process=(95.0, math.nan, 83.0, 90.0),
    managers=15.0,
    customers=980.0,
    customers_by_segment=(600.0, 400.0),
    lifetime_values=(5_000.0, 20_000.0),
    acquisition_share=0.1,
    new_customer_margin=50.0,
    fall={"resilience_depth": 30.0, "resilience_weeks": 9.0, "resilience_loss": 70_000.0},
)  # fmt: skip
#: by measure: its value for this account, and which direction is better (1: more, −1: less, 0: neither)
EXPECTED = {
    "total_cost": (4_000_000, -1), "cost_to_serve": (800, -1), "overhead_ratio": (20, -1),
    "cost_of_poor_quality": (4.5, -1), "revenue": (9_000_000, 1), "result": (1_400_000, 1),
    "discounted_result": (1_234_567, 1), "customer_equity": (11_000_000, 1), "clv": (11_000, 1),
    "cac": (5_000, -1), "payback": (100, -1), "satisfaction": (75, 1), "very_satisfied": (25, 1),
    "satisfaction_spread": (20, 0),
    "measured_satisfaction": (80, 1), "kpi_gap": (5, -1), "nps": (25, 1), "effort": (25, -1),
    "churn": (10, -1), "retention": (100 * math.exp(-0.1), 1), "customers": (980, 1), "won": (80, 1),
    "cycle_time": (12, -1), "cycle_p50": (50, -1), "cycle_p90": (90, -1), "service_level": (91, 1),
    "weakest_service": (83, 1), "abandonment": (100 * 250 / 5_250, -1), "flow_efficiency": (25, 1),
    "throughput": (100, 0), "work_in_progress": (120, -1), "backlog": (120, -1), "backlog_age": (17, -1),
    "automated": (15, 0), "handoffs": (2, -1), "acquaintance": (60, 0), "ping_pong": (20, -1),
    "first_contact_resolution": (92, 1),
    "rework_share": (2, -1), "failure_demand": (4, -1), "escalation": (25, -1),
    "arbitration_latency": (3, -1), "coordination_share": (5, -1), "utilisation": (80, 0),
    "touch_share": (50, 0), "overtime": (700, -1), "temporary": (600, -1), "managers": (15, -1),
    "staff_turnover": (12, -1), "morale": (65, 1), "enps": (10, 1), "fatigue": (20, -1),
    "customer_knowledge": (40, 1), "work_standard": (90, 0), "maturity": (40, 1), "time_to_market": (4, -1),
    "offer_fit": (70, 1), "resilience_depth": (30, -1), "resilience_weeks": (9, -1),
    "resilience_loss": (70_000, -1),
}  # fmt: skip


@pytest.mark.parametrize("key", list(BY_KEY))
def test_formula_and_direction(key):
    value, direction = EXPECTED[key]
    assert BY_KEY[key].formula(ACCOUNT) == pytest.approx(value)
    assert {"higher": 1, "lower": -1, "": 0}[BY_KEY[key].better] == direction


def test_every_measure_is_declared_whole():
    assert list(EXPECTED) == [measure.key for measure in MEASURES]
    for measure in MEASURES:
        assert measure.label
        assert measure.meaning
        assert measure.matters.amount > 0
        assert measure.matters.of == "" or measure.matters.of in BY_KEY


#: a hundredth of the total cost where a measure may lie around 0
_AROUND_NOTHING = ("result", "discounted_result", "resilience_loss")
#: amounts that follow from no unit, as said at the top of the catalogue or counted in people and weeks
_AMOUNTS = {"churn": 0.5, "retention": 0.5, "handoffs": 0.1, "managers": 1.0, "resilience_weeks": 1.0}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_what_matters_follows_from_the_unit(measure):
    """The rule that the catalogue states, told a second time."""
    if measure.key in _AMOUNTS:
        expected = Margin(_AMOUNTS[measure.key])
    elif measure.unit.startswith("€"):
        expected = Margin(0.01, "total_cost" if measure.key in _AROUND_NOTHING else measure.key)
    elif measure.unit.startswith("%") or measure.unit in ("0–100", "points"):
        expected = Margin(1.0)
    elif measure.unit == "−100–100":
        expected = Margin(2.0)
    else:
        expected = Margin(0.01 if measure.key == "customers" else 0.05, measure.key)
    assert measure.matters == expected


def test_what_a_mechanism_wants_recorded_is_a_mean_over_staff():
    mean = StaffMean("ties", "Ties", "0–100", "higher", 1, "of people", 2.0, "member", "tie", scale=100.0)
    account = replace(ACCOUNT, sums=ACCOUNT.sums | {"ties": 1_300.0})
    assert _over_staff(mean).formula(account) == pytest.approx(100 * 1_300 / 5_200)
    assert _over_staff(mean).matters == Margin(2.0)


def test_a_share_of_nothing_is_no_number():
    nothing = replace(ACCOUNT, cases=dict.fromkeys(ACCOUNT.cases, 0.0), decisions=0.0, latency=0.0)
    for key in (
        "cost_to_serve",
        "cycle_time",
        "ping_pong",
        "first_contact_resolution",
        "arbitration_latency",
    ):
        assert math.isnan(BY_KEY[key].formula(nothing))


def test_the_smallest_difference_that_matters():
    means = {"total_cost": -2_000.0, "satisfaction": 70.0}.__getitem__
    assert BY_KEY["result"].smallest({}, means) == pytest.approx(20.0)
    assert BY_KEY["result"].smallest({"result": 5.0}, means) == 5.0
    assert BY_KEY["satisfaction"].smallest({"result": 5.0}, means) == 1.0
    assert Margin(0.1).within(50.0) == 0.1
