"""Traits and state of persons: set by hand they stay, or go on from there; what is worked out is refused.
And the steps of agents, in their order."""

from typing import ClassVar

import mesa
import pytest

from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.model import OrganisationModel

QUIET = ("horizon.weeks=12", "people.turnover=0")


def started(staff=StaffMember, *more):
    return OrganisationModel(design="silos", overrides=[*QUIET, *more], rng=4, staff=staff)


def test_traits_that_are_set_stay_and_work():
    model, plain = started(), started()
    person, same = (one.agents_by_type[StaffMember][5] for one in (model, plain))
    others = [each.talent for each in model.agents_by_type[StaffMember]][6:12]
    person.talent = 2.0 * same.talent
    person.morale_set_point = 0.95
    for _ in range(5):
        model.step()
        plain.step()
    assert person.speed(person.function_name) == pytest.approx(2 * same.speed(same.function_name), rel=0.05)
    for _ in range(45):
        model.step()
    assert person.talent == 2.0 * same.talent
    assert person.morale_set_point == 0.95
    assert person.morale == pytest.approx(0.95, abs=0.2)
    assert [each.talent for each in model.agents_by_type[StaffMember]][6:12] == others


def test_state_that_is_set_goes_on_from_there():
    model = started()
    person = model.agents_by_type[StaffMember][5]
    person.morale = person.knowledge = 0.99
    for _ in range(5):
        model.step()
    assert 0.85 < person.morale < 0.99
    assert 0.85 < person.knowledge < 0.99
    person.load = 2.0
    for _ in range(5):
        model.step()
    assert person.fatigue == 1.0


@pytest.mark.parametrize(
    "name", ["unit", "function", "pool", "case", "overtime", "coordination", "busy_hours"]
)
def test_what_is_worked_out_cannot_be_set(name):
    person = started().agents_by_type[StaffMember][0]
    before = getattr(person, name)
    with pytest.raises(AttributeError, match=f"^{name} of a StaffMember is worked out"):
        setattr(person, name, 1)
    assert getattr(person, name) == before


def test_columns_of_persons_are_read_as_a_whole():
    model = started()
    staff = model.agents_by_type[StaffMember]
    assert staff.get("talent") == [person.talent for person in staff]
    assert staff.agg("morale", max) == max(person.morale for person in staff)
    staff.set("talent", 1.0)
    assert set(staff.get("talent")) == {1.0}


class Diary(mesa.Agent):
    """Notes when it acts."""

    notes: ClassVar = []

    def __init__(self, model, name):
        super().__init__(model)
        self.name = name

    def step(self):
        rows = len(self.model.datacollector.model_vars["week"])
        self.notes.append((self.model.day, self.name, rows))
        if self.name == "first" and self.model.day == 2:
            next(other for other in self.model.agents_by_type[Diary] if other.name == "second").remove()


class Acting(StaffMember):
    def step(self):
        if self.row < 2:
            Diary.notes.append((self.model.day, f"row {self.row}", None))


def test_agents_act_once_a_day_after_it_staff_first_then_in_the_order_of_joining():
    Diary.notes.clear()
    model = started(Acting)
    for name in ("first", "second", "third"):
        Diary(model, name)
    for _ in range(2):
        model.step()
    assert Diary.notes == [
        (1, "row 0", None), (1, "row 1", None), (1, "first", 0), (1, "second", 0), (1, "third", 0),
        (2, "row 0", None), (2, "row 1", None), (2, "first", 1), (2, "third", 1),
    ]  # fmt: skip


def test_an_order_of_ones_own():
    class Reversed(OrganisationModel):
        def agents_act(self):
            for agent in list(self.agents_by_type[Diary])[::-1]:
                agent.step()

    Diary.notes.clear()
    model = Reversed(rng=1, **{"horizon.weeks": 1})
    for name in ("a", "b"):
        Diary(model, name)
    model.step()
    assert [name for _, name, _ in Diary.notes] == ["b", "a"]
