"""Decisions of staff that a researcher takes over in plain Python, person by person.

The compiled core asks at a few places, and each time says what its own rule would answer. Where nobody wants
to be asked, `core.decisions` is None and the question is not even compiled: the rule's own answer stands.
Otherwise it holds an address for each decision, 0 where the rule stands, so that one compiled core serves
every researcher and stays in the cache.
"""

import ctypes
from typing import Any

import numba as _numba
import numpy as np
from llvmlite import ir as _ir

numba: Any = _numba
ir: Any = _ir

#: what can be asked, in the order of the addresses; the methods of `StaffMember` of the same names answer
DECISIONS = ("choose_case", "keeps", "hand_to", "decides", "helps", "leaves")
CHOOSE_CASE, KEEPS, HAND_TO, DECIDES, HELPS, LEAVES = range(len(DECISIONS))

#: what answers: (row of the member, what it is about, what else, the rule's own answer) -> answer
ANSWERS: Any = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * 4)


def ask(decisions, which, row, about, more, usual):
    """What member `row` decides, or, where nobody has taken over that decision, `usual`."""
    if not is_asked(decisions, which):
        return usual
    return ANSWERS(int(decisions[which]))(int(row), int(about), int(more), int(usual))


def is_asked(decisions, which):
    """Whether somebody has taken over a decision."""
    return decisions is not None and decisions[which] != 0


@numba.extending.overload(is_asked, jit_options={"_nrt": False, "forceinline": True})
def _is_asked(decisions, which):
    if isinstance(decisions, numba.types.NoneType):
        return lambda decisions, which: False
    return lambda decisions, which: decisions[which] != 0


@numba.extending.intrinsic
def _call(typing_context, address, row, about, more, usual):
    whole = numba.types.int64

    def code(context, builder, signature, arguments):
        word = ir.IntType(64)
        answers = ir.FunctionType(word, [word] * 4).as_pointer()
        return builder.call(builder.inttoptr(arguments[0], answers), arguments[1:])

    return whole(whole, whole, whole, whole, whole), code


@numba.extending.overload(ask, jit_options={"_nrt": False, "forceinline": True})
def _ask(decisions, which, row, about, more, usual):
    if isinstance(decisions, numba.types.NoneType):
        return lambda decisions, which, row, about, more, usual: usual

    def asked(decisions, which, row, about, more, usual):
        if decisions[which] == 0:
            return np.int64(usual)
        return _call(decisions[which], row, about, more, usual)

    return asked
