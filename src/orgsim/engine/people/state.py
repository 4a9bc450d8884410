"""The arrays of people's weekly life: one person for each row of the core's members, one seat for each
place in the organisation. Rows of persons are never reused: who leaves is gone, who is hired is new.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orgsim.engine.operations.state import GONE, NONE, Core

F, N, U = np.float64, np.int64, np.uint64
Array = npt.NDArray


def _record(*groups: tuple[type, str]) -> np.dtype:
    return np.dtype((np.record, [(name, kind) for kind, names in groups for name in names.split()]))


PERSON = _record(
    (U, "key"),
    (N, "seat first_week chosen_for_service"),
    (F, "morale load fatigue strange newness variety busy_before"),
)
SEAT = _record((U, "key"), (N, "member unit function pool generation vacant_until closed"))
#: what is practised towards the people of a function
TREATMENT = _record(
    (F, "exposure feedback personas scripts recognition satisfaction_reward autonomy people_skills "
        "service_minded contact turnover"),
)  # fmt: skip
UNIT = _record((F, "coordination ownership knowledge people"))
RULES = _record(
    (F, """specialisation peers memory learning_exponent mastery retained variety variety_stay unfamiliarity
    familiarity_kept ownership knowledge_at_start knowledge_forgotten knowledge_contact knowledge_sharing
    knowledge_feedback knowledge_personas knowledge_quality morale_at_start morale_weeks morale_workload
    morale_bounces morale_autonomy morale_recognition morale_management morale_quality morale_stay
    fatigue_from fatigue_weeks fatigue_speed fatigue_quits corner_cutting corner_defects standard_down_weeks
    standard_up_weeks erosion scripts_novices scripts_experts gaming_time attention hazard vacancy_weeks
    overtime_from overtime_cap temps_from temps_cap newcomer_speed newness_kept
    service_minded_knowledge service_minded_search ceiling week_hours
    reference_scripts reference_recognition reference_people_skills reference_autonomy"""),
)  # fmt: skip
#: what a week has brought, summed over people
TOTALS = _record(
    (F, "people knowledge morale fatigue reward_unseen staff_promoters staff_detractors"),
    (N, "left rows")
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
    standard: Array  # [pool] time per case that people think right, 1 at first
    totals: Array


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
    )
    wider: Mapping[str, Array] = {
        name: _more(getattr(staff, name), more)
        for name in ("persons", "base", "experience", "shares", "mixture")
    }
    return core, staff._replace(**wider)
