"""What follows from a case that is done: others, in whatever process, that wait for their time on the agenda.

A case that is done opens them at once. What a prospect's case opens waits for the market, which says at the
end of the week who has become a customer, whose cases they then are; their lag counts from there."""

import numpy as np

from orgsim.engine.operations.agenda import schedule
from orgsim.engine.operations.occasions import FOLLOW, FOLLOW_CHANCE, FOLLOW_LAG
from orgsim.engine.operations.state import CASE_FOLLOWS, DORMANT, Core, with_room
from orgsim.kernel.compiled import compiled, compiled_entry, wrapping_keys
from orgsim.kernel.randomness import derive, exponential, uniform
from orgsim.mechanisms.follow_ons import inherited


@compiled
def open_follow_ons(core, record):
    """Open what follows from a closed case, each drawn from the old case's key, with what it inherits from
    whoever had that one."""
    clock = core.clock[0]
    kind = core.types[record.type]
    branch = derive(record.key, FOLLOW)
    for row in range(kind.follows_from, kind.follows_to):
        follow = core.follows[row]
        branch_of_row = derive(branch, row - kind.follows_from)
        for number in range(follow.cases):
            key = derive(branch_of_row, number)
            if uniform(derive(key, FOLLOW_CHANCE)) >= follow.chance:
                continue
            clock.free -= 1
            slot = core.free[clock.free]
            case = core.cases[slot]
            case.key = key
            case.customer = record.customer
            case.segment = record.segment
            case.type = follow.type
            case.step = core.types[follow.type].first
            case.is_repeat = 0
            case.member = record.member
            case.information = inherited(follow, record.information)
            case.state = DORMANT
            lag = follow.lag * exponential(derive(key, FOLLOW_LAG))
            schedule(core, clock.now + lag, CASE_FOLLOWS, slot, 0)


@compiled_entry
def _open_of_prospects(core, won, customer):
    for place in range(won.shape[0]):
        record = core.closed[won[place]]
        record.customer = customer + place
        open_follow_ons(core, record)


def welcome(core: Core, won: np.ndarray, customer: int) -> Core:
    """At the end of a week, open what follows from prospects' cases that have `won` customers: places among
    the closed cases; the rows of these customers count from `customer`. Returns the core to go on with."""
    most = len(won) * int(core.clock["most_follow_ons"][0])
    if not most:
        return core
    core = with_room(core, slots=most, events=most)
    with wrapping_keys():
        _open_of_prospects(core, won, customer)
    return core
