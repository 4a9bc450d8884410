"""Attention: a rewarded score draws attention to quality where people see the customer."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    attention: float = quantity(
        0.2, "share", "defects avoided by rewarding satisfaction, × customer knowledge", 0, 1
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "attention",
            "a rewarded score draws attention to quality where people see the customer",
            {"people.attention": 0.0},
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "attention")},
    treatment=("satisfaction_reward",),
)


@compiled
def care_from_attention(rules, treatment, knowledge):
    """Factor on defects: 1 − a · reward · customer knowledge."""
    return 1.0 - rules.attention * treatment.satisfaction_reward * knowledge
