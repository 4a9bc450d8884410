"""From practices to the tables that people and the core read."""

from orgsim.engine.operations.state import Core
from orgsim.engine.people.state import Staff
from orgsim.mechanisms.catalogue import POOLS, PRACTISED, TREATMENT
from orgsim.mechanisms.declaration import practised
from orgsim.organisation.practices import ROW, PracticeCourse
from orgsim.scenario import Scenario


def apply(scenario: Scenario, course: PracticeCourse, core: Core, staff: Staff) -> None:
    """Write this week's practices; company-wide rules follow their means."""
    now = {name: course.now[row] for name, row in ROW.items()}
    rules, function = core.rules[0], core.pools["function"]
    for name, rule in PRACTISED.items():
        rules[name] = rule(scenario, course.mean)
    for name in TREATMENT:
        staff.treatment[name] = now[name]
    for name, given in POOLS.items():
        core.pools[name] = practised(given, scenario, now)[function]
