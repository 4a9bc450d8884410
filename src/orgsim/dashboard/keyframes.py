"""Keyframes: where every case and every person is at one moment, packed for the page.

A frame is little-endian: a head (hour, numbers of cases, people, managers' queues, hidden cases), then one
record for each. The page draws what lies between two frames.
"""

import numpy as np

from orgsim.dashboard.floor import desks_of, group_in_unit
from orgsim.engine.operations.state import (
    ABSENT,
    DORMANT,
    FREE,
    GONE,
    IN_ARBITRATION,
    IN_WORK,
    NONE,
    OFF_DUTY,
    TEMPORARY,
    Core,
)
from orgsim.engine.people.state import Staff

#: at most so many dots are drawn; further cases are told as a number
MOST_DOTS = 900
HEAD = np.dtype([("hour", "<f4"), ("cases", "<u2"), ("people", "<u2"), ("heads", "<u2"), ("hidden", "<u2")])
DOT = np.dtype(
    [("id", "<u4"), ("type", "u1"), ("state", "u1"), ("place", "u1"), ("other", "u1"), ("order", "<u2"),
     ("mode", "u1"), ("bounces", "u1")]
)  # fmt: skip
PERSON = np.dtype(
    [("unit", "u1"), ("function", "u1"), ("status", "u1"), ("busy", "u1"), ("load", "u1"), ("morale", "u1"),
     ("group", "u1")]
)  # fmt: skip
DESK = np.dtype([("waiting", "<u2"), ("deciding", "<u2")])
#: status of a person on the page
HERE, CALLED, AWAY, NOT_THERE = range(4)


def keyframe(core: Core, staff: Staff) -> bytes:
    """One organisation at this moment."""
    desk = desks_of(core)
    dots, hidden = _dots(core, desk)
    people, desks = _people(core, staff), _desks(core, desk)
    head = np.zeros(1, HEAD)
    head[0] = (core.clock[0]["now"], len(dots), len(people), len(desks), min(hidden, 65_535))
    return head.tobytes() + dots.tobytes() + people.tobytes() + desks.tobytes()


def _dots(core: Core, desk: np.ndarray) -> tuple[np.ndarray, int]:
    cases = core.cases
    rows = np.flatnonzero((cases["state"] != FREE) & (cases["state"] != DORMANT))
    since = np.argsort(cases["since"][rows], kind="stable")
    shown = rows[since][:MOST_DOTS]
    open_cases = cases[shown]
    place = core.routes[open_cases["step"], open_cases["segment"]]
    state = open_cases["state"]
    dots = np.zeros(len(shown), DOT)
    dots["id"] = open_cases["key"] & np.uint64(0xFFFFFFFF)
    dots["type"] = open_cases["type"]
    dots["state"] = state
    dots["place"] = place
    dots["other"] = np.where(state == IN_ARBITRATION, desk[open_cases["target"]], 255)
    dots["order"] = np.where(state == IN_WORK, open_cases["member"], _orders(place, state))
    dots["mode"] = open_cases["mode"]
    dots["bounces"] = np.minimum(open_cases["bounces"], 255)
    return dots, len(rows) - len(shown)


def _orders(place: np.ndarray, state: np.ndarray) -> np.ndarray:
    """The rank of every case among those in the same place and state, the longest there first."""
    groups = place.astype(np.int64) * 8 + state
    by_group = np.argsort(groups, kind="stable")
    ordered = groups[by_group]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, int)
    counts = np.diff(np.r_[starts, len(ordered)])
    ranks = np.empty(len(groups), np.int64)
    ranks[by_group] = np.arange(len(ordered)) - np.repeat(starts, counts)
    return ranks


def _people(core: Core, staff: Staff) -> np.ndarray:
    rows = int(staff.totals["rows"][0])
    members, persons = core.members[:rows], staff.persons[:rows]
    people = np.zeros(rows, PERSON)
    people["unit"] = members["unit"]
    people["function"] = members["function"]
    people["group"] = group_in_unit(core)[members["group"]] % 256
    status = members["status"]
    people["status"] = np.select(
        [(status == GONE) | (status == OFF_DUTY), status == ABSENT, status == TEMPORARY],
        [NOT_THERE, AWAY, CALLED], HERE,
    )  # fmt: skip
    people["busy"] = members["case"] != NONE
    people["load"] = np.clip(255 * persons["load"], 0, 255)
    people["morale"] = np.clip(255 * persons["morale"], 0, 255)
    return people


def _desks(core: Core, desk: np.ndarray) -> np.ndarray:
    nodes, shown = core.nodes, desk != NONE
    waiting, deciding = (np.zeros(desk.max() + 1, int) for _ in range(2))
    np.add.at(waiting, desk[shown], nodes["waiting"][shown])
    np.add.at(deciding, desk[shown], np.maximum(0, nodes["managers"] - nodes["idle"])[shown])
    desks = np.zeros(len(waiting), DESK)
    desks["waiting"] = np.minimum(waiting, 65_535)
    desks["deciding"] = deciding
    return desks
