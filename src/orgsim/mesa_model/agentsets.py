"""Agent sets over the rows of the simulation, as far as possible like Mesa's own.

A set over rows follows the rows as they come and go, reads whole columns for `get` and `agg`, and makes
views only when somebody iterates. What is derived of it (`select`, `groupby`, `sort`, `shuffle`, `copy`,
`&`, `|`, `-`) is a plain Mesa AgentSet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from orgsim.mesa_model.agents import KINDS, Column, RowAgent

#: unique ids by kind, beyond those that Mesa gives to agents that a user adds (1, 2, 3…)
_FIRST_IDS = {kind: number * 100_000_000 for number, kind in enumerate(KINDS, start=1)}


class ReadOnlySet(AgentSet):
    """A set whose members are found out anew whenever they are asked for."""

    def __init__(self, model: mesa.Model):
        super().__init__([], random=model.random)
        self.model = model

    # Mesa's AgentSet pickles its members alone; here they are the model's rows
    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_agents"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__({"agents": [], "random": state["random"]})
        self.__dict__.update(state)

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        raise NotImplementedError

    def __contains__(self, agent: object) -> bool:
        raise NotImplementedError

    def __getitem__(self, item: Any) -> Any:
        return list(self)[item]

    def __reversed__(self) -> Iterator[Any]:
        return reversed(self.to_list())

    def _from_iterable(self, agents: Iterable[Any]) -> AgentSet:
        """What `&`, `|`, `-` and `^` answer with."""
        return AgentSet(list(agents), random=self.random)

    def to_list(self) -> list[Any]:
        """The present agents as a list."""
        return list(self)

    def copy(self) -> AgentSet:
        """A plain agent set of the present agents."""
        return self._from_iterable(self)

    __copy__ = copy

    def select(
        self, filter_func: Callable[..., Any] | None = None, at_most: float = float("inf"),
        inplace: bool = False, agent_type: type | None = None,
    ) -> AgentSet:  # fmt: skip
        """The agents that fulfil a condition, as a plain agent set."""
        self._keep(inplace)
        return self.copy().select(filter_func, at_most, agent_type=agent_type)

    def shuffle(self, inplace: bool = False) -> AgentSet:
        """The agents in random order, as a plain agent set."""
        self._keep(inplace)
        return self.copy().shuffle()

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> AgentSet:
        """The agents in order, as a plain agent set."""
        self._keep(inplace)
        return self.copy().sort(key, ascending)

    def _keep(self, inplace: bool) -> None:
        if inplace:
            raise TypeError(
                "the agents of a model keep their order, and none can be left out: use what is returned "
                "without inplace=True"
            )

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Attributes of all agents."""
        return self.copy().get(attr_names, handle_missing, default_value)

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """A function (or several) of an attribute of all agents."""
        values = self.get(attribute)
        if callable(func):
            return func(values)
        return [one(values) for one in func]

    def do(self, method: Any, *args: Any, **kwargs: Any) -> AgentSet:
        """Call a method of every agent."""
        self.copy().do(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: Any, *args: Any, **kwargs: Any) -> AgentSet:
        """Call a method of every agent in random order."""
        self.copy().shuffle_do(method, *args, **kwargs)
        return self

    def map(self, method: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """The answers of a method of every agent."""
        return self.copy().map(method, *args, **kwargs)

    def groupby(self, by: Any, result_type: str = "agentset") -> Any:
        """Groups of agents."""
        return self.copy().groupby(by, result_type)

    def add(self, agent: Any) -> None:
        """Not possible: rows are made by the simulation."""
        raise TypeError(
            "this set follows the rows of the simulation: nobody can be added to it or removed from it; an "
            "agent of your own joins the model when it is made"
        )

    discard = remove = add


class RowSet(ReadOnlySet):
    """Agents of one kind, over rows."""

    def __init__(
        self, model: mesa.Model, kind: type[RowAgent],
        rows: Callable[[mesa.Model], np.ndarray], views: dict[int, RowAgent],
    ):  # fmt: skip
        """`rows` says which rows these are now; `views` are those made so far of this kind: an agent is
        the same object in every set."""
        super().__init__(model)
        self.kind = kind
        self.rows = rows
        self.views = views

    def view(self, row: int) -> RowAgent:
        """The agent of a row, whether it is one of these now or not."""
        view = self.views.get(row)
        if view is None:
            first = next(_FIRST_IDS[kind] for kind in self.kind.__mro__ if kind in _FIRST_IDS)
            view = self.views[row] = self.kind(self.model, row, first + row)
        return view

    def __len__(self) -> int:
        return len(self.rows(self.model))

    def __iter__(self) -> Iterator[RowAgent]:
        return map(self.view, self.rows(self.model).tolist())

    def __contains__(self, agent: object) -> bool:
        return (
            isinstance(agent, self.kind) and agent.model is self.model and agent.row in self.rows(self.model)
        )

    def __getitem__(self, item: Any) -> Any:
        found = self.rows(self.model)[item].tolist()
        return [self.view(row) for row in found] if isinstance(item, slice) else self.view(found)

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Attributes of all agents; a field of the rows is read as a whole column."""
        column = getattr(self.kind, attr_names, None) if isinstance(attr_names, str) else None
        if not isinstance(column, Column):
            return super().get(attr_names, handle_missing, default_value)
        rows = self.rows(self.model)
        if not len(rows):
            return []
        values: list[Any] = column.table(self.view(int(rows[0])))[column.field][rows].tolist()
        return values


class SetsByType(dict[type, AgentSet]):
    """Agent sets by the type of their agents; the set of a subclass is found by its base, too."""

    def __missing__(self, kind: type) -> AgentSet:
        for known, agents in self.items():
            if kind in KINDS and issubclass(known, kind):
                return agents
        raise KeyError(kind)


class AllAgents(ReadOnlySet):
    """Every agent of a model: the rows of all kinds, and agents that a user has added."""

    def __init__(self, model: mesa.Model, own: Any):
        super().__init__(model)
        self.own = own

    def __len__(self) -> int:
        return sum(len(agents) for agents in self.model.sets.values()) + len(self.own)

    def __iter__(self) -> Iterator[Any]:
        for agents in self.model.sets.values():
            yield from agents
        yield from self.own

    def __contains__(self, agent: object) -> bool:
        return any(agent in agents for agents in self.model.sets.values()) or agent in self.own
