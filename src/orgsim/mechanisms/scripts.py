"""Scripts: they help newcomers, hinder experts, and take autonomy where customers are met."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at, reference


class People(Table):
    """Fields of `people`."""

    scripts_novices: float = quantity(0.15, "share", "defects avoided by scripts in a newcomer's work", 0, 1)
    scripts_experts: float = quantity(0.10, "share", "defects added by scripts in an expert's work", 0, 1)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "scripts",
            "scripts help newcomers and hinder experts",
            {
                "people.scripts_novices": 0.0,
                "people.scripts_experts": 0.0,
                "people.morale_autonomy": 0.0,
            },
        ),
    ),
    fields={"people": People},
    rules={
        "people": at("people", "scripts_novices", "scripts_experts")
        | {"reference_scripts": reference("scripts")}
    },
    treatment=("scripts",),
)


@compiled
def scripted(rules, treatment):
    """How far a function's work follows scripts beyond what is usual, × its share of contact."""
    return (treatment.scripts - rules.reference_scripts) * treatment.contact


@compiled
def care_from_scripts(rules, treatment, newness):
    """Factor on defects: 1 − scripted · (gain of novices · new − loss of experts · (1 − new))."""
    gained = rules.scripts_novices * newness - rules.scripts_experts * (1.0 - newness)
    return 1.0 - scripted(rules, treatment) * gained
