"""Staff, managers, customers and units as Mesa agents: light views on the rows of the simulation.

A view holds no state of its own, so that agents and arrays can never disagree. `agentsets.py` has the
sets over them.
"""

from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np

from orgsim.engine.market.customers import ACTIVE, LOST
from orgsim.engine.operations.state import GONE, NONE, OFF_DUTY, TEMPORARY
from orgsim.mesa_model.matters import Candidate, Candidates, Case, WaitingCases
from orgsim.simulation.schedule import Simulation


class Column:
    """An attribute of a view that is a field of its row."""

    def __init__(self, field: str):
        self.field = field

    def table(self, agent: RowAgent) -> np.ndarray:
        """The record array that has the field."""
        return agent.table()

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: RowAgent | None, owner: type | None = None) -> Any:
        if agent is None:
            return self
        return self.table(agent)[self.field].item(agent.row)

    def __set__(self, agent: RowAgent, value: Any) -> None:
        self.table(agent)[self.field][agent.row] = value


class Outcome(Column):
    """A field that the simulation works out anew: it can be read, but what is set would not stay."""

    def __set__(self, agent: RowAgent, value: Any) -> None:
        raise AttributeError(
            f"{self.name} of a {type(agent).__name__} is worked out by the simulation and cannot be set"
        )


class OfPerson(Column):
    """A field of the person behind a member of staff."""

    def table(self, agent: RowAgent) -> np.ndarray:
        """The persons of the staff."""
        persons: np.ndarray = agent.model.staff.persons
        return persons


class RowAgent(mesa.Agent):
    """A view on one row. It is not registered with the model: its row is."""

    def __init__(self, model: Simulation, row: int, unique_id: int):
        self.model = model
        self.row = row
        self.unique_id = unique_id
        self.pos = None

    def table(self) -> np.ndarray:
        """The record array that the row belongs to."""
        raise NotImplementedError

    @classmethod
    def rows(cls, model: Simulation) -> np.ndarray:
        """The rows that are agents now."""
        raise NotImplementedError

    def remove(self) -> None:
        """Not possible: people and customers leave by what happens to them."""
        raise TypeError(
            f"{type(self).__name__} {self.unique_id} is a row of the simulation and cannot be removed; "
            "people and customers leave by what happens to them"
        )


class StaffMember(RowAgent):
    """Someone who works on cases, permanent or temporary.

    Six decisions are methods (`choose_case` to `leaves`). Each is told what the built-in rule answers, its
    last argument `usual`, and returns that. A subclass that overrides one, passed as
    `OrganisationModel(staff=…)`, is asked about that decision, person by person; the others stay compiled.
    The cases and candidates that a method is given hold during the call.
    """

    unit = Outcome("unit")  #: row of the unit
    function = Outcome("function")  #: row of the home function
    pool = Outcome("pool")  #: row of the pool
    case = Outcome("case")  #: slot of the case in hand, -1 without
    overtime = Outcome("overtime")  #: share, paid on top
    coordination = Outcome("coordination")  #: share of time
    busy_hours = Outcome("busy_hours")  #: working hours with a case so far
    knowledge = Column("knowledge")  #: of customers, 0 to 1; goes on from what is set
    morale = OfPerson("morale")  #: 0 to 1; goes on from what is set
    talent = OfPerson("talent")  #: × speed of permanent staff, from the next Monday on
    morale_set_point = OfPerson("morale_set_point")  #: to which morale returns, 0 to 1
    load = OfPerson("load")  #: share of time spent on cases of late, from which fatigue follows

    def table(self) -> np.ndarray:
        """The members of the core."""
        return self.model.core.members

    @classmethod
    def rows(cls, model: Simulation) -> np.ndarray:
        """Staff on duty or absent, and temporary staff on duty."""
        status = model.core.members["status"]
        return np.flatnonzero((status != OFF_DUTY) & (status != GONE))

    @property
    def temporary(self) -> bool:
        """Whether this is temporary staff."""
        return bool(self.table()["status"][self.row] == TEMPORARY)

    @property
    def busy(self) -> bool:
        """Whether the member works on a case now."""
        return bool(self.table()["case"][self.row] != NONE)

    def choose_case(self, waiting: WaitingCases, usual: Case) -> Case | None:
        """Free, and cases wait in the own pool's queue: which one to take. None is to take none of them: the
        person helps other pools, or is idle until somebody hands over a case."""
        return usual

    def keeps(self, case: Case, usual: bool) -> bool:
        """Whether to go on with a case whose next activity (that of `case`) the person can do, too, rather
        than hand it over. Asked when an activity ends, and, where incomplete work is passed on
        (`frictions.handoff.early`), when it begins."""
        return usual

    def hand_to(self, case: Case, candidates: Candidates, usual: Candidate) -> Candidate:
        """Whom of those who are free to hand a case to, if anybody is. Asked when the case is sent (how far
        it has to go) and when it arrives (who takes it up)."""
        return usual

    def decides(self, case: Case, far: bool, usual: bool) -> bool:
        """An exception: whether to decide it on the spot, rather than escalate it. It is `far` where it
        concerns others than the own group."""
        return usual

    def helps(self, case: Case, usual: bool) -> bool:
        """Free, and a case of another pool waits that the person can do: whether to take it up."""
        return usual

    def leaves(self, week: int, usual: bool) -> bool:
        """Whether to leave the firm at the end of a week (weeks count from 0, warm-up included). Asked of
        permanent staff who are not absent."""
        return usual

    @property
    def fatigue(self) -> float:
        """Fatigue, 0 to 1."""
        return float(self.model.staff.persons["fatigue"][self.row])

    @property
    def unit_name(self) -> str:
        """The name of the unit."""
        return self.model.structure.units[self.unit].name

    @property
    def function_name(self) -> str:
        """The key of the home function."""
        return list(self.model.settings.company.functions)[self.function]

    def speed(self, function: str) -> float:
        """Speed on a function now: 1 takes the hours that the activity says, 0 cannot do it. ValueError for
        a name that is no function."""
        place = list(self.model.settings.company.functions).index(function)
        return float(self.model.core.skill[self.row, place])


