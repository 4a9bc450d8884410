"""Fresh eyes: the next person finds defects."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Quality(Table):
    """Fields of `frictions.quality`."""

    catch: float = quantity(0.5, "probability", "the next person finds an open defect", 0, 1)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "fresh_eyes",
            "the next person finds defects",
            {"frictions.quality.catch": 0.0},
            family="quality",
        ),
    ),
    fields={"frictions.quality": Quality},
    rules={"operations": at("frictions.quality", "catch")},
)
