"""Who sits where: how far a case has to go, and who is nearest."""

from orgsim.engine.operations.state import NONE
from orgsim.kernel.compiled import compiled


@compiled
def distance(core, one, other):
    """How far apart two members sit; nobody is far from himself."""
    if one == other:
        return 0.0
    here, there = core.members[one], core.members[other]
    if here.group == there.group and here.group != NONE:
        return core.groups[here.group].near
    return core.distances[here.unit, there.unit]


@compiled
def mean_distance(core, row, pool_row):
    """How far the places of a pool are, in the mean, from where a member sits."""
    member = core.members[row]
    pool = core.pools[pool_row]
    far = core.distances[member.unit, pool.unit]
    if not sits_beside(core, row, pool_row):
        return far
    share = core.seated[member.group, pool.function] / pool.places
    return share * core.groups[member.group].near + (1.0 - share) * far


@compiled
def sits_beside(core, row, pool_row):
    """Whether the pool has a place in the member's group."""
    member = core.members[row]
    pool = core.pools[pool_row]
    return sits_in(core, row, pool.unit) and core.seated[member.group, pool.function] > 0


@compiled
def sits_in(core, row, unit):
    """Whether a member has a place in a unit: whoever has left sits nowhere any more."""
    member = core.members[row]
    return member.unit == unit and member.group != NONE


@compiled
def free_beside(core, row, pool_row):
    """The longest idle member of a pool in the group of member `row`, or NONE."""
    if core.pools[pool_row].idle == 0 or not sits_beside(core, row, pool_row):
        return NONE
    group = core.members[row].group
    found = core.pools[pool_row].idle_head
    while found != NONE and core.members[found].group != group:
        found = core.members[found].next
    return found
