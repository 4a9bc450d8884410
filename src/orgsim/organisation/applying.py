"""From practices to the tables that people and the core read."""

import numpy as np

from orgsim.engine.operations.state import Core
from orgsim.engine.people.state import Staff
from orgsim.organisation.practices import ROW, PracticeCourse
from orgsim.scenario import Scenario

#: rules of the core that are practices of the whole company
_COMPANY_WIDE = ("centralisation", "transversality", "autonomy", "mutual_aid", "automation")
_TREATMENT = (
    "exposure", "feedback", "personas", "scripts", "recognition", "satisfaction_reward", "autonomy",
    "people_skills", "service_minded",
)  # fmt: skip


def apply(scenario: Scenario, course: PracticeCourse, core: Core, staff: Staff, heads: np.ndarray) -> None:
    """Write this week's practices; `heads` is the staff by function, by which company-wide ones are
    averaged."""
    now = course.now
    handoff, arbitration = scenario.frictions.handoff, scenario.frictions.arbitration
    rules, function = core.rules[0], core.pools["function"]
    for name in _COMPANY_WIDE:
        rules[name] = course.mean(name, heads)
    rules["mutual_aid"] = float(rules["mutual_aid"] >= 0.5)
    for name in _TREATMENT:
        staff.treatment[name] = now[ROW[name]]
    local = now[ROW["local_targets"]]
    sharing = now[ROW["data_sharing"]] * (1.0 - handoff.sharing_needs_interest * local)
    kept = 1.0 - (1.0 - handoff.information_kept) * (1.0 - sharing)
    core.pools["local_targets"] = local[function]
    core.pools["information_kept"] = kept[function]
    core.pools["transfer_factor"] = (1.0 + handoff.remote_penalty * now[ROW["remote_share"]])[function]
    skills = course.mean("people_skills", heads)
    usual = type(scenario.practices).model_fields["people_skills"].default
    effects = scenario.effects
    less = max(0.0, 1.0 - effects.people_skills_rework * (skills - usual))
    rules["outcome_rework"] = arbitration.rework * less
    rules["outcome_rework_per_level"] = arbitration.rework_per_level * less
    longer = 1.0 + effects.people_skills_hours * (skills - usual)
    rules["decision_hours"] = arbitration.decision_hours * longer
