"""What follows from a case that is done: as many as chances say, at their time, of the same customer, with
what the old case knew less what its way loses, and alike in every design."""

import math

import numpy as np
import pytest

from orgsim.engine.operations.state import DORMANT, NONE, TRANSFER
from orgsim.scenario import load
from orgsim.simulation.schedule import Simulation

#: people enough, nothing in their way: whoever comes is served at once
QUIET = [
    "horizon.weeks=4", "horizon.warmup_weeks=0",
    "company.functions.desk.staff=60", "streams.jobs.per_week=5000",
    "case_types.next={process='queue', complexity_cv=0, route=[{function='desk', hours=0.002}]}",
]  # fmt: skip


def quiet(follows, *overrides, seed=1):
    job = f"case_types.job.follows=[{follows}]"
    simulation = Simulation(load("verification/one-station", [*QUIET, job, *overrides]), "queue", seed)
    simulation.run()
    return simulation


def tally(simulation, name, kind):
    return int(simulation.core.tallies[name][list(simulation.settings.case_types).index(kind)])


@pytest.mark.parametrize("chance", [0.3, 0.8])
def test_a_case_that_opens_its_like_brings_one_over_what_is_left(chance):
    """Opened ÷ arrived is 1 + p + p² + … = 1 ÷ (1 − p)."""
    simulation = quiet(f"{{case_type='job', chance={chance}, lag_hours=0.1}}")
    opened, following = tally(simulation, "opened", "job"), tally(simulation, "follow_ons", "job")
    arrived = opened - following
    noise = math.sqrt(chance / arrived) / (1 - chance) ** 1.5
    assert opened / arrived == pytest.approx(1 / (1 - chance), abs=4 * noise)


def test_of_done_cases_a_share_opens_others_by_chance_each():
    simulation = quiet("{case_type='next', chance=0.25, cases=4}")
    closed, opened = tally(simulation, "closed", "job"), tally(simulation, "opened", "next")
    assert opened == tally(simulation, "follow_ons", "next")
    assert opened == pytest.approx(closed, abs=4 * math.sqrt(closed * 4 * 0.25 * 0.75))


def test_thinned_poisson_cases_come_as_a_poisson_process():
    """Each of a Poisson stream's cases opens one with chance p, after a lag: a Poisson process of p times the
    rate, whose numbers in equal times have as large a variance as mean."""
    simulation = Simulation(
        load("verification/one-station", [
            *QUIET, "horizon.weeks=40",
            "case_types.job.follows=[{case_type='next', chance=0.2, lag_hours=3}]",
        ]), "queue", 3,
    )  # fmt: skip
    numbers, before = [], 0
    while not simulation.finished:
        simulation.step()
        opened = tally(simulation, "opened", "next")
        numbers.append(opened - before)
        before = opened
    numbers = np.array(numbers[10:])
    days = len(numbers)
    assert numbers.mean() == pytest.approx(0.2 * 5000 / 5, abs=4 * math.sqrt(200 / days))
    assert numbers.var(ddof=1) / numbers.mean() == pytest.approx(1, abs=4 * math.sqrt(2 / days))


def test_without_a_lag_it_comes_when_the_old_case_is_done():
    at_once = quiet("{case_type='next', chance=1}")
    assert tally(at_once, "opened", "next") == tally(at_once, "closed", "job")
    assert (at_once.core.cases["state"] != DORMANT).all()
    later = quiet("{case_type='next', chance=1, lag_hours=4}")
    waiting = tally(later, "closed", "job") - tally(later, "opened", "next")
    assert waiting == (later.core.cases["state"] == DORMANT).sum()
    # by Little's law: the rate of 125 an hour × the mean lag
    assert waiting == pytest.approx(125 * 4, abs=4 * math.sqrt(125 * 4))


def test_one_case_may_open_very_many():
    wave = ", ".join(["{case_type='next', chance=1, cases=100}"] * 20)
    simulation = quiet(wave, "streams.jobs.per_week=20")
    assert tally(simulation, "opened", "next") == 2000 * tally(simulation, "closed", "job") > 0


def test_every_case_that_was_opened_arrived_came_back_or_followed():
    simulation = Simulation(load("default", ["horizon.weeks=6"]), "teams", 2)
    arrived = 0
    while not simulation.finished:
        simulation.step()
        if simulation.day % 5 == 1:
            arrived += int(simulation.core.clock["arrivals"][0])
    tallies = simulation.core.tallies
    following = int(tallies["follow_ons"].sum())
    assert following > 0
    assert int(tallies["opened"].sum()) == arrived + int(tallies["repeats"].sum()) + following


def test_what_follows_is_the_same_in_every_design():
    """Where everybody waits until the work is done, the same complaints open the same changes."""
    found = []
    for design in ("silos", "teams"):
        settings = load("default", ["horizon.weeks=20", "case_types.complaint.follows=[{case_type='change', "
                                    "chance=0.3, lag_hours=2000}]", "market.churn_per_year=0"])  # fmt: skip
        simulation = Simulation(settings, design, 4)
        kind = list(settings.case_types).index("change")
        found.append(set())
        while not simulation.finished:
            simulation.step()
            cases = simulation.core.cases
            rests = (cases["state"] == DORMANT) & (cases["type"] == kind) & (cases["customer"] != NONE)
            found[-1] |= set(cases["key"][rests].tolist())
    one, other = found
    assert len(one & other) > 0.9 * max(len(one), len(other)) > 50


