"""Decisions of staff: the rule's own answer by default, anybody's own where a class overrides it.

All of it runs on the core that asks, which is compiled once and kept."""

import copy
import pickle
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest

from orgsim.kernel.decisions import DECISIONS
from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.matters import Candidate
from orgsim.mesa_model.model import OrganisationModel

#: people quit, queue up, help and decide
EVENTFUL = (
    "horizon.weeks=4",
    "people.turnover=0.6",
    "company.functions.service.staff=15",
    "practices.autonomy=0.3",
)


def started(staff=StaffMember, *more, design="silos"):
    return OrganisationModel(design=design, overrides=[*EVENTFUL, *more], rng=2, staff=staff)


def outcome(model):
    model.run_model()
    result = model.result()
    return repr((result.measures, result.costs, {k: v.tolist() for k, v in result.weekly.items()}))


class Deferring(StaffMember):
    """Overrides everything and leaves it as it is."""

    asked: ClassVar = Counter()

    def choose_case(self, waiting, usual):
        self.asked["choose_case"] += 1
        return super().choose_case(waiting, usual)

    def keeps(self, case, usual):
        self.asked["keeps"] += 1
        return super().keeps(case, usual)

    def hand_to(self, case, candidates, usual):
        self.asked["hand_to"] += 1
        return super().hand_to(case, candidates, usual)

    def decides(self, case, far, usual):
        self.asked["decides"] += 1
        return super().decides(case, far, usual)

    def helps(self, case, usual):
        self.asked["helps"] += 1
        return super().helps(case, usual)

    def leaves(self, week, usual):
        self.asked["leaves"] += 1
        return super().leaves(week, usual)


@pytest.mark.parametrize("design", ["silos", "teams"])
def test_whoever_defers_to_the_rules_gets_their_bits(design):
    Deferring.asked.clear()
    assert outcome(started(Deferring, design=design)) == outcome(started(design=design))
    assert set(Deferring.asked) == set(DECISIONS), "all of them were asked"


def test_without_decisions_of_ones_own_nobody_is_asked():
    class Named(StaffMember):
        name = "somebody"

    assert started(Named).core.decisions is None

    class Loyal(Named):
        def leaves(self, week, usual):
            return False

    addresses = started(Loyal).core.decisions
    assert [bool(address) for address in addresses] == [name == "leaves" for name in DECISIONS]


class Watching(StaffMember):
    """Looks at what it is given."""

    seen: ClassVar = Counter()

    def choose_case(self, waiting, usual):
        cases = list(waiting)
        assert len(cases) == len(waiting) > 0
        assert usual == cases[0], "first come, first served"
        assert usual in waiting
        ages = [case.waiting for case in cases]
        assert ages == sorted(ages, reverse=True)
        assert {case.function for case in cases} == {self.function_name}
        self.seen["several"] += len(cases) > 1
        return usual

    def hand_to(self, case, candidates, usual):
        free = list(candidates)
        assert len(free) == len(candidates) > 0
        assert usual in free
        for each in free:
            assert not each.person.busy
            assert each.person.speed(case.function) > 0
            assert (each.distance == 0) == (each.person is self)
            assert each.distance <= 1.5
        if free[0].person.unit == self.unit:
            assert usual.distance <= max(each.distance for each in free)
        self.seen["choice"] += len(free) > 1
        return usual

    def decides(self, case, far, usual):
        assert isinstance(far, bool)
        assert not (far and usual), "what concerns others is not decided on the spot by rule"
        self.seen["far" if far else "near"] += 1
        assert self.busy is False
        return usual

    def keeps(self, case, usual):
        assert self.speed(case.function) > 0
        return usual

    def helps(self, case, usual):
        settings = self.model.settings
        assert case.case_type in settings.case_types
        assert case.segment in settings.segments
        assert 0 <= case.information <= 1
        assert case.age >= case.waiting >= 0
        assert case.hours > 0
        assert case.complexity > 0
        assert case.promise == settings.case_types[case.case_type].promise
        assert min(case.handoffs, case.bounces) >= 0
        if case.customer is not None:
            assert case.customer in self.model.agents
            assert case.segment == list(settings.segments)[case.customer.segment]
            self.seen["customers"] += 1
        self.seen["repeats"] += case.is_repeat
        return usual

    def leaves(self, week, usual):
        assert week == self.model.week - 1
        assert not self.temporary
        return usual


def test_what_is_asked_about_is_what_is_there():
    Watching.seen.clear()
    started(Watching).run_model()
    for what in ("several", "choice", "far", "near", "customers"):
        assert Watching.seen[what] > 0, what


class ShortestFirst(StaffMember):
    def choose_case(self, waiting, usual):
        return min(waiting, key=lambda case: case.hours)


class Idler(StaffMember):
    def choose_case(self, waiting, usual):
        return None


def test_whoever_takes_short_cases_first_shortens_waits_and_whoever_takes_none_leaves_them_waiting():
    usual, short, none = started(), started(ShortestFirst), started(Idler)
    for model in (usual, short, none):
        model.run_model()
    cycles = [model.result().measures["cycle_time"] for model in (usual, short)]
    assert cycles[1] < cycles[0]
    assert none.open_cases > usual.open_cases + 50
    pools = none.core.pools
    assert ((pools["waiting"] > 0) & (pools["idle"] > 0)).any(), "idle though cases wait"


class Hoarder(StaffMember):
    def keeps(self, case, usual):
        return True


def test_whoever_keeps_cases_hands_fewer_over():
    usual, hoarding = started(), started(Hoarder)
    for model in (usual, hoarding):
        model.run_model()
    assert hoarding.result().measures["handoffs"] < usual.result().measures["handoffs"]


