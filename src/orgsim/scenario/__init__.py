"""What a person writes: the typed schema, reading it, and the bundled catalogue."""

from orgsim.scenario.loading import load
from orgsim.scenario.schema import Scenario
from orgsim.working_time import HOURS_PER_DAY, HOURS_PER_WEEK, WEEKS_PER_YEAR

__all__ = ["HOURS_PER_DAY", "HOURS_PER_WEEK", "WEEKS_PER_YEAR", "Scenario", "load"]
