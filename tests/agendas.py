"""Event lists that are nothing like the core's, kept in one order or another.

Each is a sorted array, put in place of the two moves of the heap, in plain Python. As a program, this
prints the bits of a small company full of simultaneous events under each order: `heap` is the core's
own agenda, `total` the order that it promises, `backwards` breaks ties the other way round.
"""

import json

import numpy as np

import orgsim
from orgsim.engine.operations import agenda
from orgsim.world.demand import Demand

_ROUTE = [
    {"function": "service", "hours": 1, "distribution": "constant"},
    {"function": "operations", "hours": 2, "distribution": "constant"},
    {"function": "it", "hours": 1, "distribution": "constant"},
]
_KIND = {"process": "experience", "complexity_cv": 0, "promise": 8, "patience": 16, "route": _ROUTE}
#: constant hours, people who are all alike: what begins on the hour ends on the hour
TIES = {
    "extends": "default",
    "horizon": {"weeks": 2},
    "company": {"functions": {name: {"staff": 4} for name in ("service", "operations", "it")}},
    "segments": {
        "small": {"customers": 60, "needs": {"request": 60.0, "incident": 30.0}},
        "medium": {"customers": 20},
        "key": {"customers": 10},
    },
    "case_types": {"request": _KIND, "incident": _KIND},
    "people": {
        "second_skills": 7, "second_skill": 1.0, "specialisation": 0, "peers": 0, "switch_hours": 0,
        "variety": 0, "ownership": 0, "unfamiliarity": 0, "temps_skill": 1.0, "turnover": 0,
        "talent_spread": 0, "tenure_spread": 0,
    },
    "frictions": {
        "handoff": {"transfer_cv": 0, "transfer_hours": 1.0, "familiarisation": 0},
        "coordination": {"pair_hours": 0, "interface_hours": 0},
        "quality": {"defect_rate": 0.1},
        "arbitration": {"exception_rate": 0.1},
    },
}  # fmt: skip
PRECEDES = {
    "total": lambda event: event,
    "backwards": lambda event: (event[0], -event[1]),
}


def use(order):
    """Keep the agenda as an array sorted by `order`."""
    key = PRECEDES[order]

    def put(rows, size, time, code):
        events = [(float(row["time"]), int(row["code"])) for row in rows[:size]]
        events = sorted([*events, (float(time), int(code))], key=key)
        for place, (when, what) in enumerate(events):
            rows[place]["time"], rows[place]["code"] = when, what

    def refill(rows, size, hole, time, code):
        for place in range(hole, size - 1):
            rows[place] = rows[place + 1]
        put(rows, size - 1, time, code)

    agenda._rise, agenda._sift = put, refill


def on_the_hour(self, *world):
    """The week's cases, each at the next full hour: hardly an event comes alone."""
    cases = drawn(self, *world)
    cases["time"] = np.ceil(cases["time"])
    return cases


drawn = Demand.arrivals


def bits():
    """Everything that a run of the small company comes to."""
    Demand.arrivals = on_the_hour
    try:
        result = orgsim.run(TIES, "silos", seed=3)
    finally:
        Demand.arrivals = drawn
    weekly = {name: list(values) for name, values in result.weekly.items()}
    found = [result.measures, result.costs, result.lead_time, result.case_types, weekly]
    return json.dumps(found, default=float)


if __name__ == "__main__":
    print(bits())
    for order in PRECEDES:
        use(order)
        print(bits())
