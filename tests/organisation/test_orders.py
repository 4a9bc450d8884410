"""What management orders is what happens and what the books record, week by week."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interventions import DESIGNS, WEEK, cut, practice, training, transition
from orgsim.engine.operations.state import (
    ABSENT,
    DORMANT,
    GONE,
    LEAVING,
    NONE,
    OFF_DUTY,
    PERMANENT,
    TEMPORARY,
)
from orgsim.organisation.cutting import severance
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

HOURS = 40.0


class Snapshot:
    """Who is where and what is decided, at one moment."""

    def __init__(self, run):
        core, staff = run.core, run.staff
        self.members, self.seats = core.members.copy(), staff.seats.copy()
        self.groups, self.seated = core.groups.copy(), core.seated.copy()
        pools = len(core.pools)
        self.on_staff = self.members["account"] < pools
        self.on_staff &= np.isin(self.members["status"], (PERMANENT, ABSENT))
        self.by_pool = np.bincount(self.members["pool"][self.on_staff], minlength=pools)
        on_duty = self.members["status"] == PERMANENT
        self.on_duty = np.bincount(self.members["pool"][on_duty], minlength=pools)
        called = self.members["status"] == TEMPORARY
        self.called = np.bincount(self.members["pool"][called], minlength=pools)
        self.paid, self.lines = core.paid.copy(), run.ledger.as_dict()
        self.managers = core.nodes["leadership"][core.nodes["is_owner"] == 0].sum()
        self.stage, self.decided = run.steering._at, dict(run.steering.costs)
        self.dormant = int(((core.cases["state"] == DORMANT) & (core.cases["is_repeat"] == 1)).sum())
        self.repeats = int(core.tallies["repeats"].sum())


class Watched(Simulation):
    """A simulation that looks at itself before and after management acts."""

    def management_acts(self, week):
        self.before = Snapshot(self)
        super().management_acts(week)

    def measures_are_recorded(self, week):
        super().measures_are_recorded(week)
        check_the_week(self, self.began, self.before)

    def cases_are_worked_on(self, days=1):
        if self.day % 5 == 0:
            self.began = Snapshot(self)
            check_the_decisions(self, getattr(self, "before", None), self.began)
        super().cases_are_worked_on(days)


def check_heads(snapshot):
    """Every member has one status, and it says where its row is used."""
    members, seats = snapshot.members, snapshot.seats
    held = seats["member"][seats["member"] != NONE]
    assert sorted(held) == np.flatnonzero(snapshot.on_staff).tolist()
    assert not (seats["closed"].astype(bool) & (seats["member"] != NONE)).any()
    away = np.isin(members["status"], (OFF_DUTY, GONE))
    assert (members["case"][away] == NONE).all()
    assert (members["case"][members["status"] == LEAVING] != NONE).all()
    idle = members["idle"] == 1
    assert np.isin(members["status"][idle], (PERMANENT, TEMPORARY)).all()
    check_groups(snapshot)


def check_groups(snapshot):
    """Everybody sits in a group of the own unit, those of the staff in the group of their place; and groups
    have the places that they are made of."""
    members, seats, groups = snapshot.members, snapshot.seats, snapshot.groups
    here = np.isin(members["status"], (PERMANENT, ABSENT, TEMPORARY))
    assert (groups["unit"][members["group"][here]] == members["unit"][here]).all()
    taken = seats["member"] != NONE
    assert (members["group"][seats["member"][taken]] == seats["group"][taken]).all()
    assert (groups["unit"][seats["group"]] == seats["unit"]).all()
    places = np.zeros_like(snapshot.seated)
    np.add.at(places, (seats["group"], seats["function"]), 1)
    assert (places == snapshot.seated).all()
    assert (places.sum(axis=1) == groups["people"]).all()


def check_the_week(run, began, ended):
    """The books of a week against what was ordered for it."""
    pools, weekly = len(run.core.pools), {name: values[-1] for name, values in run.weekly.items()}
    people, money = run.settings.people, run.settings.money
    paid = (ended.paid - began.paid).sum(axis=1)
    # temporary staff: as ordered, by pool
    assert paid[pools:] == pytest.approx(HOURS * began.called, abs=1e-6)
    assert weekly["temporary_staff"] == began.called.sum()
    assert (began.called <= np.ceil(people.temps_cap * began.on_duty)).all()
    # permanent staff: the week, overtime as ordered, and leavers until the job in hand is done
    overtime = run.overtime_hours
    assert (overtime <= people.overtime_cap * HOURS * began.on_duty + 1e-9).all()
    leaving = np.flatnonzero(began.members["status"] == LEAVING)
    left_at = ended.members["left_at"][leaving]
    gone = ended.members["status"][leaving] == GONE
    until = np.where(gone, left_at, run.core.clock["now"][0])
    since = HOURS * (run.week - 1)
    finishing = np.bincount(began.members["account"][leaving], until - since, minlength=pools)
    assert paid[:pools] == pytest.approx(HOURS * began.by_pool + overtime + finishing, abs=1e-6)
    assert weekly["overtime_share"] * HOURS * weekly["staff"] == pytest.approx(overtime.sum())
    # euros
    lines = {name: euros - began.lines[name] for name, euros in ended.lines.items()}
    pay = run.ledger.rates.pay
    assert lines["overtime_premium"] == pytest.approx(overtime @ pay * money.overtime_premium)
    temporary = HOURS * began.called @ pay * money.temporary_premium
    assert lines["temporary_premium"] == pytest.approx(temporary, abs=1e-4)
    managers = began.managers * HOURS * run.settings.company.managers.pay
    assert lines["leadership"] + lines["arbitration"] == pytest.approx(managers)
    assert lines["hiring"] == pytest.approx(weekly["hired"] * money.hiring)
    for name, euros in began.decided.items():
        assert lines[name] == pytest.approx(euros, abs=1e-4), name
    delivered = ended.dormant - began.dormant + ended.repeats - began.repeats
    assert lines["compensation"] == pytest.approx(delivered * money.compensation)
    heads = began.on_staff.sum() + began.managers
    heads += run.structure_of_the_week.design.coordinators.persons * run.overhead_of_the_week
    assert lines["overhead"] == pytest.approx(heads * money.overhead / 52)
    # heads
    assert weekly["staff"] == ended.on_staff.sum()
    assert weekly["left"] == began.on_staff.sum() - ended.on_staff.sum()
    assert weekly["cost"] == pytest.approx(sum(lines.values()))


def check_the_decisions(run, before, after):
    """What was decided for the week that begins, against who is where and what it is to cost."""
    check_heads(after)
    run.structure_of_the_week, run.overhead_of_the_week = run.structure, run.steering.overhead
    if before is None:
        return
    width = len(before.members)
    stayed = after.on_staff[:width] & before.on_staff
    dismissed = np.flatnonzero(before.on_staff & ~stayed)
    hired = after.on_staff.sum() - stayed.sum()
    assert hired == run._hired
    closed = (after.seats["closed"] == 1) & (before.seats["closed"] == 0)
    assert set(dismissed) == set(before.seats["member"][closed]) - {NONE}
    money, steering, since = run.settings.money, run.steering, run.week - run.settings.horizon.warmup_weeks
    owed = severance(
        run.core._replace(members=before.members), run.staff._replace(seats=before.seats),
        np.flatnonzero(closed), run.week, steering._pay, money.years_of_service, money.severance_months,
        money.severance_months_later,
    )  # fmt: skip
    assert after.decided["severance"] == pytest.approx(owed)
    moved, units = 0.0, before.seats["unit"]
    for stage in steering.stages[before.stage + 1 : after.stage + 1]:
        changes = (units != stage.structure.member_unit) & (before.seats["member"] != NONE)
        price = run.settings.designs[stage.target].transition.cost_per_person
        moved, units = moved + changes.sum() * price, stage.structure.member_unit
    assert after.decided["transition"] == pytest.approx(moved)
    fixed, heads = 0.0, []
    for lever in steering.levers.values():
        kept_up = lever.lasts_weeks is None or since < lever.start_week + lever.lasts_weeks
        fixed += lever.cost_per_week * (lever.start_week <= since and kept_up)
        if lever.start_week == since:
            fixed += lever.cost
            heads.append(lever.cost_per_person)
    programme = after.decided["programme"] - fixed
    # paid for every place that is open, before or after the cuts of the same week
    most, least = ((snapshot.seats["closed"] == 0).sum() for snapshot in (before, after))
    assert sum(heads) * least - 1e-6 <= programme <= sum(heads) * most + 1e-6


priced = st.fixed_dictionaries(
    {"cost": st.floats(0, 1e5), "cost_per_week": st.floats(0, 1e4), "cost_per_person": st.floats(0, 1e3)}
)
levers = st.dictionaries(
    st.sampled_from("abcd"),
    st.tuples(st.one_of(transition, cut, practice, training), priced).map(lambda both: both[0] | both[1]),
)


@given(
    levers,
    st.sampled_from(DESIGNS),
    st.sampled_from([0.0, 0.2, 0.8]),
    st.floats(0, 0.6),
    st.integers(8, 20),
    WEEK,
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_ordered_is_what_is_booked(levers, design, turnover, absent, service, seed):
    tables = {
        "extends": "six-designs",
        "horizon": {"weeks": 22},
        "levers": levers,
        "company": {"functions": {"service": {"staff": service}}},
        "people": {"turnover": turnover, "vacancy_weeks": 3, "temps_from": 0.2},
        "crisis": {"shape": "v", "depth": 0.5, "start_week": 4, "duration_weeks": 12, "staff_loss": absent},
    }
    run = Watched(load(tables), design, seed)
    run.run()
    result = run.result()
    assert result.measures["temporary"] == pytest.approx(HOURS * result.weekly["temporary_staff"].sum())
    hours = result.weekly["overtime_share"] * HOURS * result.weekly["staff"]
    assert result.measures["overtime"] == pytest.approx(hours.sum())


def test_temporary_staff_come_in_the_numbers_that_are_ordered():
    """Whoever has left, is absent or leaves is nobody who is called."""
    run = Watched(load("french-hospitality-2020", ["horizon.weeks=78"]), "teams", 1)
    run.run()
    ordered = sum(run.weekly["temporary_staff"]) * HOURS
    assert run.result().measures["temporary"] == pytest.approx(ordered)
    assert ordered > 0


def test_an_aborted_cut_takes_nobody_away():
    """A cut of overhead and a freeze that are called off before they begin change nothing."""
    called_off = {
        "a": {"kind": "cut", "aim": "overhead", "share": 0.5, "start_week": 10, "cost": 1.0},
        "b": {"kind": "freeze", "start_week": 10},
    }
    board = {
        f"stop {key}": {"when": "customers", "above": 1, "for_weeks": 1, "then": "abort", "lever": key}
        for key in called_off
    }
    company = {"extends": "default", "horizon": {"weeks": 30}, "people": {"turnover": 0.5}}
    company["designs"] = {"silos": {"coordinators": {"persons": 4}}}
    plain = Simulation(load(company), "silos", 1)
    stopped = Simulation(load(company | {"levers": called_off, "rules": board}), "silos", 1)
    for run in (plain, stopped):
        run.run()
    assert stopped.result().costs == plain.result().costs
    assert stopped.weekly["hired"] == plain.weekly["hired"]


def _transition(design, **more):
    return {"kind": "transition", "design": design, "cost": 1000.0, **more}


@pytest.mark.parametrize("waves", [[], [["experience"], ["acquisition"], ["offer"]]])
@pytest.mark.parametrize(
    ("weeks", "way", "cost"),
    [
        (3, [("silos", 1.0), ("matrix", 1.0)], 1000.0),  # in the very week in which it was to begin
        (4, [("silos", 1.0), ("teams", 0.5), ("matrix", 1.0)], 2000.0),
    ],
)
def test_a_transition_after_an_aborted_one_is_made_and_paid(waves, weeks, way, cost):
    first = [["experience"], ["acquisition", "offer"]]
    levers = {
        "x": _transition("teams", start_week=2, wave_weeks=5, waves=first),
        "y": _transition("matrix", start_week=12, wave_weeks=2, waves=waves),
    }
    rule = {"when": "customers", "above": 1, "for_weeks": weeks, "then": "abort", "lever": "x"}
    tables = {"extends": "six-designs", "horizon": {"weeks": 25}, "levers": levers, "rules": {"board": rule}}
    run = Simulation(load(tables), "silos", 1)
    seen = []
    while not run.finished:
        seen.append((run.steering.stage.target, run.steering.stage.moved))
        run._live(5)
    assert list(dict.fromkeys(seen)) == way
    assert run.result().costs["programme"] == cost


def test_overhead_that_is_cut_stays_cut_after_a_reorganisation():
    levers = {
        "cut": {"kind": "cut", "aim": "overhead", "share": 0.4, "start_week": 2},
        "move": {"kind": "transition", "design": "teams", "start_week": 5},
    }
    managers = {}
    for kept in (("move",), ("cut", "move")):
        tables = {"extends": "default", "horizon": {"weeks": 8}, "levers": {key: levers[key] for key in kept}}
        run = Simulation(load(tables), "silos", 1)
        run.run()
        managers[kept] = run.result().measures["managers"]
    assert managers["cut", "move"] < managers["move",]
