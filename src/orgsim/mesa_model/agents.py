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
from orgsim.simulation.schedule import Simulation


class Column:
    """An attribute of a view that is a field of its row."""

    def __init__(self, field: str):
        self.field = field

    def __get__(self, agent: RowAgent | None, owner: type | None = None) -> Any:
        if agent is None:
            return self
        return agent.table()[self.field].item(agent.row)

    def __set__(self, agent: RowAgent, value: Any) -> None:
        agent.table()[self.field][agent.row] = value


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
    """Someone who works on cases, permanent or temporary."""

    unit = Column("unit")  #: row of the unit
    function = Column("function")  #: row of the home function
    pool = Column("pool")  #: row of the pool
    case = Column("case")  #: slot of the case in hand, -1 without
    overtime = Column("overtime")  #: share, paid on top
    coordination = Column("coordination")  #: share of time
    busy_hours = Column("busy_hours")  #: working hours with a case so far
    knowledge = Column("knowledge")  #: of customers, 0 to 1

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

    @property
    def morale(self) -> float:
        """Morale, 0 to 1 (0 for temporary staff)."""
        return float(self.model.staff.persons["morale"][self.row])

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