class Farthest(StaffMember):
    def hand_to(self, case, candidates, usual):
        return max(candidates, key=lambda each: each.distance)


def test_whoever_hands_to_the_farthest_waits_longer_for_the_way():
    """In teams, where several groups have somebody who is free."""
    usual, far = started(design="teams"), started(Farthest, design="teams")
    for model in (usual, far):
        model.run_model()
    assert far.result().lead_time["transfer"] > usual.result().lead_time["transfer"]


class Bold(StaffMember):
    def decides(self, case, far, usual):
        return True


class Timid(StaffMember):
    def decides(self, case, far, usual):
        return False


def test_on_the_spot_no_manager_decides_and_escalated_all_are_decided_by_one():
    bold, timid = started(Bold), started(Timid, "practices.autonomy=1")
    for model in (bold, timid):
        model.run_model()
    assert bold.core.nodes["decisions"].sum() == 0
    assert bold.core.tallies["settled"].sum() > 0
    settled = timid.core.tallies["settled"].sum()
    assert timid.core.nodes["decisions"].sum() == pytest.approx(settled, rel=0.05), "overdue ones apart"


class Aloof(StaffMember):
    def helps(self, case, usual):
        return False


def test_whoever_does_not_help_stays_with_the_own_queue():
    model = started(Aloof)
    while model.running:
        model.step()
        core = model.core
        busy = core.members[core.members["case"] >= 0]
        cases = core.cases[busy["case"]]
        assert len(busy) > 0
        assert (core.routes[cases["step"], cases["segment"]] == busy["pool"]).all()


class Fickle(StaffMember):
    """Odd rows leave in the second week, nobody else at all."""

    def leaves(self, week, usual):
        return week == 1 and self.row % 2 == 1


def test_people_leave_when_they_decide_to():
    model = started(Fickle)
    first = [person for person in model.agents_by_type[StaffMember] if not person.temporary]
    model.run_model()
    assert model.weekly["left"][1] == sum(person.row % 2 for person in first)
    assert [count for week, count in enumerate(model.weekly["left"]) if week != 1] == [0, 0, 0]
    assert all((person in model.agents) == (person.row % 2 == 0) for person in first)


class RefusedError(Exception):
    """What a user's method raises."""


@pytest.mark.parametrize("name", DECISIONS)
def test_what_a_method_raises_reaches_the_user_as_it_is(name):
    raised = []

    def refuse(self, *_):
        raised.append(RefusedError(name, self.row))
        raise raised[-1]

    model = started(type("Refusing", (StaffMember,), {name: refuse}))
    with pytest.raises(RefusedError) as caught:
        model.run_model()
    assert caught.value is raised[0]
    assert len(raised) == 1, "nobody else is asked after that"
    assert caught.traceback[-1].name == "refuse"


class Silent(StaffMember):
    def helps(self, case, usual):
        return None


class Elsewhere(StaffMember):
    def choose_case(self, waiting, usual):
        return "any"


class HandsToOneself(StaffMember):
    def hand_to(self, case, candidates, usual):
        return Candidate(self, self.row, False)


@pytest.mark.parametrize(
    ("staff", "error", "match"),
    [
        (Silent, TypeError, "helps returned None; return True or False"),
        (Elsewhere, ValueError, "choose_case returned 'any'; return one of `waiting`, or None"),
        (HandsToOneself, ValueError, "hand_to returned .*Candidate.*; return one of `candidates`"),
    ],
)
def test_an_answer_that_is_none_is_refused(staff, error, match):
    with pytest.raises(error, match=match):
        started(staff).run_model()


@pytest.mark.parametrize("staff", [StaffMember(None, 0, 0), OrganisationModel, "StaffMember"])
def test_staff_is_a_class_of_staff(staff):
    with pytest.raises(TypeError, match="must be the class StaffMember, or a subclass of it"):
        OrganisationModel(staff=staff)


class Counting(StaffMember):
    """Has a memory of its own, and decides by it."""

    def __init__(self, *row):
        super().__init__(*row)
        self.chosen = 0

    def choose_case(self, waiting, usual):
        self.chosen += 1
        return usual if self.chosen % 2 else min(waiting, key=lambda case: case.hours)


WAYS = {"pickle": lambda model: pickle.loads(pickle.dumps(model)), "deepcopy": copy.deepcopy}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_copy_goes_on_to_the_same_bits_and_asks_its_own_people(way):
    expected = outcome(started(Counting))
    model = started(Counting)
    for _ in range(8):
        model.step()
    again = way(model)
    before = sum(person.chosen for person in model.agents_by_type[Counting])
    assert before > 0
    assert outcome(again) == expected
    assert sum(person.chosen for person in model.agents_by_type[Counting]) == before
    assert sum(person.chosen for person in again.agents_by_type[Counting]) > before
    assert outcome(model) == expected


def test_models_side_by_side_ask_their_own_people():
    kinds = [Counting, ShortestFirst, Counting, StaffMember]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda kind: outcome(started(kind)), kinds))
    assert together == [outcome(started(kind)) for kind in kinds]


def test_sets_know_the_class_and_its_base():
    model = started(Counting)
    staff = model.agents_by_type[Counting]
    assert model.agents_by_type[StaffMember] is staff
    assert model.agent_types.count(Counting) == 1
    assert StaffMember not in model.agent_types
    assert all(type(person) is Counting for person in staff)
    assert len({person.unique_id for person in model.agents}) == len(model.agents)
    with pytest.raises(KeyError):
        model.agents_by_type[int]
    assert model.staff_member(3) is staff[3]
