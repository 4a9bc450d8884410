"""Coordination: people spend paid hours on keeping each other informed, from the structure alone."""

import numpy as np

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at
from orgsim.working_time import HOURS_PER_WEEK


class Coordination(Table):
    """Fields of `frictions.coordination`."""

    pair_hours: float = quantity(0.05, "h/week", "per person and colleague of the unit: n(n−1)/2 pairs", 0, 5)
    interface_hours: float = quantity(
        0.5, "h/week", "per person and other unit with which the unit exchanges cases", 0, 20
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
    state={"unit": {"coordination": Given(0.0, "share", "of the time of its people")}},
)


def share_of_time(rule, sizes, interfaces):
    """Share of a member's time by unit, from `sizes` (persons) and `interfaces` (other units): pair hours ·
    (n − 1) + interface hours · interfaces, in hours of a week, up to the ceiling."""
    hours = rule.pair_hours * (sizes - 1) + rule.interface_hours * interfaces
    return np.minimum(rule.ceiling, hours / HOURS_PER_WEEK)
