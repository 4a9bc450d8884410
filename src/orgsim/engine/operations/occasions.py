"""Names for the occasions of a case, and the draw that belongs to one of them.

A draw depends on the case's key, the step, how often that step has been performed, and the purpose:
what happens to a case elsewhere never shifts it, in either organisation.
"""

from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import derive, uniform

(
    HOURS,
    RETURN,
    EXCEPTION,
    CONCERN,
    CENTRALISE,
    DECISION,
    OUTCOME,
    PROCEED,
    DEFECT,
    CATCH,
    BOUNCES,
    TRANSFERS,
    EARLY,
    HELP,
) = range(14)
# Occasions of a whole case, and the mark of those of a step. A key's occasions must never meet: those
# of its arrival (world/demand.py) count from 0, and weeks, for a customer, from 0 to below 1 << 20.
COMPLEXITY, PATIENCE, REPEAT, REPEAT_LAG, FOLLOW, FOLLOW_CHANCE, FOLLOW_LAG = range(1 << 20, (1 << 20) + 7)
_OF_A_STEP = 1 << 56


@compiled
def occasion(core, slot, purpose):
    """The key of this case's current step, performance and `purpose`."""
    case = core.cases[slot]
    position = int(case.step - core.types[case.type].first)
    performed = int(core.visits[slot, position].performed)
    return derive(case.key, _OF_A_STEP | (position << 40) | (performed << 24) | purpose)


@compiled
def draw_again(core, slot, purpose, turn):
    """A uniform draw for an occasion that can recur while the step waits to be performed."""
    return uniform(derive(occasion(core, slot, purpose), turn))


@compiled
def draw(core, slot, purpose):
    """A uniform draw for this case's current step, performance and `purpose`."""
    return uniform(occasion(core, slot, purpose))
