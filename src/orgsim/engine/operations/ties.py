"""Who knows whom: ties of members to groups, as contacts make them grow.

The core keeps each tie divided by how far all have faded since the start (`clock.fading`), so that a week
makes every one of them fade by one multiplication; and beside them their mean over the places of each pool
(`acquaintance`), which is asked where it is not known yet who will take a case up.
"""

import numpy as np

from orgsim.engine.operations.state import NONE, Array, Core
from orgsim.kernel.compiled import compiled, compiled_entry, wrapping_keys
from orgsim.mechanisms.ties import gained


@compiled
def tie(core, row, group):
    """How well a member knows a group: 0 to 1."""
    if group == NONE:
        return 0.0
    return core.ties[row, group] * core.clock[0].fading


@compiled
def tie_to_pool(core, row, pool_row):
    """How well a member knows the people of a pool, in the mean over its places."""
    return core.acquaintance[row, pool_row] * core.clock[0].fading


@compiled
def know_pools(core, row, group, more):
    """Add what a member knows `more` of a group to the means over the pools that have places in it."""
    for function in range(core.seated.shape[1]):
        seated = core.seated[group, function]
        if seated > 0:
            pool_row = core.pool_at[core.groups[group].unit, function]
            core.acquaintance[row, pool_row] += more * seated / core.pools[pool_row].places


@compiled
def strengthen(core, row, group, gain):
    """A member comes to know a group better."""
    more = gained(tie(core, row, group), gain, core.members[row].sociability) / core.clock[0].fading
    core.ties[row, group] += more
    know_pools(core, row, group, more)


@compiled
def ties_act(core):
    """Whether anything follows from ties."""
    return core.rules[0].tie_effect > 0.0 or core.rules[0].friend > 0.0


@compiled
def meet(core, one, other):
    """Two members have to do with each other: each comes to know the other's group better."""
    if one != other and ties_act(core):
        come_to_know(core, one, other)
        come_to_know(core, other, one)


@compiled
def come_to_know(core, row, other):
    """A member comes to know the group of another one better, less so across units under telework."""
    here, there = core.members[row], core.members[other]
    if there.group == NONE:
        return
    gain = core.rules[0].tie_gain if here.unit == there.unit else core.pools[here.pool].tie_gain
    strengthen(core, row, there.group, gain)


@compiled_entry
def _write_acquaintance(core):
    """The means over pools, made anew of the ties to groups."""
    core.acquaintance[:] = 0.0
    for row in range(core.ties.shape[0]):
        for group in range(core.ties.shape[1]):
            known = core.ties[row, group]
            if known > 0.0:
                know_pools(core, row, group, known)


@compiled_entry
def _mean_ties(ties, before, after, people, carried):
    for row in range(ties.shape[0]):
        for one in range(before.shape[0]):
            carried[row, after[one]] += ties[row, before[one]] / people[after[one]]


def write_ties(core: Core, ties: Array) -> None:
    """Begin with these ties [member, group], as they are today; the rows that are left know nobody."""
    core.ties[:] = 0.0
    core.ties[: len(ties), : ties.shape[1]] = ties / core.clock["fading"][0]
    with wrapping_keys():
        _write_acquaintance(core)


def carry(core: Core, before: Array, after: Array) -> None:
    """People keep their relations in a new structure, which is in force: the tie to each of its groups is the
    mean of those to the old groups of the people who sit in it now. `before` and `after` are the groups of
    everybody who has a place."""
    write_ties(core, carried(core.ties * core.clock["fading"][0], before, after, core.ties.shape[1]))


def carried(ties: Array, before: Array, after: Array, groups: int) -> Array:
    """The ties [member, group] to so many new groups, from those to the old ones (see `carry`)."""
    new = np.zeros((len(ties), groups))
    _mean_ties(ties, before, after, np.bincount(after, minlength=groups), new)
    return new