class Manager(RowAgent):
    """A manager of a node of the reporting tree; managers of one node share its desk, and its leadership,
    which is counted in time: the last one may be a part of a person."""

    def table(self) -> np.ndarray:
        """The nodes of the reporting tree; the n-th manager of a node is n rounds of them further on."""
        return self.model.core.nodes

    @classmethod
    def rows(cls, model: Simulation) -> np.ndarray:
        """The managers that there are now, node by node."""
        managers = model.core.nodes["managers"]
        nodes = np.repeat(np.arange(len(managers)), managers)
        first = np.repeat(np.cumsum(managers) - managers, managers)
        return nodes + len(managers) * (np.arange(len(nodes)) - first)

    @property
    def node(self) -> int:
        """The node of the reporting tree."""
        return self.row % len(self.table())

    @property
    def waiting(self) -> int:
        """Exceptions that wait for a decision on the node's desk."""
        return int(self.model.core.nodes["waiting"][self.node])

    @property
    def decisions(self) -> int:
        """Decisions taken by the node so far."""
        return int(self.model.core.nodes["decisions"][self.node])

    @property
    def leads(self) -> str:
        """The unit that the manager leads, or that it is above the units."""
        unit = int(self.table()["led_unit"][self.node])
        return self.model.structure.units[unit].name if unit >= 0 else "general management"


class Customer(RowAgent):
    """A customer, or someone who was one: views stay valid when a customer leaves."""

    segment = Column("segment")  #: row of the segment
    status = Column("status")  #: ACTIVE or LOST, see `orgsim.engine.market.customers`
    satisfaction = Column("satisfaction")  #: 0 to 1
    expectation = Column("expectation")  #: 0 to 1
    joined = Column("joined")  #: week; -104 for customers of the start
    left = Column("left")  #: week; -1 before
    cases = Column("cases")  #: judged so far

    def table(self) -> np.ndarray:
        """The customers of the market."""
        return self.model.market.customers

    @classmethod
    def rows(cls, model: Simulation) -> np.ndarray:
        """The customers of now."""
        return cls._with_status(model, ACTIVE)

    @classmethod
    def lost_rows(cls, model: Simulation) -> np.ndarray:
        """Those who were customers and have left."""
        return cls._with_status(model, LOST)

    @staticmethod
    def _with_status(model: Simulation, status: int) -> np.ndarray:
        market = model.market
        return np.flatnonzero(market.customers["status"][: market.rows] == status)

    @property
    def active(self) -> bool:
        """Whether this is a customer still."""
        return bool(self.status == ACTIVE)


class Unit(RowAgent):
    """A department, team or pool."""

    @property
    def managers(self) -> int:
        """Desks of those who lead in it, heads of groups too."""
        return int(self._inside("managers").sum())

    @property
    def leadership(self) -> float:
        """Their time, persons."""
        return math.fsum(self._inside("leadership"))

    def _inside(self, name: str) -> np.ndarray:
        nodes = self.table()
        found: np.ndarray = nodes[name][nodes["led_unit"] == self.row]
        return found

    def table(self) -> np.ndarray:
        """The nodes of the reporting tree, whose first rows are the units."""
        return self.model.core.nodes

    @classmethod
    def rows(cls, model: Simulation) -> np.ndarray:
        """The units in which people sit now: in a transition others are yet to come, or dissolved."""
        return np.flatnonzero(model.structure.sizes)

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.model.structure.units[self.row].name

    @property
    def staff(self) -> int:
        """Permanent staff now."""
        seats = self.model.staff.seats
        return int(((seats["unit"] == self.row) & (seats["member"] != NONE)).sum())

    @property
    def waiting(self) -> int:
        """Cases that wait in the unit's queues."""
        pools = self.model.core.pools
        return int(pools["waiting"][pools["unit"] == self.row].sum())

    @property
    def idle(self) -> int:
        """Members who have nothing to do now."""
        pools = self.model.core.pools
        return int(pools["idle"][pools["unit"] == self.row].sum())


KINDS: tuple[type[RowAgent], ...] = (Unit, Manager, StaffMember, Customer)
