"""How the compiled core asks a person: numbers come in, agents and cases are made of them, the answer is
checked and goes back as a number.

What a method raises cannot pass through compiled code. It is kept, the rest of the day goes by the built-in
rules without further questions, and then it is raised as it is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np

from orgsim.engine.operations.state import GONE, NONE, OFF_DUTY
from orgsim.kernel.decisions import ANSWERS, DECISIONS
from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.matters import Candidates, Case, WaitingCases

Answer = Callable[[int, int, int, int], int]


class Asking:
    """Puts the core's questions to the members of a model's staff whose class answers them."""

    def __init__(self, model: Any, kind: type[StaffMember]):
        self.model = model
        self.failure: BaseException | None = None
        own = [name for name in DECISIONS if getattr(kind, name) is not getattr(StaffMember, name)]
        # kept for as long as the core may call them
        self._answers = {name: ANSWERS(self._kept_from_failing(getattr(self, f"_{name}"))) for name in own}

    @property
    def addresses(self) -> np.ndarray | None:
        """What `core.decisions` is: where each decision is answered; None if nobody answers any."""
        if not self._answers:
            return None
        found = np.zeros(len(DECISIONS), np.int64)
        for place, name in enumerate(DECISIONS):
            if name in self._answers:
                found[place] = _address(self._answers[name])
        return found

    def raise_failure(self) -> None:
        """Raise what a method has raised since the last time, if any has."""
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure

    def _kept_from_failing(self, answer: Answer) -> Answer:
        def careful(row: int, about: int, more: int, usual: int) -> int:
            if self.failure is not None:
                return usual
            try:
                return answer(row, about, more, usual)
            except BaseException as failure:
                self.failure = failure
                return usual

        return careful

    def _choose_case(self, row: int, pool: int, _: int, usual: int) -> int:
        waiting = WaitingCases(self.model, pool)
        first = Case(self.model, usual)
        chosen = self._person(row).choose_case(waiting, first)
        if chosen is first:
            return usual
        if chosen is None:
            return NONE
        if chosen not in waiting:
            raise ValueError(f"choose_case returned {chosen!r}; return one of `waiting`, or None")
        return int(chosen.slot)

    def _keeps(self, row: int, slot: int, step: int, usual: int) -> int:
        return _whether("keeps", self._person(row).keeps(Case(self.model, slot, step), bool(usual)))

    def _hand_to(self, row: int, slot: int, preferred: int, usual: int) -> int:
        if self.model.core.members["status"][row] in (OFF_DUTY, GONE):
            return usual  # whoever has left is not asked
        case = Case(self.model, slot)
        pool = int(self.model.core.routes[case.step, self.model.core.cases["segment"][slot]])
        candidates = Candidates(self.model, pool, row, preferred)
        called = candidates.candidate(usual)
        chosen = self._person(row).hand_to(case, candidates, called)
        if chosen is not called and chosen not in candidates:
            raise ValueError(f"hand_to returned {chosen!r}; return one of `candidates`")
        return int(chosen.person.row)

    def _decides(self, row: int, slot: int, far: int, usual: int) -> int:
        answer = self._person(row).decides(Case(self.model, slot), bool(far), bool(usual))
        return _whether("decides", answer)

    def _helps(self, row: int, slot: int, _: int, usual: int) -> int:
        return _whether("helps", self._person(row).helps(Case(self.model, slot), bool(usual)))

    def _leaves(self, row: int, week: int, _: int, usual: int) -> int:
        return _whether("leaves", self._person(row).leaves(week, bool(usual)))

    def _person(self, row: int) -> StaffMember:
        person: StaffMember = self.model.staff_member(row)
        return person


def _whether(name: str, answer: object) -> int:
    if not isinstance(answer, bool | np.bool_):
        raise TypeError(f"{name} returned {answer!r}; return True or False")
    return int(answer)


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0
