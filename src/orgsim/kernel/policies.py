"""Rules that a researcher may replace by a function of one's own, without editing the package.

Each is a plain function of a few records and numbers, compiled into the core on first use (some
seconds). What is None is the model's own rule. See docs/mesa.md for an example of each.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numba as _numba

from orgsim.kernel.compiled import compiled

numba: Any = _numba


class Policies(NamedTuple):
    """The replaceable rules.

    - `dispatch(case, kind, now)`: priority of a waiting case; the highest is taken up first
    - `bounce(case, pool, rules)`: probability that a receiver at distance 1 returns a case
    - `outcome(rules, levels)`: probability that a decision `levels` above the group orders rework
    - `satisfaction(rules, closed, promise)`: quality of a closed case, 0 to 1
    - `retention(rules, satisfaction)`: weekly hazard of leaving
    """

    dispatch: Any = None
    bounce: Any = None
    outcome: Any = None
    satisfaction: Any = None
    retention: Any = None


#: the model's own rules
OWN = Policies()


def policies(**rules: Callable[..., float] | None) -> Policies:
    """Policies with these rules in place of the model's own; plain functions are compiled.

    Raises TypeError for a name that is no rule."""
    unknown = sorted(set(rules) - set(Policies._fields))
    if unknown:
        raise TypeError(f"'{unknown[0]}' is no policy; policies are: {', '.join(Policies._fields)}")
    ready = {
        name: rule if rule is None or hasattr(rule, "py_func") else compiled(rule, keep=False)
        for name, rule in rules.items()
    }
    return OWN._replace(**ready)


def either(policy, usual, own):
    """`usual` where there is no policy, else `own`: decided when the core is compiled."""
    return usual if policy is None else own


@numba.extending.overload(either, jit_options={"_nrt": False, "forceinline": True})
def _either(policy, usual, own):
    if isinstance(policy, numba.types.NoneType):
        return lambda policy, usual, own: usual
    return lambda policy, usual, own: own
