"""Staff loss: a crisis makes staff absent. How many is that of each crisis."""

from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch

MECHANISM = Mechanism(
    switches=(
        Switch(
            "staff_loss",
            "a crisis makes staff absent",
            {"crisis.staff_loss": 0.0, "crises.*.staff_loss": 0.0},
        ),
    ),
)


@compiled
def is_absent(luck, share):
    """Whether a person is among the share of staff that is absent; `luck` is the person's own draw, so that
    it hits the same people in every organisation, and more of them only as more are absent."""
    return luck < share
