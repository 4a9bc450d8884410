"""A run that can be looked at during the day: it is driven hour by hour, and gives the same bits."""

from orgsim.dashboard.budget import check_queues
from orgsim.engine.operations.day import run_until
from orgsim.scenario import Scenario
from orgsim.simulation.schedule import Simulation
from orgsim.working_time import DAYS_PER_WEEK, HOURS_PER_DAY


class PacedSimulation(Simulation):
    """A simulation whose clock can be stopped at any hour."""

    _laid_out = -1

    def __init__(self, settings: Scenario, design: str, seed: int):
        super().__init__(settings, design, seed)
        self.warmup_days = settings.horizon.warmup_weeks * DAYS_PER_WEEK
        self.last_day = self.horizon_weeks * DAYS_PER_WEEK
        self.go_to(0.0)

    def demand_arrives(self) -> None:
        """Once a week, however often it is asked for."""
        if self._laid_out != self.week:
            self._laid_out = self.week
            super().demand_arrives()

    def go_to(self, hour: float) -> None:
        """Run on to an hour since the measures began, or to the end of the run. Raises InputError where
        more cases are open than a page can hold."""
        hour += self.warmup_days * HOURS_PER_DAY
        whole = min(int(hour // HOURS_PER_DAY), self.last_day)
        while self.day < whole:
            check_queues(self.settings.designs[self.design_name].label or self.design_name, self.open_cases)
            self._live(min(whole - self.day, DAYS_PER_WEEK - self.day % DAYS_PER_WEEK))
        if not self.finished and hour > whole * HOURS_PER_DAY:
            self.demand_arrives()
            self.core = run_until(self.core, hour)
