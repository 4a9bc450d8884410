"""`OrganisationModel`: the simulation as a Mesa model, one step a working day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from orgsim.kernel.policies import OWN, Policies
from orgsim.mesa_model.agents import KINDS, Customer, Manager, StaffMember, Unit
from orgsim.mesa_model.agentsets import AllAgents, RowSet, SetsByType
from orgsim.mesa_model.asking import Asking
from orgsim.scenario import Scenario, load
from orgsim.scenario.loading import override_text
from orgsim.simulation.schedule import Simulation

__all__ = ["Customer", "Manager", "OrganisationModel", "StaffMember", "Unit"]

#: the weekly course of which the last value is collected
_WEEKLY = ("index", "customers", "satisfaction", "backlog_hours", "revenue", "cost", "result")


# reporters are functions of this module, so that models can be pickled


def _week(model: OrganisationModel) -> int:
    return model.week


def _open_cases(model: OrganisationModel) -> int:
    return model.open_cases


def _closed_cases(model: OrganisationModel) -> int:
    return int(model.core.tallies["closed"].sum())


def _total_cost(model: OrganisationModel) -> float:
    return model.ledger.total


def _last(name: str, model: OrganisationModel) -> float:
    values = model.weekly[name]
    return values[-1] if values else float("nan")


def _seeds(rng: Any) -> tuple[int, int | np.random.Generator]:
    """The seed of the world, and what Mesa's own generators begin with."""
    if rng is None:
        rng = int(np.random.default_rng().integers(2**32))
    if isinstance(rng, (bool, np.bool_)):
        raise TypeError(
            f"rng = {rng} is no seed; give a whole number from 0, a NumPy Generator or SeedSequence, or None"
        )
    if isinstance(rng, (int, np.integer)):
        return int(rng), int(rng)
    generator = np.random.default_rng(rng)
    return int(generator.integers(2**32)), generator


def _settings(source: Any, overrides: Iterable[str], fields: Mapping[str, Any]) -> Scenario:
    """The scenario of a model's parameters; what `mesa.batch_run` takes apart is refused."""
    if not isinstance(source, (str, Path, Mapping, Scenario)):
        raise TypeError(
            f"source is a {type(source).__name__}; give the name of a bundled scenario, a file, tables or a "
            "Scenario (under mesa.batch_run, which goes through what it is given: [scenario])"
        )
    if isinstance(overrides, str):
        raise TypeError(
            f"overrides = {overrides!r} is one text; give a list: [{overrides!r}] (under mesa.batch_run, "
            f"where a list is a sweep, name the fields as parameters: "
            f"{{'horizon.weeks': 4, 'crisis.depth': [0.2, 0.4]}})"
        )
    for name in fields:
        if "." not in name:
            raise TypeError(
                f"OrganisationModel has no parameter '{name}'; its parameters are source, design, overrides, "
                "rng, policies, staff, and fields of the scenario by their names, such as 'horizon.weeks'"
            )
    values = {
        name: value.item() if isinstance(value, np.generic) else value for name, value in fields.items()
    }
    return load(source, [*overrides, *(override_text(name, value) for name, value in values.items())])