def test_it_inherits_what_was_known_and_whose_case_it_is():
    """While it rests it knows the giver, the customer and a share of the information of the old case."""
    settings = load("default", [
        "horizon.weeks=1", "case_types.request.follows=[{case_type='adaptation', chance=1, lag_hours=4000, "
        "inherits=0.5}]", "mechanisms.information_loss=false", "mechanisms.translation=false",
        "mechanisms.early_handoff=false",
    ])  # fmt: skip
    simulation = Simulation(settings, "silos", 1)
    simulation.run()
    kind = list(settings.case_types).index("adaptation")
    cases = simulation.core.cases
    rests = cases[(cases["state"] == DORMANT) & (cases["type"] == kind)]
    assert len(rests) > 50
    assert set(rests["information"].tolist()) == {0.5}
    assert (rests["customer"] >= 0).all()
    # requests end with operations, whose people give them on
    functions = simulation.core.members["function"][rests["member"]]
    assert set(functions.tolist()) == {list(settings.company.functions).index("operations")}


def first_hands(*overrides, design="teams"):
    """The counts of onboardings of one step, so that whatever happens to them is on their first."""
    settings = load("default", [
        "horizon.weeks=30", "case_types.onboarding.route=[{function='service', hours=0.5}]", *overrides,
    ])  # fmt: skip
    simulation = Simulation(settings, design, 2)
    simulation.run()
    return simulation, simulation.core.tallies[list(settings.case_types).index("onboarding")]


def test_it_is_handed_over_to_the_unit_that_takes_it_and_never_bounces_on_its_first_step():
    strong = ("frictions.handoff.bounce=1", "frictions.handoff.information_kept=0.2")
    simulation, found = first_hands(*strong)
    assert found["closed"] > 200
    assert found["bounces"] == 0
    assert found["handoffs"] >= 0.9 * found["closed"]
    assert found["crossings"] >= 0.9 * found["closed"]
    across = simulation.core.lead[list(simulation.settings.case_types).index("onboarding")]
    assert across[TRANSFER] / found["closed"] == pytest.approx(
        4, rel=0.35
    )  # the way takes `transfer_hours` there


def test_inside_a_department_it_costs_next_to_nothing():
    simulation, found = first_hands(design="silos")
    assert found["crossings"] == 0
    across = simulation.core.lead[list(simulation.settings.case_types).index("onboarding")]
    assert across[TRANSFER] / found["closed"] < 1


def test_every_customer_who_is_won_has_an_onboarding_of_their_own():
    at_once = "case_types.enquiry.follows=[{case_type='onboarding', chance=1}]"
    settings = load("default", ["horizon.weeks=12", at_once])
    simulation = Simulation(settings, "silos", 3)
    kind = list(settings.case_types).index("onboarding")
    start = simulation.market.rows
    owners = set()
    while not simulation.finished:
        simulation.step()
        if simulation.day % 5 == 0:
            cases = simulation.core.cases
            rests = (cases["state"] == DORMANT) & (cases["type"] == kind)
            owners |= set(cases["customer"][rests].tolist())
    assert owners == set(range(start, simulation.market.rows))
    opened = tally(simulation, "follow_ons", "onboarding")
    assert opened == sum(simulation.weekly["won"][:-1])


def test_who_gives_up_and_who_comes_back_open_nothing():
    """Repeat contacts are the same matter, which has opened what follows already."""
    settings = load("default", [
        "horizon.weeks=12", "frictions.quality.defect_rate=0.3", "case_types.request.patience=4",
        "company.functions.service.staff=16",
        "case_types.request.follows=[{case_type='adaptation', chance=1}]",
    ])  # fmt: skip
    simulation = Simulation(settings, "silos", 3)
    done = 0
    while not simulation.finished:
        simulation.step()
        if simulation.day % 5 == 0:
            closed = simulation.core.closed[: _closed_in(simulation)]
            request = list(settings.case_types).index("request")
            first = (closed["type"] == request) & (closed["abandoned"] == 0) & (closed["is_repeat"] == 0)
            done += int(first.sum())
    kind = list(settings.case_types).index("adaptation")
    assert simulation.core.tallies["abandoned"].sum() > 100 < simulation.core.tallies["repeats"].sum()
    assert simulation.core.tallies["follow_ons"][kind] == done


def _closed_in(simulation):
    """How many cases were closed in the week that has just ended: as many as the tallies have grown."""
    tallies = simulation.core.tallies
    total = int(tallies["closed"].sum() + tallies["abandoned"].sum())
    before = getattr(simulation, "closed_before", 0)
    simulation.closed_before = total
    return total - before


@pytest.mark.parametrize("design", ["silos", "teams"])
def test_switched_off_it_is_as_if_nothing_were_said(design):
    none = [f"case_types.{name}.follows=[]" for name in ("enquiry", "change", "complaint")]
    off, without = (
        Simulation(load("default", ["horizon.weeks=8", *overrides]), design, 5)
        for overrides in (["mechanisms.follow_ons=false"], none)
    )
    off.run()
    without.run()
    assert repr(off.result().measures) == repr(without.result().measures)
    assert off.core.paid.tobytes() == without.core.paid.tobytes()
