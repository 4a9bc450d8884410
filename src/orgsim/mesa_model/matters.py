"""What staff decide about: cases, and whom to hand them to, as light views on the rows of the core.

They hold during the call in which they are given: a case's slot belongs to another one later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from orgsim.engine.operations.nearness import distance
from orgsim.engine.operations.state import IN_QUEUE, NONE

if TYPE_CHECKING:
    from mesa import Agent

#: the plain function behind the compiled one
_distance = getattr(distance, "py_func", distance)


class Case:
    """A case, and the activity that is next."""

    __slots__ = ("model", "slot", "step")

    def __init__(self, model: Any, slot: int, step: int = NONE):
        """`step` is the activity in question; without one, the case's present one."""
        self.model = model
        self.slot = slot
        self.step = int(model.core.cases["step"][slot]) if step == NONE else step

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and other.model is self.model and other.slot == self.slot

    def __hash__(self) -> int:
        return hash(self.slot)

    def _field(self, name: str) -> Any:
        return self.model.core.cases[name].item(self.slot)

    def _now(self) -> float:
        return float(self.model.core.clock["now"][0])

    @property
    def case_type(self) -> str:
        """The key of the kind of case."""
        return list(self.model.settings.case_types)[self._field("type")]

    @property
    def segment(self) -> str:
        """The key of the customer's segment."""
        return list(self.model.settings.segments)[self._field("segment")]

    @property
    def customer(self) -> Agent | None:
        """The customer; None for a prospect's case, or one that concerns nobody."""
        row = self._field("customer")
        return None if row < 0 else self.model.customer(row)

    @property
    def function(self) -> str:
        """The key of the function that does the activity."""
        return list(self.model.settings.company.functions)[self.model.core.steps["function"][self.step]]

    @property
    def hours(self) -> float:
        """Working hours that the activity takes in the mean, for a case as complex as this one, or what is
        to be done of it once more."""
        mean = float(self.model.core.steps["hours"][self.step])
        return mean * self.complexity * float(self._field("portion"))

    @property
    def age(self) -> float:
        """Working hours since the case was opened."""
        return self._now() - float(self._field("opened"))

    @property
    def waiting(self) -> float:
        """Working hours since it has last changed its state: of a waiting case, in its queue."""
        return self._now() - float(self._field("since"))

    @property
    def promise(self) -> float:
        """Working hours within which customers are promised an end of such a case."""
        return float(self.model.core.types["promise"][self._field("type")])

    @property
    def information(self) -> float:
        """What is known about the case, 0 to 1."""
        return float(self._field("information"))

    @property
    def complexity(self) -> float:
        """× hours, against the mean case of its kind."""
        return float(self._field("complexity"))

    @property
    def is_repeat(self) -> bool:
        """Whether the customer comes back with it, since it was not done well."""
        return bool(self._field("is_repeat"))

    @property
    def handoffs(self) -> int:
        """How often it has been handed over."""
        return int(self._field("handoffs"))

    @property
    def bounces(self) -> int:
        """How often a receiver has returned it."""
        return int(self._field("bounces"))


class WaitingCases:
    """The cases that wait in a pool's queue, in the order in which they came."""

    __slots__ = ("model", "pool")

    def __init__(self, model: Any, pool: int):
        self.model = model
        self.pool = pool

    def __len__(self) -> int:
        return int(self.model.core.pools["waiting"][self.pool])

    def __iter__(self) -> Iterator[Case]:
        following = self.model.core.cases["next"]
        slot = int(self.model.core.pools["head"][self.pool])
        while slot != NONE:
            yield Case(self.model, slot)
            slot = int(following[slot])

    def __contains__(self, case: object) -> bool:
        if not isinstance(case, Case) or case.model is not self.model:
            return False
        core = self.model.core
        row = core.cases[case.slot]
        return bool(row["state"] == IN_QUEUE and core.routes[row["step"], row["segment"]] == self.pool)


class Candidate:
    """Somebody who is free to take up a case."""

    __slots__ = ("_giver", "did_it_before", "person")

    def __init__(self, person: Any, giver: int, did_it_before: bool):
        self.person = person  #: a StaffMember
        self.did_it_before = did_it_before  #: whether the person has done this activity of the case before
        self._giver = giver

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Candidate) and other.person is self.person

    def __hash__(self) -> int:
        return hash(self.person)

    @property
    def distance(self) -> float:
        """From whoever hands over, 0 to 1.5 (`frictions.distance`)."""
        return float(_distance(self.person.model.core, self._giver, self.person.row))


class Candidates:
    """Who is free to take up a case: of the same unit whoever has done the activity before, then members of
    the pool that it goes to, longest idle first."""

    __slots__ = ("_function", "giver", "model", "pool", "preferred")

    def __init__(self, model: Any, pool: int, giver: int, preferred: int):
        self.model = model
        self.pool = pool
        self.giver = giver
        self.preferred = preferred
        self._function = int(model.core.pools["function"][pool])

    def candidate(self, row: int) -> Candidate:
        """The member `row` as a candidate."""
        return Candidate(self.model.staff_member(row), self.giver, row == self.preferred)

    def __contains__(self, candidate: object) -> bool:
        return isinstance(candidate, Candidate) and self._has(candidate.person.row)

    def _has(self, row: int) -> bool:
        core = self.model.core
        member = core.members[row]
        if not member["idle"] or core.skill[row, self._function] <= 0.0:
            return False
        here: bool = member["pool"] == self.pool
        return here or bool(row == self.preferred and member["unit"] == core.pools["unit"][self.pool])

    def _rows(self) -> Iterator[int]:
        core = self.model.core
        following, pools = core.members["next"], core.members["pool"]
        if self.preferred != NONE and pools[self.preferred] != self.pool and self._has(self.preferred):
            yield self.preferred
        row = int(core.pools["idle_head"][self.pool])
        while row != NONE:
            if core.skill[row, self._function] > 0.0:
                yield row
            row = int(following[row])

    def __len__(self) -> int:
        return sum(1 for _ in self._rows())

    def __iter__(self) -> Iterator[Candidate]:
        return map(self.candidate, self._rows())
