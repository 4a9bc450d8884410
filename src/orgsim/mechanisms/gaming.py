"""Gaming: a rewarded score is gamed where nobody sees the customer."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    gaming: float = quantity(
        0.15, "0–1", "measured satisfaction added by rewarding it, where nobody sees the customer", 0, 1
    )
    gaming_time: float = quantity(0.03, "share", "of time then spent on the score", 0, 0.5)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "gaming",
            "a rewarded score is gamed where nobody sees the customer",
            {"people.gaming": 0.0, "people.gaming_time": 0.0},
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "gaming_time")},
    treatment=("satisfaction_reward",),
)


@compiled
def rewarded_unseen(treatment, knowledge):
    """How far a person is rewarded for what he or she does not see: reward · (1 − customer knowledge)."""
    return treatment.satisfaction_reward * (1.0 - knowledge)


@compiled
def time_on_the_score(rules, treatment, knowledge):
    """Share of time spent on the score: g · reward · (1 − customer knowledge)."""
    return rules.gaming_time * treatment.satisfaction_reward * (1.0 - knowledge)