class OrganisationModel(Simulation, mesa.Model):
    """One company under one design, as a Mesa model.

    The schedule is `Simulation.step`; this class adds Mesa's agents, data collection and random
    generators. The same seed gives the same bits as `orgsim.run`. It pickles, and goes on to the same
    bits.
    """

    def __init__(
        self,
        *,
        source: str | Path | Mapping[str, Any] | Scenario = "default",
        design: str | None = None,
        overrides: Iterable[str] = (),
        rng: Any = None,
        policies: Policies = OWN,
        staff: type[StaffMember] = StaffMember,
        **kwargs: Any,  # Mesa's page looks for this very name
    ):
        """A model of `design` (the first of the scenario, if None) from a scenario's name, file or
        tables; any other keyword is a field of the scenario by its dotted name (`**{"horizon.weeks": 4}`),
        which `mesa.batch_run` can sweep over and Mesa's page can offer. `rng` is what `mesa.Model` takes:
        an integer is the seed of the world, as in `orgsim.run`; from anything else the seed is drawn
        (`seed_number`). `policies` replaces rules of the model (see `orgsim.kernel.policies`). `staff` is
        the class of the staff: a subclass of StaffMember takes the decisions whose methods it overrides.

        Raises TypeError for what is no parameter, ScenarioError for what is no scenario, DesignError for
        a design that it does not have."""
        if not isinstance(policies, Policies):
            raise TypeError(
                f"policies = {policies!r} must be what orgsim.kernel.policies.policies(…) returns (under "
                "mesa.batch_run, which goes through what it is given: [policies])"
            )
        if not (isinstance(staff, type) and issubclass(staff, StaffMember)):
            raise TypeError(f"staff = {staff!r} must be the class StaffMember, or a subclass of it")
        settings = _settings(source, overrides, kwargs)
        seed, own = _seeds(rng)
        mesa.Model.__init__(self, rng=own)
        kinds = [staff if kind is StaffMember else kind for kind in KINDS]
        self.sets: dict[type, RowSet] = {kind: RowSet(self, kind, kind.rows, {}) for kind in kinds}
        #: those who were customers and have left; they are no agents of the model any more
        self.lost_customers = RowSet(self, Customer, Customer.lost_rows, self.sets[Customer].views)
        self._everybody = AllAgents(self, self._all_agents)
        self._last_id = 0
        self._staff_kind = staff
        self._asking = Asking(self, staff)
        chosen = design or next(iter(settings.designs))
        Simulation.__init__(self, settings, chosen, seed, policies, self._asking.addresses)
        self._asking.raise_failure()
        self.datacollector = mesa.DataCollector(model_reporters=self.reporters())

    def reporters(self) -> dict[str, Any]:
        """What is collected after every day; override to add to it."""
        return {
            "week": _week,
            "open_cases": _open_cases,
            "closed_cases": _closed_cases,
            "total_cost": _total_cost,
            **{name: partial(_last, name) for name in _WEEKLY},
        }

    def step(self) -> None:
        """One working day, then the agents' own: staff whose class has a `step` first, row by row, then
        agents that you have added, in the order in which they joined; then data are collected."""
        Simulation.step(self)
        self.agents_act()
        self.running = not self.finished
        self.datacollector.collect(self)

    def agents_act(self) -> None:
        """The `step` of agents after a working day; override for another order."""
        if self._staff_kind.step is not mesa.Agent.step:
            for person in list(self.sets[self._staff_kind]):
                person.step()
        for agent in list(self._all_agents):
            if agent in self._all_agents:  # unless another one has removed it
                agent.step()

    def cases_are_worked_on(self, days: int = 1) -> None:
        """As in the simulation; what a decision of staff has raised is raised then."""
        super().cases_are_worked_on(days)
        self._asking.raise_failure()

    def people_change(self, week: int) -> None:
        """As in the simulation; what a decision of staff has raised is raised then."""
        super().people_change(week)
        self._asking.raise_failure()

    def management_acts(self, week: int) -> None:
        """As in the simulation; what a decision of staff has raised is raised then."""
        super().management_acts(week)
        self._asking.raise_failure()

    def staff_member(self, row: int) -> StaffMember:
        """The agent of a row of members: the same object in every set, still there after leaving."""
        person = self.sets[self._staff_kind].view(row)
        assert isinstance(person, StaffMember)
        return person

    def customer(self, row: int) -> Customer:
        """The agent of a row of customers."""
        customer = self.sets[Customer].view(row)
        assert isinstance(customer, Customer)
        return customer

    # addresses of functions are those of a process: whoever takes up a model makes them anew

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"_asking": None, "core": self.core._replace(decisions=None)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._asking = Asking(self, self._staff_kind)
        self.core = self.core._replace(decisions=self._asking.addresses)

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
        return SetsByType({**self.sets, **self._agents_by_type})

    @property
    def agent_types(self) -> list[type]:
        """The types of agents."""
        return list(self.agents_by_type)

    def register_agent(self, agent: mesa.Agent) -> None:
        """An agent of your own joins the model (Mesa calls this when it is made). Ids are counted by the
        model, so that a model that was pickled goes on counting."""
        super().register_agent(agent)
        self._last_id += 1
        agent.unique_id = self._last_id

    def remove_all_agents(self) -> None:
        """Not possible: rows of the simulation cannot be removed."""
        raise TypeError(
            "units, managers, staff and customers are rows of the simulation and cannot be removed; remove "
            "agents of your own by their type: model.agents_by_type[Own].do('remove')"
        )
