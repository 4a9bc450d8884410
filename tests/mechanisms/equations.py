"""How an equation is asked by itself: with the rules that fields of a scenario come to, as plain Python, so
that nothing has to be compiled."""

from dis import get_instructions
from functools import cache
from types import FunctionType
from types import SimpleNamespace as Record

from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.mechanisms.catalogue import RULES_OF, SWITCHES
from orgsim.mechanisms.declaration import value_of
from orgsim.scenario import load
from orgsim.scenario.reference import facts_of

_DEFAULT = load("default")

#: a share, a probability, a level
share = st.floats(0, 1)


def law(*strategies):
    """Like `given`, for a property of one equation: few examples find whatever is wrong with it."""
    return lambda test: settings(max_examples=25)(given(*strategies)(test))


def legal(path):
    """The values that a field of the scenario may have."""
    return st.floats(*facts_of(path).limits)


def scenario(fields):
    """The default scenario with other values of some fields, by path."""
    whole = _DEFAULT
    for path, value in fields.items():
        whole = _with(whole, path.split("."), value)
    return whole


def _with(table, path, value):
    first, *rest = path
    inner = getattr(table, first)
    return table.model_copy(update={first: _with(inner, rest, value) if rest else value})


class Rules(Record):
    """What compiled code reads of a record, each value made when it is read first."""

    def __getattr__(self, name):
        value = value_of(self._scenario, RULES_OF[self._record][name])
        setattr(self, name, value)
        return value


def rules(record, fields):
    """The rules of a record as they follow from fields of the scenario, by path."""
    return Rules(_record=record, _scenario=scenario(fields))


def silent(record, switch):
    """The rules where a mechanism is switched off."""
    return rules(record, SWITCHES[switch].neutral)


@cache
def plain(function):
    """A compiled function as plain Python, with whatever it calls."""
    inner = getattr(function, "py_func", function)
    known = inner.__globals__
    names = {step.argval for step in get_instructions(inner) if step.opname == "LOAD_GLOBAL"}
    called = {name: plain(known[name]) for name in names if hasattr(known.get(name), "py_func")}
    return FunctionType(inner.__code__, known | called, inner.__name__, inner.__defaults__)
