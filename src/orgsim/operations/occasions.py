"""Names for the occasions of a case, and the draw that belongs to one of them.

A draw depends on the case's key, the step, how often that step has been performed, and the purpose:
what happens to a case elsewhere never shifts it, in either organisation.
"""

import numpy as np

from orgsim.compiled import compiled
from orgsim.randomness import GOLDEN, derive, mix, uniform

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
) = range(13)
# occasions of a whole case, kept apart from those of its steps
COMPLEXITY, PATIENCE, REPEAT, REPEAT_LAG = 1 << 20, (1 << 20) + 1, (1 << 20) + 2, (1 << 20) + 3


@compiled
def occasion(core, slot, purpose):
    """The key of this case's current step, performance and `purpose`."""
    case = core.cases[slot]
    position = case.step - core.types[case.type].first
    performed = core.visits[slot, position].performed
    word = (position << 40) | (performed << 24) | (purpose + 1)
    return mix(case.key + np.uint64(word) * GOLDEN)


@compiled
def draw_again(core, slot, purpose, turn):
    """A uniform draw for an occasion that can recur while the step waits to be performed."""
    return uniform(derive(occasion(core, slot, purpose), turn))


@compiled
def draw(core, slot, purpose):
    """A uniform draw for this case's current step, performance and `purpose`."""
    return uniform(occasion(core, slot, purpose))
