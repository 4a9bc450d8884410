"""The event list: a binary heap whose top may be a hole.

While an event is handled its place at the top stays open (`clock.hole`); the first event that the
handling schedules falls into the hole, which saves one of two passes (the hold operation of the
event-list literature; Floyd's bottom-up sift does the pass).
"""

from orgsim.compiled import compiled

# an event's code holds its kind, the stamp of its case, and the row that it concerns
KIND, STAMP, STAMP_SHIFT, INDEX_SHIFT = 0xF, 0xFFFFF, 4, 24


@compiled
def _rise(agenda, place, time, code):
    while place > 0:
        above = (place - 1) >> 1
        if agenda[above].time <= time:
            break
        agenda[place].time = agenda[above].time
        agenda[place].code = agenda[above].code
        place = above
    agenda[place].time = time
    agenda[place].code = code


@compiled
def _sift(agenda, size, time, code):
    """Fill the hole at the top: sink it to a leaf along the earlier child, then let the event rise."""
    agenda[size].time = float("inf")
    place = 0
    child = 1
    while child < size:
        child += agenda[child + 1].time < agenda[child].time
        agenda[place].time = agenda[child].time
        agenda[place].code = agenda[child].code
        place = child
        child = 2 * place + 1
    _rise(agenda, place, time, code)


@compiled
def schedule(core, time, kind, index, stamp):
    """Put an event on the agenda; `stamp` tells a case from a later one in the same slot."""
    clock = core.clock[0]
    code = (int(index) << INDEX_SHIFT) | ((int(stamp) & STAMP) << STAMP_SHIFT) | kind
    if clock.hole:
        clock.hole = 0
        _sift(core.agenda, clock.agenda_size, time, code)
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
            _sift(core.agenda, size, core.agenda[size].time, core.agenda[size].code)
