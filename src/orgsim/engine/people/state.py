"""The arrays of people's weekly life: one person for each row of the core's members, one seat for each
place in the organisation. Rows of persons are never reused: who leaves is gone, who is hired is new.
Mechanisms bring their own fields of rules, persons and units (see `mechanisms/`).
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orgsim.engine.operations.state import GONE, NONE, Core
from orgsim.mechanisms.catalogue import MEANS, RULES_OF, STATE_OF
from orgsim.mechanisms.catalogue import TREATMENT as TREATED_WITH

F, N, U = np.float64, np.int64, np.uint64
Array = npt.NDArray


def _record(*groups: tuple[type, str]) -> np.dtype:
    return np.dtype((np.record, [(name, kind) for kind, names in groups for name in names.split()]))


PERSON = _record(
    (U, "key"),
    (N, "seat first_week chosen_for_service"),
    (F, "busy_before " + " ".join(STATE_OF["person"])),
)
SEAT = _record((U, "key"), (N, "member unit function pool group generation vacant_until closed"))
#: what is practised towards the people of a function
TREATMENT = _record((F, " ".join((*TREATED_WITH, "contact", "turnover"))))
UNIT = _record((F, " ".join((*STATE_OF["unit"], "people"))))
#: the people of a group now: how many, and the sum of what they know of customers
GROUP = _record((F, "people knowledge"))
RULES = _record((F, " ".join(("week_hours", *RULES_OF["people"]))))
#: what a week has brought, summed over people; and over management: the time of who leads, in persons
#: (owners of processes apart), and the exceptions that have been decided, of which some far from the unit
TOTALS = _record(
    (F, "people managers knowledge morale fatigue reward_unseen staff_promoters staff_detractors"),
    (N, "left rows exceptions far_exceptions"),
)  # fmt: skip


class Staff(NamedTuple):
    """Everything about people beside their work."""

    rules: Array
    persons: Array
    seats: Array
    treatment: Array  # [function]
    units: Array
    base: Array  # [member, function] proficiency without experience
    experience: Array  # [member, function] hours
    shares: Array  # [member, function] of recent work
    mixture: Array  # [member, type] of recent work
    present: Array  # [unit, function] people
    beside: Array  # [group, function] people
    groups: Array
    standard: Array  # [pool] time per case that people think right, 1 at first
    totals: Array


def sums_over_staff(core: Core, staff: Staff) -> dict[str, float]:
    """What mechanisms want recorded of people, summed over those who hold a place now."""
    held = staff.seats["member"][staff.seats["member"] != NONE]
    tables = {"member": core.members, "person": staff.persons}
    return {mean.key: math.fsum(tables[mean.record][mean.name][held].tolist()) for mean in MEANS}


def _more(array: Array, rows: int) -> Array:
    grown = np.zeros((len(array) + rows, *array.shape[1:]), array.dtype)
    grown[: len(array)] = array
    return grown


def with_rows(core: Core, staff: Staff, rows: int) -> tuple[Core, Staff]:
    """Room for at least so many more people."""
    spare = len(core.members) - int(staff.totals["rows"][0])
    if spare >= rows:
        return core, staff
    more = rows + len(staff.seats) // 4 + 8
    members = _more(core.members, more)
    members["status"][-more:] = GONE
    members["account"][-more:] = len(core.pools)  # nobody's yet
    for name in ("case", "last_type", "next", "prev"):
        members[name][-more:] = NONE
    core = core._replace(
        members=members,
        skill=_more(core.skill, more),
        worked=_more(core.worked, more),
        kinds=_more(core.kinds, more),
        ties=_more(core.ties, more),
        acquaintance=_more(core.acquaintance, more),
    )
    wider: Mapping[str, Array] = {
        name: _more(getattr(staff, name), more)
        for name in ("persons", "base", "experience", "shares", "mixture")
    }
    return core, staff._replace(**wider)
