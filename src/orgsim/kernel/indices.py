"""Indices of the compiled code: they count from the front.

numba lets every signed index count from the end where it is negative, which costs a comparison and a choice
at each access: a tenth of the time of a run. The functions of this package have no negative index (a test
runs them with the bounds of every index checked), so that the choice is left out where numba lowers one of
them. Functions of others, a researcher's own rules among them, keep Python's meaning.
"""

from typing import Any

from llvmlite import ir as _ir
from numba.np import arrayobj as _arrayobj

ir: Any = _ir
arrayobj: Any = _arrayobj

#: how numba's names of functions begin, if they are this package's
_OWN = "_ZN6orgsim"

_usual = arrayobj.fix_integer_index


def _from_the_front(context: Any, builder: Any, idxty: Any, idx: Any, size: Any) -> Any:
    """The index as it is, in a function of this package; else as numba has it."""
    literal = isinstance(idx, ir.Constant)
    if literal or not builder.function.name.startswith(_OWN):
        return _usual(context, builder, idxty, idx, size)
    return context.cast(builder, idx, idxty, arrayobj.types.intp)


def count_from_the_front() -> None:
    """Have numba lower the indices of this package's functions without a test for negative ones."""
    arrayobj.fix_integer_index = _from_the_front
