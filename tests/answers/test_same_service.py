"""The same service: the smallest staffing is the smallest, and what is said of it holds in worlds that nobody
has looked at."""

import threading

import numpy as np
import pytest

import orgsim
from orgsim.answers.same_service import Plan, parse_target, sized, staffed
from orgsim.answers.staffing import LARGEST, Row, Served, Worlds, row_of, smallest_staffing, with_staff
from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.simulation.runner import run_settings
from orgsim.statistics.intervals import Estimate
from orgsim.verification.oracles import mmc_wait
from orgsim.verification.row import UNIT

SHORT = ("horizon.weeks=8", "frictions.handoff.transfer_hours=0.5")


def simulated(settings, design, target):
    """What a staffing of a design comes to under a seed."""
    goal = parse_target(target)

    def serve(staff, seed, stop):
        result = run_settings(with_staff(settings, staff), design, seed, stop)
        busy = {name: row["utilisation"] for name, row in result.functions.items()}
        return Served(goal.met(result), result.measures["total_cost"], busy)

    return serve


def drawn(needs):
    """Worlds that need a number of staff each, whoever they are; the larger a function, the less busy."""

    def serve(staff, seed, stop):
        return Served(sum(staff.values()) >= needs(seed), 1000.0 * sum(staff.values()) + seed,
                      {key: 100 / (1 + number) for key, number in staff.items()})  # fmt: skip

    return serve


def uniform(seed):
    """From 100 to 149 people, each as likely: nine of ten worlds need at most 144."""
    return 100 + np.random.default_rng(seed).integers(50)


def test_staff_keep_their_proportions():
    settings = load("default")
    row = row_of(settings)
    assert (row.least, row.start, row.most) == (8, 120, LARGEST * 120)
    assert list(row.of(240).values()) == [24, 38, 20, 28, 16, 28, 40, 46]
    assert list(row.of(8).values()) == [1] * 8
    assert row_of(settings, row.of(200)).of(200) == row.of(200)
    sized = with_staff(settings, row.of(240))
    assert sum(function.staff for function in sized.company.functions.values()) == 240
    assert sized.people.overtime_cap == sized.people.temps_cap == 0


def test_people_without_work_stay_as_many_as_they_are():
    """They serve nobody: to take them away would make every staffing look smaller."""
    whole, apart = (load("default", [*SHORT, *more]) for more in ([], ["company.functions.hr={staff=100}"]))
    for total in (108, 160, 400):
        staff = row_of(apart).of(total)
        assert staff.pop("hr") == 100
        assert staff == row_of(whole).of(total - 100)
    worlds = Worlds(simulated(apart, "silos", "satisfaction>=50"), [3])
    assert smallest_staffing(apart, worlds, 1)["hr"] == 100


@pytest.mark.parametrize("need", [8, 9, 57, 119, 120, 121, 127, 128, 200, 359, 360])
def test_the_fewest_that_are_enough_are_found(need):
    row = row_of(load("default"))
    tried = []

    def met(staff):
        tried.append(sum(staff.values()))
        return tried[-1] >= need

    assert row.smallest(met) == need
    assert len(tried) == len(set(tried)) <= 14
    assert min(tried) >= row.least


def test_more_than_the_most_are_not_looked_for():
    assert row_of(load("default")).smallest(lambda staff: sum(staff.values()) >= 361) == np.inf
    assert Row({"a": 2, "b": 0}, (), 6).smallest(lambda staff: True) == 1


def test_nobody_can_go_without_too_many_worlds_missing_the_target():
    settings, seeds = load("default", SHORT), (3, 4, 5, 6)
    serve = simulated(settings, "silos", "weakest_service>=80")
    found = smallest_staffing(settings, Worlds(serve, seeds), 3)

    def met(staff):
        return sum(serve(staff, seed, threading.Event()).met for seed in seeds)

    assert met(found) >= 3
    for key, number in found.items():
        if number > 1:
            assert met(found | {key: number - 1}) < 3, key


def test_functions_that_are_not_needed_are_trimmed():
    """Only sales serve, and eleven are enough in two worlds of three: one of everybody else is left."""

    def serve(staff, seed, stop):
        return Served(staff["sales"] >= (9, 11, 30)[seed], 0.0, {key: float(key == "sales") for key in staff})

    found = smallest_staffing(load("default"), Worlds(serve, range(3)), 2)
    assert found.pop("sales") == 11
    assert set(found.values()) == {1}


