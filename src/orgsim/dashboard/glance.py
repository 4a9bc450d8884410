"""A glance at the effect of a change: the first weeks of one world, as far as something has happened."""

from typing import Any

from orgsim.answers.health import known_health
from orgsim.answers.wording import remark_sentences
from orgsim.dashboard.choosing import Chosen
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.scenario import Scenario
from orgsim.simulation.schedule import Simulation
from orgsim.world import environment

_GLANCE = ("result", "total_cost", "satisfaction", "retention", "cycle_time", "utilisation")
#: the weeks that a glance takes in at the least, and of what happens from outside
_GLANCE_WEEKS, _OF_WHAT_HAPPENS = 26, 13


def glance_weeks(settings: Scenario) -> int:
    """So many weeks that a crisis and the levers have begun."""
    warmup = settings.horizon.warmup_weeks
    begins = [lever.start_week for lever in settings.levers.values()]
    first = environment(settings).first_week
    if first is not None:
        begins.append(first - warmup)
    wanted = max([_GLANCE_WEEKS, *(week + _OF_WHAT_HAPPENS for week in begins)])
    return min(settings.horizon.weeks, wanted)


def measures_after(settings: Scenario, design: str, seed: int, weeks: int) -> dict[str, float]:
    """The measures of the first weeks of a run."""
    simulation = Simulation(settings, design, seed)
    last = settings.horizon.warmup_weeks + weeks
    simulation.run(lambda: simulation.week >= last)
    return simulation.result().measures


def glance(chosen: Chosen, seed: int, say: Language) -> dict[str, Any]:
    """The first weeks of one world: enough to see that a change does something."""
    settings = chosen.settings
    try:
        weeks = glance_weeks(settings)
        found = [measures_after(settings, design, seed, weeks) for design in chosen.designs]
    except OrgsimError as error:
        return {"rows": [], "note": say(error.message), "remarks": []}
    rows = []
    for key in _GLANCE:
        values = [one[key] for one in found]
        better = None
        if BY_KEY[key].better and values[0] != values[1] and all(value == value for value in values):
            better = int((values[1] < values[0]) == (BY_KEY[key].better == "lower"))
        shown = [say.amount(key, value) if value == value else "–" for value in values]
        rows.append({"label": say.measure(key), "values": shown, "better": better})
    note = say("One world only (seed {seed}), its first {weeks: week|weeks}: to see that a change does "
               "something, not to conclude.", seed=seed, weeks=weeks)  # fmt: skip
    health = known_health(settings, tuple(chosen.designs))
    return {"rows": rows, "note": note, "remarks": remark_sentences(say, health)}
