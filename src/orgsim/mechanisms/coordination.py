"""Coordination: people spend paid hours on keeping each other informed, in their group, and with those
elsewhere on whom their work depends (interdependence, not head-count: Thompson 1967; Galbraith 1974)."""

import numpy as np

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at
from orgsim.working_time import HOURS_PER_WEEK


class Coordination(Table):
    """Fields of `frictions.coordination`."""

    pair_hours: float = quantity(
        0.08, "h/week", "per person and colleague of the group", 0, 5, "assumption", plausible=(0.04, 0.16)
    )
    interface_hours: float = quantity(
        3.2,
        "h/week",
        "per person whose cases all come from, and go to, people at distance 1",
        0,
        20,
        "set once so that in calm the departments of the default company spend 7 % of their time",
        plausible=(1.6, 6.4),
    )
    ceiling: float = quantity(
        0.4, "share", "of time at the most", 0, 0.9, "assumption; 5–20 % of time is usual"
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "coordination",
            "people spend time on keeping each other informed",
            {"frictions.coordination.pair_hours": 0.0, "frictions.coordination.interface_hours": 0.0},
            family="coordination",
        ),
    ),
    fields={"frictions.coordination": Coordination},
    rules={"people": at("frictions.coordination", "ceiling")},
    state={"pool": {"coordination": Given(0.0, "share", "of the time of its people")}},
)


def share_of_time(rule, colleagues, reach):
    """Share of a member's time, by pool: pair hours · colleagues of the group + interface hours · `reach`,
    the share of the ways into and out of its activities that leave the group, weighted by distance; in hours
    of a week, up to the ceiling."""
    hours = rule.pair_hours * colleagues + rule.interface_hours * reach
    return np.minimum(rule.ceiling, hours / HOURS_PER_WEEK)