@pytest.mark.parametrize("workers", [1, 2])
def test_to_stop_early_changes_no_answer(workers):
    """Whether worlds serve is drawn for every staffing anew, so that none can be told from another."""
    row, seeds, runs = row_of(load("default")), range(10), []

    def serve(staff, seed, stop):
        total = sum(staff.values())
        runs.append(seed)
        met = np.random.default_rng((total, seed)).random() < total / 300
        return Served(bool(met), 0.0, {key: float(total + seed) for key in staff})

    worlds, staffings = Worlds(serve, seeds, workers), [row.of(total) for total in range(150, 300, 2)]
    eight = [worlds.meet(staff, 8) for staff in staffings]
    assert len(runs) < 9 * len(staffings)
    answers = [[first, *(worlds.meet(staff, needed) for needed in (5, 10))]
               for first, staff in zip(eight, staffings, strict=True)]  # fmt: skip
    assert len(runs) <= 10 * len(staffings)
    whole = [sum(serve(staff, seed, None).met for seed in seeds) for staff in staffings]
    assert answers == [[met >= needed for needed in (8, 5, 10)] for met in whole]
    assert {tuple(answer) for answer in answers} >= {(True, True, True), (True, True, False), (False,) * 3}
    for staff in staffings[:5]:
        assert worlds.utilisation(staff) == dict.fromkeys(staff, sum(staff.values()) + 4.5)


def test_nothing_is_tried_twice():
    runs = []

    def serve(staff, seed, stop):
        runs.append((*staff.values(), seed))
        return drawn(uniform)(staff, seed, stop)

    smallest_staffing(load("default"), Worlds(serve, range(10), 1), 9)
    assert len(runs) == len(set(runs))


def fickle(level, chance):
    """Worlds that need 120 people or so: by `level` (standard deviation) one more than another, by `chance`
    the same one more with one staffing than with another."""

    def serve(staff, seed, stop):
        draws = [np.random.default_rng(key).normal() for key in (seed, (seed, *staff.values()))]
        met = sum(staff.values()) >= 120 + level * draws[0] + chance * draws[1]
        return Served(bool(met), 0.0, {key: float(number) for key, number in staff.items()})

    return serve


@pytest.mark.parametrize(("level", "chance"), [(8, 0), (0, 8)])
def test_attainment_and_interval_hold_in_worlds_that_nobody_has_looked_at(level, chance):
    """Nine of ten worlds need 120 + 1.28 · 8 = 130.3 people: about nine of ten fresh ones are served, also
    where some serve by luck, and the interval holds that number in 95 of 100 experiments or more."""
    attained, covered = [], []
    for number in range(40):
        found = staffed(load("default"), fickle(level, chance), Plan.of(0.9, 90 * number, 10), 1)
        assert sum(found.functions.values()) == found.staff.mean
        assert found.staff.low <= found.staff.mean <= found.staff.high
        attained.append(np.mean([served.met for served in found.tried]))
        covered.append(found.staff.low <= 131 <= found.staff.high + 1)
    assert np.mean(attained) == pytest.approx(0.9, abs=0.025)
    assert np.mean(covered) >= 0.95


def test_what_the_worlds_of_the_search_need_is_too_few_for_others():
    """The reason why the staffing is sized in fresh worlds: where luck serves, the search finds it."""
    attained = []
    for number in range(20):
        serve, seeds = fickle(0, 8), range(100 * number, 100 * number + 50)
        staff = smallest_staffing(load("default"), Worlds(serve, seeds[:10], 1), 9)
        attained += [served.met for served in Worlds(serve, seeds[10:], 1).served(staff)]
    assert np.mean(attained) < 0.8


def test_the_interval_ends_where_the_chance_is_surely_smaller_or_larger():
    """Of 40 worlds, each with a chance of .9, 31 or fewer serve in 1.5 % of all cases, and all in 1.5 %."""
    row, needs = row_of(load("default")), list(range(101, 141))
    assert sized(row, Worlds(drawn(lambda seed: needs[seed]), range(40)), 0.9) == Estimate(136, 132, 140)
    assert sized(row, Worlds(drawn(lambda seed: needs[seed]), range(35)), 0.9) == Estimate(132, 128, np.inf)
    assert sized(row, Worlds(drawn(lambda seed: needs[seed]), range(40)), 1.0) == Estimate(140, 140, np.inf)
    assert sized(row, Worlds(drawn(lambda seed: needs[seed]), range(20)), 0.01) == Estimate(101, -np.inf, 102)


