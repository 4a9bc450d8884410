"""The search for staffings: the smallest with which enough worlds meet a target."""

import math
import threading
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np

from orgsim.organisation.workload import largest_remainder
from orgsim.scenario import Scenario
from orgsim.scenario.reach import functions_apart
from orgsim.simulation.runner import Progress, side_by_side

#: staffing is looked for up to this multiple of the scenario's
LARGEST = 3.0
#: where people are taken away function by function, beginning with this multiple of what is enough
AMPLE = 1.1
#: the first step away from a number of staff is this part of it
_STEP = 16


class Served(NamedTuple):
    """What a staffing comes to in one world."""

    met: bool  #: whether the target is
    cost: float  #: total cost, €
    utilisation: dict[str, float]  #: by function, per cent of paid hours


#: a staffing (people by function) under a seed; the event ends it early
Serve = Callable[[dict[str, int], int, threading.Event], Served]


def with_staff(settings: Scenario, staff: dict[str, int]) -> Scenario:
    """The scenario with this staff by function, and neither overtime nor temporary staff."""
    sized = {
        key: function.model_copy(update={"staff": staff[key]})
        for key, function in settings.company.functions.items()
    }
    company = settings.company.model_copy(update={"functions": sized})
    people = settings.people.model_copy(update={"overtime_cap": 0.0, "temps_cap": 0.0})
    return settings.model_copy(update={"company": company, "people": people})


class Row:
    """All staffings of the same proportions, by their number of staff.

    Who sits apart serves nobody: as many as there are, in every one."""

    def __init__(self, staff: dict[str, int], aside: Collection[str], most: int):
        self.start = sum(staff.values())  #: staff of those proportions themselves
        self.least = sum(n if key in aside else min(1, n) for key, n in staff.items())
        self.most = most  #: the largest that is looked at
        self._keys = tuple(staff)
        self._staff = np.array(list(staff.values()))
        self._apart = np.array([key in aside for key in staff])

    def of(self, total: int) -> dict[str, int]:
        """`total` people by function (largest remainder, at least one in each function that has any)."""
        apart = self._apart
        seats = largest_remainder(total - int(self._staff[apart].sum()), np.where(apart, 0.0, self._staff))
        seats[apart] = self._staff[apart]
        for empty in np.flatnonzero((self._staff > 0) & (seats == 0)):
            seats[np.argmax(np.where(apart, 0, seats))] -= 1
            seats[empty] = 1
        return {key: int(seat) for key, seat in zip(self._keys, seats, strict=True)}

    def smallest(self, met: Callable[[dict[str, int]], bool]) -> float:
        """The fewest staff in these proportions that meet a target, persons; inf if the most do not.

        Exponential search from the proportions themselves (Bentley & Yao 1976), then bisection. Assumes that
        more people never serve worse."""
        step = max(1, self.start // _STEP)
        missed, enough = self.least - 1, self.start
        if met(self.of(self.start)):
            while enough - step > missed:
                if not met(self.of(enough - step)):
                    missed = enough - step
                    break
                enough, step = enough - step, 2 * step
        else:
            missed, enough = self.start, min(self.most, self.start + step)
            while not met(self.of(enough)):
                if enough == self.most:
                    return math.inf
                missed, step = enough, 2 * step
                enough = min(self.most, enough + step)
        while enough - missed > 1:
            middle = (missed + enough) // 2
            if met(self.of(middle)):
                enough = middle
            else:
                missed = middle
        return enough


def row_of(settings: Scenario, staff: dict[str, int] | None = None) -> Row:
    """The row of the scenario's own proportions, or of those of `staff`; up to `LARGEST` times the
    scenario's staff."""
    own = {key: function.staff for key, function in settings.company.functions.items()}
    return Row(staff or own, functions_apart(settings), math.ceil(LARGEST * sum(own.values())))


class Worlds:
    """Worlds in which staffings are tried together; what has been tried is remembered.

    Whether enough of them meet the target is known before all have been looked at; those that have missed
    most often come first. Neither that nor the number of workers changes an answer, which is a count."""

    def __init__(self, serve: Serve, seeds: Sequence[int], workers: int | None = None):
        self._serve, self._seeds, self._workers = serve, seeds, workers
        self._known: dict[tuple[int, ...], dict[int, Served]] = {}
        self._misses: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._seeds)

    def meet(self, staff: dict[str, int], needed: int) -> bool:
        """Whether at least `needed` worlds meet the target."""
        self._try(staff, needed)
        return sum(found.met for found in self._of(staff).values()) >= needed

    def served(self, staff: dict[str, int], progress: Progress | None = None) -> list[Served]:
        """What the staffing comes to in every world."""
        self._try(staff, None, progress)
        return [self._of(staff)[seed] for seed in self._seeds]

    def utilisation(self, staff: dict[str, int]) -> dict[str, float]:
        """By function, per cent of paid hours, the mean over the worlds."""
        found = self.served(staff)
        return {key: math.fsum(one.utilisation[key] for one in found) / len(found) for key in staff}

    def _of(self, staff: dict[str, int]) -> dict[int, Served]:
        return self._known.setdefault(tuple(staff.values()), {})

    def _try(self, staff: dict[str, int], needed: int | None, progress: Progress | None = None) -> None:
        """Look at the worlds, until it is known whether as many as `needed` meet the target; None: at all."""
        known = self._of(staff)

        def decided() -> bool:
            met = [found.met for found in list(known.values())]  # other threads add to it
            spare = len(self._seeds) - (needed or 0)
            return needed is not None and (met.count(True) >= needed or met.count(False) > spare)

        def work(seed: int, stop: threading.Event) -> None:
            if not decided():
                known[seed] = self._serve(staff, seed, stop)

        left = sorted(set(self._seeds) - set(known), key=lambda seed: (-self._misses[seed], seed))
        side_by_side(work, left, self._workers, progress)
        self._misses.update(seed for seed in left if seed in known and not known[seed].met)


def trimmed(
    staff: dict[str, int], worlds: Worlds, needed: int, aside: Collection[str] = ()
) -> dict[str, int]:
    """Take people away, always from the least busy function that can still spare some, until nobody can go
    without fewer than `needed` worlds meeting the target; those of the functions `aside` stay.

    First a quarter of a mean function at a time, then half as many, in the end one by one. `staff` has to be
    enough itself."""
    step = max(1, sum(staff.values()) // (4 * len(staff)))
    while True:
        before = staff
        can_spare = {key for key in staff if key not in aside}
        while can_spare:
            busy = worlds.utilisation(staff)
            key = min(sorted(can_spare), key=busy.__getitem__)
            fewer = staff | {key: staff[key] - step}
            if fewer[key] >= 1 and worlds.meet(fewer, needed):
                staff = fewer
            else:
                can_spare.discard(key)
        if staff == before and step == 1:
            return staff
        step = max(1, step // 2)


def smallest_staffing(settings: Scenario, worlds: Worlds, needed: int) -> dict[str, int] | None:
    """The smallest staffing (people by function) with which `needed` worlds meet the target: all functions
    in proportion first, then function by function. None if `LARGEST` times the staff is not enough.

    People are taken away from `AMPLE` times what is enough in proportion: where just enough serve, everybody
    is missed, however busy, and those whom the others wait for could never be helped."""
    row = row_of(settings)
    total = row.smallest(lambda staff: worlds.meet(staff, needed))
    if total == math.inf:
        return None
    ample = row.of(min(row.most, math.ceil(AMPLE * total)))
    start = ample if worlds.meet(ample, needed) else row.of(int(total))
    return trimmed(start, worlds, needed, functions_apart(settings))
