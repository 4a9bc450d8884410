"""Staff, managers, customers and units as Mesa agents: light views on the rows of the simulation.

A view holds no state of its own, so that agents and arrays can never disagree. An agent set over
rows reads whole columns for `get` and `agg` and makes views only when somebody iterates; `select`,
`groupby`, `sort`, `shuffle` and `copy` answer with a plain Mesa AgentSet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np
from mesa.agent import AgentSet

from orgsim.market.customers import ACTIVE
from orgsim.operations.state import GONE, NONE, OFF_DUTY, TEMPORARY

if TYPE_CHECKING:
    from orgsim.model import OrganisationModel


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

    def __init__(self, model: OrganisationModel, row: int, unique_id: int):
        self.model = model
        self.row = row
        self.unique_id = unique_id
        self.pos = None

    def table(self) -> np.ndarray:
        """The record array that the row belongs to."""
        raise NotImplementedError

    @classmethod
    def rows(cls, model: OrganisationModel) -> np.ndarray:
        """The rows that are agents now."""
        raise NotImplementedError

    def remove(self) -> None:
        """Not possible: people and customers leave by what happens to them."""
        raise TypeError(f"a {type(self).__name__} is a row of the simulation and cannot be removed")


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
    def rows(cls, model: OrganisationModel) -> np.ndarray:
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
    """A manager of a node of the reporting tree; managers of one node share its desk."""

    node = Column("node")  #: row of the node

    def table(self) -> np.ndarray:
        """The managers' seats."""
        return self.model.manager_seats

    @classmethod
    def rows(cls, model: OrganisationModel) -> np.ndarray:
        """All managers."""
        return np.arange(len(model.manager_seats))

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
        units = self.model.structure.units
        return units[self.node].name if self.node < len(units) else "general management"


class Customer(RowAgent):
    """A customer, active or lost."""

    segment = Column("segment")  #: row of the segment
    status = Column("status")  #: ACTIVE or LOST, see `orgsim.market.customers`
    satisfaction = Column("satisfaction")  #: 0 to 1
    expectation = Column("expectation")  #: 0 to 1
    joined = Column("joined")  #: week; -104 for customers of the start
    left = Column("left")  #: week; -1 before
    cases = Column("cases")  #: judged so far

    def table(self) -> np.ndarray:
        """The customers of the market."""
        return self.model.market.customers

    @classmethod
    def rows(cls, model: OrganisationModel) -> np.ndarray:
        """Everybody who is or was a customer."""
        return np.arange(model.market.rows)

    @property
    def active(self) -> bool:
        """Whether this is a customer still."""
        return bool(self.status == ACTIVE)


class Unit(RowAgent):
    """A department, team or pool."""

    managers = Column("managers")  #: persons

    def table(self) -> np.ndarray:
        """The nodes of the reporting tree, whose first rows are the units."""
        return self.model.core.nodes

    @classmethod
    def rows(cls, model: OrganisationModel) -> np.ndarray:
        """All units."""
        return np.arange(len(model.structure.units))

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


class RowSet(AgentSet):
    """The agents of one kind, over rows; it follows the rows as they come and go."""

    _first_ids: ClassVar[dict[type[RowAgent], int]] = {
        kind: number * 100_000_000 + 1 for number, kind in enumerate(KINDS)
    }

    def __init__(self, model: OrganisationModel, kind: type[RowAgent]):
        super().__init__([], random=model.random)
        self.model = model
        self.kind = kind
        self._views: dict[int, RowAgent] = {}

    def _view(self, row: int) -> RowAgent:
        view = self._views.get(row)
        if view is None:
            view = self.kind(self.model, row, self._first_ids[self.kind] + row)
            self._views[row] = view
        return view

    def __len__(self) -> int:
        return len(self.kind.rows(self.model))

    def __iter__(self) -> Iterator[RowAgent]:
        return (self._view(int(row)) for row in self.kind.rows(self.model))

    def __contains__(self, agent: object) -> bool:
        return (
            isinstance(agent, self.kind)
            and agent.model is self.model
            and agent.row in self.kind.rows(self.model)
        )

    def __getitem__(self, item: Any) -> Any:
        return list(self)[item]

    def copy(self) -> AgentSet:
        """A plain agent set of the present agents."""
        return AgentSet(list(self), random=self.random)

    def select(self, *args: Any, **kwargs: Any) -> AgentSet:
        """The agents that fulfil a condition, as a plain agent set."""
        return self.copy().select(*args, **(kwargs | {"inplace": False}))

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list:
        """Attributes of all agents; a field of the rows is read as a whole column."""
        if isinstance(attr_names, str):
            column = getattr(self.kind, attr_names, None)
            if isinstance(column, Column):
                rows = self.kind.rows(self.model)
                if not len(rows):
                    return []
                return self._view(int(rows[0])).table()[column.field][rows].tolist()
        return self.copy().get(attr_names, handle_missing, default_value)

    def agg(self, attribute: str, func: Callable | Iterable[Callable]) -> Any:
        """A function (or several) of an attribute of all agents."""
        values = self.get(attribute)
        if callable(func):
            return func(values)
        return [one(values) for one in func]

    def _on_copy(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return getattr(self.copy(), method)(*args, **kwargs)

    def shuffle(self, inplace: bool = False) -> AgentSet:
        """The agents in random order, as a plain agent set."""
        return self._on_copy("shuffle")

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> AgentSet:
        """The agents in order, as a plain agent set."""
        return self._on_copy("sort", key, ascending)

    def do(self, method: Any, *args: Any, **kwargs: Any) -> AgentSet:
        """Call a method of every agent."""
        self._on_copy("do", method, *args, **kwargs)
        return self

    def shuffle_do(self, method: Any, *args: Any, **kwargs: Any) -> AgentSet:
        """Call a method of every agent in random order."""
        self._on_copy("shuffle_do", method, *args, **kwargs)
        return self

    def map(self, method: Any, *args: Any, **kwargs: Any) -> list:
        """The answers of a method of every agent."""
        return self._on_copy("map", method, *args, **kwargs)

    def groupby(self, by: Any, result_type: str = "agentset") -> Any:
        """Groups of agents."""
        return self._on_copy("groupby", by, result_type)

    def add(self, agent: Any) -> None:
        """Not possible: rows are made by the simulation."""
        raise TypeError(f"{self.kind.__name__} agents are rows of the simulation; none can be added")

    discard = remove = add


class AllAgents(RowSet):
    """Every agent of a model: the rows of all kinds, and agents that a user has added."""

    def __init__(self, model: OrganisationModel, own: Any):
        super().__init__(model, RowAgent)
        self.own = own

    def __len__(self) -> int:
        return sum(len(self.model.sets[kind]) for kind in KINDS) + len(self.own)

    def __iter__(self) -> Iterator[Any]:
        for kind in KINDS:
            yield from self.model.sets[kind]
        yield from self.own

    def __contains__(self, agent: object) -> bool:
        return any(agent in self.model.sets[kind] for kind in KINDS) or agent in self.own

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list:
        """Attributes of all agents."""
        return self.copy().get(attr_names, handle_missing, default_value)
