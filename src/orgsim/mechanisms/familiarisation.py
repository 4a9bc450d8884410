"""Familiarisation: a person new to a case needs time to get into it, more where information is missing."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    familiarisation: float = quantity(
        0.10, "share", "of an activity's hours, for each person new to the case", 0, 2, plausible=(0.03, 0.20)
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "familiarisation",
            "a person new to a case needs time to get into it",
            {"frictions.handoff.familiarisation": 0.0},
            family="getting into a case",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    rules={"operations": at("frictions.handoff", "familiarisation")},
)


@compiled
def familiarisation_hours(rules, step, case):
    """Hours to get into a case: share · mean hours of the activity · (2 − I)."""
    return rules.familiarisation * step.hours * (2.0 - case.information)
