"""Cost cuts: whose places are closed, and what severance costs."""

import numpy as np

from orgsim.engine.operations.state import Core
from orgsim.engine.people.state import Staff
from orgsim.organisation.workload import largest_remainder

_WEEKS_PER_YEAR = 52
_HOURS_PER_MONTH = 40 * 52 / 12


def chosen_places(
    staff: Staff, share: float, functions: np.ndarray, visibility: np.ndarray | None = None
) -> np.ndarray:
    """The places to close: a share of the staff of these functions (a mask), in proportion to their
    sizes, or, where `visibility` (0–1, by function) is given, to size × (1 − visibility): who meets
    customers is seen, and so is who is in the office. The last place
    of a function in a unit is never closed."""
    seats = staff.seats
    open_ = np.flatnonzero((seats["closed"] == 0) & functions[seats["function"]])
    sizes = np.bincount(seats["function"][open_], minlength=len(functions)).astype(float)
    weights = sizes if visibility is None else sizes * np.maximum(0.02, 1.0 - visibility)
    wanted = np.minimum(largest_remainder(round(share * len(open_)), weights), sizes)
    left: dict[int, int] = {}
    for place in open_:
        pool = int(seats["pool"][place])
        left[pool] = left.get(pool, 0) + 1
    chosen = []
    for function in range(len(functions)):
        mine = [place for place in open_ if seats["function"][place] == function]
        taken = 0
        while mine and taken < wanted[function]:
            largest = max(mine, key=lambda place: (left[int(seats["pool"][place])], place))
            if left[int(seats["pool"][largest])] <= 1:
                break
            mine.remove(largest)
            left[int(seats["pool"][largest])] -= 1
            chosen.append(int(largest))
            taken += 1
    return np.array(sorted(chosen), np.int64)


def reduce_leadership(core: Core, share: float) -> None:
    """Every node has this share less of its managers' time, owners of processes apart. Whoever decides is
    sooner busy."""
    nodes = core.nodes
    nodes["leadership"][nodes["is_owner"] == 0] *= 1.0 - share


def severance(
    core: Core, staff: Staff, places: np.ndarray, week: int, pay: np.ndarray, service: float,
    months: float, months_later: float,
) -> float:  # fmt: skip
    """Euros of severance for whoever holds these places: months of pay per year of service, more
    beyond ten years (French Labour Code, R1234-2). `service` is that of the people of the start."""
    total = 0.0
    for place in places:
        row = int(staff.seats["member"][place])
        if row < 0:
            continue
        first = int(staff.persons["first_week"][row])
        years = (week - first) / _WEEKS_PER_YEAR + (service if first == 0 else 0.0)
        owed = months * min(years, 10.0) + months_later * max(0.0, years - 10.0)
        total += owed * float(pay[core.members["function"][row]]) * _HOURS_PER_MONTH
    return total