@pytest.mark.parametrize("servers", [2, 3, 8])
def test_the_smallest_number_of_servers_of_an_exact_queue(servers):
    """M/M/c with λ = 2, μ = 1: four servers are the fewest with a mean time below 1.2 (three: 1.444, four:
    1.087), in every world, wherever the search begins."""
    assert 1 + mmc_wait(2, 1, 4) < 1.2 < 1 + mmc_wait(2, 1, 3)
    overrides = [
        f"company.functions.desk.staff={servers}", "horizon.weeks=2", 'designs.twin={like="queue"}',
    ]  # fmt: skip
    found = orgsim.same_service(
        "verification/one-station", f"cycle_time<={1.2 * UNIT}", 2, 1, overrides=overrides, share=0.5
    )
    for design in ("queue", "twin"):
        assert found.found[design].functions == {"desk": 4}
        assert found.staff(design) == Estimate(4, 4, 4)
        assert found.met(design) == 8
    assert "cannot be told apart by staff" in found.sentence()


TWIN = 'designs.twin={like="silos", label="Twin", incumbent=true}'


def compared(designs, workers):
    return orgsim.same_service(
        "default", "weakest_service>=80", 3, 7, designs, [*SHORT, TWIN], workers=workers, share=0.7
    )


@pytest.fixture(scope="module")
def answer():
    """Silos, the same silos under another name, and teams."""
    return compared(["silos", "twin", "teams"], workers=1)


def test_no_world_is_used_twice_and_all_designs_live_through_the_same(answer):
    data = answer.to_dict()
    seeds = data["seeds"]
    assert [len(seeds[what]) for what in ("search", "size", "trial")] == [3, 12, 12]
    assert seeds["search"] + seeds["size"] + seeds["trial"] == list(range(7, 34))
    for design in data["designs"].values():
        assert len(design["tried"]) == 12


def test_what_is_said_follows_from_what_worlds_have_answered(answer):
    data = answer.to_dict()
    for design in data["designs"].values():
        staff = design["staff"]
        assert sum(design["functions"].values()) == staff["mean"]
        assert staff["low"] <= staff["mean"] <= staff["high"]
        assert design["attainment"]["met"] == sum(met for met, _ in design["tried"])
        share = 100 * design["attainment"]["met"] / len(design["tried"])
        assert design["attainment"]["low"] <= share <= design["attainment"]["high"]
        assert design["cost"]["mean"] == pytest.approx(np.mean([cost for _, cost in design["tried"]]))
    settings = load("default", SHORT)
    for seed, (met, cost) in list(zip(answer.plan.trial, data["designs"]["teams"]["tried"], strict=True))[:3]:
        staff = answer.found["teams"].functions
        served = simulated(settings, "teams", "weakest_service>=80")(staff, seed, threading.Event())
        assert (served.met, served.cost) == (met, cost)


def test_two_names_of_one_design_cannot_be_told_apart(answer):
    assert answer.found["silos"] == answer.found["twin"]
    assert not answer.told_apart("twin")
    assert answer.difference("twin").verdict == "no difference that matters"
    told = answer.sentence("twin")
    assert told.startswith(
        "For weakest_service >= 80 in 70 % of worlds, “Twin” cannot be told apart by staff"
    )
    assert "makes no difference that matters on cost, against “Functional silos”." in told


def test_the_same_to_the_bit_with_any_number_of_workers(answer):
    again = compared(["silos", "teams"], workers=2)
    assert {design: answer.found[design] for design in again.designs} == again.found


def test_out_of_reach_is_said_so():
    impossible = [f"case_types.{name}.promise=0.01" for name in load("default").case_types]
    answer = orgsim.same_service("default", replications=2, overrides=[*SHORT, *impossible])
    assert not answer.reached("silos")
    assert answer.sentence() == (
        "For weakest_service >= 80 in 90 % of worlds: it is not reached with up to 3 times the staff by "
        "'Functional silos' and by 'Process teams'; there the target asks for more than staff can give."
    )
    data = answer.to_dict()
    assert data["designs"]["silos"]["staff"] == {"mean": None, "low": None, "high": None}
    assert data["differences"]["teams"]["cost"]["mean"] is None


def test_what_only_the_worlds_of_the_search_reach_is_not_reached():
    plan = Plan.of(0.9, 0, 10)
    found = staffed(load("default"), drawn(lambda seed: 1000 * (seed >= 10)), plan, 1)
    assert not found.functions


def test_progress_counts_every_world():
    seen = []
    staffed(load("default"), drawn(uniform), Plan.of(0.9, 0, 2), 1, lambda *done: seen.append(done))
    assert seen[-1] == (18, 18)
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("service_level", "write a measure"),
        ("happiness>=3", "'happiness' is no measure"),
        ("service_level>=--3", "is no number"),
    ],
)
def test_bad_targets_are_refused(target, message):
    with pytest.raises(ScenarioError, match=message):
        orgsim.same_service("default", target)


@pytest.mark.parametrize("share", [0, -0.1, 1.01, float("nan")])
def test_bad_shares_are_refused(share):
    with pytest.raises(ScenarioError, match="must be above 0 and at most 1"):
        orgsim.same_service("default", share=share)
