"""Transfer delay: a case that goes from one person to another is under way for a while, the longer the
farther they sit apart."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import log_spread, lognormal
from orgsim.mechanisms.declaration import Given, Mechanism, Switch


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    transfer_hours: float = quantity(
        4.0,
        "h",
        "mean transfer delay between people at distance 1",
        0,
        500,
        "assumption; BPI Challenge 2013, Volvo IT, 'awaiting assignment': median 0.6 h, mean 26 h",
        plausible=(0.5, 24),
    )
    transfer_cv: float = quantity(1.0, "–", "spread of the delay (lognormal)", 0, 5)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "transfer_delay",
            "handing over a case takes time",
            {"frictions.handoff.transfer_hours": 0.0},
            family="handoffs",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    rules={
        "operations": {
            "transfer_hours": "frictions.handoff.transfer_hours",
            "transfer_spread": Given(
                lambda s: log_spread(s.frictions.handoff.transfer_cv), "–", "σ of the logarithm of a transfer"
            ),
        }
    },
)


@compiled
def mean_transfer(rules, here, there, distance):
    """Mean hours from one pool to the other: the friction's × distance, × the mean of what telework makes of
    it on either side, as far as they are apart."""
    remote = 0.5 * (here.transfer_factor + there.transfer_factor) - 1.0
    return rules.transfer_hours * distance * (1.0 + remote * min(1.0, distance))


@compiled
def transfer_hours(rules, key, mean):
    """Hours that a transfer takes, lognormal about its mean; `key` is that of the occasion."""
    return lognormal(key, mean, rules.transfer_spread)
