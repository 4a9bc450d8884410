"""Transition: a reorganisation costs money. What it costs is that of each design."""

from orgsim.mechanisms.declaration import Mechanism, Switch

MECHANISM = Mechanism(
    switches=(
        Switch(
            "transition",
            "a reorganisation costs money",
            {"designs.*.transition.cost_per_person": 0.0},
            family="change",
        ),
    ),
)


def transition_cost(transition, people):
    """Euros for so many people who move."""
    return people * transition.cost_per_person
