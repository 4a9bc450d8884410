"""Ramp-up: newcomers are slow at first."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    newcomer_speed: float = quantity(
        0.6, "× speed", "of a newcomer on the first day (ramp-up of 3 to 6 months)", 0.05, 1
    )
    ramp_up_weeks: float = quantity(
        6.0, "weeks", "half of the newcomer's gap is closed", 0.1, 200, plausible=(4, 12)
    )


def kept_in_a_week(s):
    """The share of newness that is left a week later."""
    return 0.5 ** (1.0 / s.people.ramp_up_weeks)


@compiled
def ramp_up(rules, treatment, unit, member, person):
    """What is new wears off at a constant rate."""
    person.newness *= rules.newness_kept


MECHANISM = Mechanism(
    switches=(Switch("ramp_up", "newcomers are slow at first", {"people.newcomer_speed": 1.0}),),
    fields={"people": People},
    rules={
        "people": at("people", "newcomer_speed")
        | {"newness_kept": Given(kept_in_a_week, "share/week", "of newness that is left")}
    },
    state={"person": {"newness": Given(0.0, "0–1", "1 on a newcomer's first day")}},
    week=ramp_up,
)


@compiled
def new_at_it(rules, person):
    """Factor on speed: 1 − (1 − a newcomer's speed) · newness."""
    return 1.0 - (1.0 - rules.newcomer_speed) * person.newness
