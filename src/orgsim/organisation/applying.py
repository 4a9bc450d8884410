"""From practices to the tables that people and the core read."""

import numpy as np

from orgsim.engine.operations.state import Core
from orgsim.engine.people.state import Staff
from orgsim.mechanisms.catalogue import POOLS, PRACTISED, TREATMENT
from orgsim.mechanisms.declaration import practised
from orgsim.organisation.practices import ROW, PracticeCourse
from orgsim.scenario import Scenario


def apply(scenario: Scenario, course: PracticeCourse, core: Core, staff: Staff, heads: np.ndarray) -> None:
    """Write this week's practices; `heads` is the staff by function, by which company-wide ones are
    averaged."""
    now = {name: course.now[row] for name, row in ROW.items()}
    rules, function = core.rules[0], core.pools["function"]

    def mean(name: str) -> float:
        return course.mean(name, heads)

    for name, rule in PRACTISED.items():
        rules[name] = rule(scenario, mean)
    for name in TREATMENT:
        staff.treatment[name] = now[name]
    for name, given in POOLS.items():
        core.pools[name] = practised(given, scenario, now)[function]
