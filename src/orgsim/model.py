"""`OrganisationModel`: the simulation as a Mesa model, one step a working day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from orgsim.agents import KINDS, AllAgents, Customer, Manager, RowSet, StaffMember, Unit
from orgsim.policies import OWN, Policies
from orgsim.scenario import Scenario, load
from orgsim.simulation import Simulation

__all__ = ["Customer", "Manager", "OrganisationModel", "StaffMember", "Unit"]

_SEAT = np.dtype([("node", np.int64)])


def _last(name: str) -> Any:
    def report(model: OrganisationModel) -> float:
        values = model.weekly[name]
        return values[-1] if values else float("nan")

    return report


class OrganisationModel(Simulation, mesa.Model):
    """One company under one design, as a Mesa model.

    The schedule is `Simulation.step`; this class adds Mesa's agents, data collection and random
    generators. The same seed gives the same bits as `orgsim.run`.
    """

    def __init__(
        self,
        *,
        source: str | Path | dict[str, Any] | Scenario = "default",
        design: str | None = None,
        overrides: Iterable[str] = (),
        rng: int | None = None,
        policies: Policies = OWN,
    ):
        """A model of `design` (the first of the scenario, if None) from a scenario's name, file or
        tables; `rng` is the seed of the world (drawn by chance, if None);
        `policies` replaces rules of the model (see `orgsim.policies`)."""
        if rng is None:
            rng = int(np.random.default_rng().integers(2**32))
        mesa.Model.__init__(self, rng=int(rng))
        settings = load(source, [overrides] if isinstance(overrides, str) else overrides)
        Simulation.__init__(self, settings, design or next(iter(settings.designs)), int(rng), policies)
        seats = np.repeat(np.arange(len(self.core.nodes)), self.core.nodes["managers"])
        self.manager_seats = np.zeros(len(seats), _SEAT)
        self.manager_seats["node"] = seats
        self.sets: dict[type, RowSet] = {kind: RowSet(self, kind) for kind in KINDS}
        self._everybody = AllAgents(self, self._all_agents)
        self.datacollector = mesa.DataCollector(model_reporters=self.reporters())

    def reporters(self) -> dict[str, Any]:
        """What is collected after every day; override to add to it."""
        weekly = (
            "index", "customers", "satisfaction", "backlog_hours", "revenue", "cost", "result",
        )  # fmt: skip
        return {
            "week": lambda model: model.week,
            "open_cases": lambda model: int(model.core.clock["open_cases"][0]),
            "closed_cases": lambda model: int(model.core.tallies["closed"].sum()),
            "total_cost": lambda model: model.ledger.total,
            **{name: _last(name) for name in weekly},
        }

    def step(self) -> None:
        """One working day."""
        Simulation.step(self)
        self.running = not self.finished
        self.datacollector.collect(self)

    def run(self, stop: Callable[[], bool] | None = None) -> None:
        """All that is left of the horizon, day by day, so that everything is collected."""
        while not self.finished and not (stop and stop()):
            self.step()

    @property
    def agents(self) -> AgentSet:
        """Everybody: units, managers, staff, customers, and agents that you have added."""
        return self._everybody

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """Agent sets by type."""
        return {**self.sets, **self._agents_by_type}

    @property
    def agent_types(self) -> list[type]:
        """The types of agents."""
        return list(self.agents_by_type)
