"""Morale set-points: people differ in the morale to which they return in the same circumstances.

Satisfaction with work is partly the person's own: it is stable over years and employers (Staw & Ross 1985),
and some 30 % of its variance goes with the genes (Arvey, Bouchard, Segal & Abraham 1989)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import normal
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    morale_spread: float = quantity(
        0.10,
        "0–1",
        "standard deviation of people's own morale about that of the start (normal)",
        0,
        1,
        "assumption; order of magnitude: 30 % of the variance of job satisfaction (Arvey et al. 1989), whose "
        "standard deviation is near 0.2 on this scale",
        plausible=(0, 0.2),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "morale_set_points",
            "people differ in the morale to which they return",
            {"people.morale_spread": 0.0},
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "morale_spread")},
    state={
        "person": {
            "morale_set_point": Given("people.morale_at_start", "0–1", "own morale where nothing moves it")
        }
    },
)


@compiled
def set_point(rules, key):
    """A person's own morale (0 to 1) where nothing moves it, normal about that of the start, from the
    person's key: the same in every design."""
    return min(1.0, max(0.0, rules.morale_at_start + rules.morale_spread * normal(key)))
