"""Telework: whoever works from home has weaker ties to people elsewhere (Yang et al. 2022)."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Given, Mechanism, Switch


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    remote_penalty: float = quantity(
        0.25,
        "share",
        "longer transfers per remote share, × distance",
        0,
        2,
        "Yang et al. 2022: cross-group time about −25 % under full telework",
    )


def transfer_factor(penalty, remote):
    """Factor on the transfers of a pool: 1 + penalty · share of time worked from home."""
    return 1.0 + penalty * remote


MECHANISM = Mechanism(
    switches=(
        Switch(
            "telework",
            "remote work lengthens transfers to people elsewhere",
            {"frictions.handoff.remote_penalty": 0.0},
            family="handoffs",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    pools={
        "transfer_factor": Given(
            lambda s, now: transfer_factor(s.frictions.handoff.remote_penalty, now["remote_share"]),
            "factor",
            "on the time of transfers",
        )
    },
)
