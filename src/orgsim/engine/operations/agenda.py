"""The event list: a heap whose nodes have four children and whose top may be a hole.

While an event is handled its place at the top stays open (`clock.hole`); the first event that the
handling schedules falls into the hole, which saves one of two passes (the hold operation of the
event-list literature; Floyd's bottom-up sift does the pass). Four children halve the levels of a heap
with two, and lie side by side in memory (LaMarca & Ladner 1996).

The order of events is total: time, then what happens (in the order of the kinds in `state`), then who
is concerned (the row of a member or a node, or the case's slot). Which of two simultaneous events comes first
therefore depends on nothing but the events, and never on how the agenda is laid out.
"""

from orgsim.kernel.compiled import compiled

# an event's code holds, from the highest bits down, its kind, the row that it concerns, and the stamp
# of its case: simultaneous events are in the order of their codes
KIND_SHIFT, INDEX_SHIFT = 60, 20
STAMP = (1 << INDEX_SHIFT) - 1
_INDEX = (1 << (KIND_SHIFT - INDEX_SHIFT)) - 1
_CHILDREN_SHIFT = 2


@compiled
def kind_of(code):
    """What happens: one of the kinds of event."""
    return code >> KIND_SHIFT


@compiled
def row_of(code):
    """Who is concerned: the row of a member or of a node, or the slot of a case."""
    return (code >> INDEX_SHIFT) & _INDEX


@compiled
def stamp_of(code):
    """The stamp of the case that the event was scheduled for."""
    return code & STAMP


@compiled
def _precedes(agenda, one, other):
    """Whether an event comes before another, without a branch: times compare as the integers that
    their bits are."""
    earlier = agenda[one].instant < agenda[other].instant
    together = agenda[one].instant == agenda[other].instant
    return earlier | (together & (agenda[one].code < agenda[other].code))


@compiled
def _rise(agenda, place, time, code):
    """Put an event at an open place and let it rise above whatever it precedes."""
    agenda[place].time = time
    instant = agenda[place].instant
    while place > 0:
        above = (place - 1) >> _CHILDREN_SHIFT
        before = agenda[above].instant
        if before < instant or (before == instant and agenda[above].code < code):
            break
        agenda[place].instant = before
        agenda[place].code = agenda[above].code
        place = above
    agenda[place].instant = instant
    agenda[place].code = code


@compiled
def _sift(agenda, size, hole, time, code):
    """Fill a hole: sink it to a leaf along the first of the children, then let the event rise."""
    for beyond in range(size, size + 3):  # the children that the last of the nodes lacks
        agenda[beyond].time = float("inf")
    place = hole
    child = (place << _CHILDREN_SHIFT) + 1
    while child < size:
        left = child + _precedes(agenda, child + 1, child)
        right = child + 2 + _precedes(agenda, child + 3, child + 2)
        child = left + (right - left) * _precedes(agenda, right, left)
        agenda[place].instant = agenda[child].instant
        agenda[place].code = agenda[child].code
        place = child
        child = (place << _CHILDREN_SHIFT) + 1
    _rise(agenda, place, time, code)


@compiled
def schedule(core, time, kind, index, stamp):
    """Put an event on the agenda; `stamp` tells a case from a later one in the same slot."""
    clock = core.clock[0]
    code = (kind << KIND_SHIFT) | (int(index) << INDEX_SHIFT) | (int(stamp) & STAMP)
    if clock.hole:
        clock.hole = 0
        _sift(core.agenda, clock.agenda_size, 0, time, code)
    else:
        clock.agenda_size += 1
        _rise(core.agenda, clock.agenda_size - 1, time, code)


@compiled
def close_hole(core):
    """Remove the handled event if no new one took its place."""
    clock = core.clock[0]
    if clock.hole:
        clock.hole = 0
        clock.agenda_size -= 1
        size = clock.agenda_size
        if size > 0:
            _sift(core.agenda, size, 0, core.agenda[size].time, core.agenda[size].code)


@compiled
def withdraw(core, kind, index):
    """Take the one event of this kind that concerns this row off the agenda, between two events. Returns
    its time. It is looked for from end to end: this is for what happens rarely."""
    clock = core.clock[0]
    place = 0
    while kind_of(core.agenda[place].code) != kind or row_of(core.agenda[place].code) != index:
        place += 1
    time = core.agenda[place].time
    clock.agenda_size -= 1
    last = core.agenda[clock.agenda_size]
    if place < clock.agenda_size:
        _sift(core.agenda, clock.agenda_size, place, last.time, last.code)
    return time
