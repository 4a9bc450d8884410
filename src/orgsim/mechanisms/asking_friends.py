"""Asking a friend: what concerns another function is settled directly with somebody one knows there, instead
of climbing (the company behind the chart: Krackhardt & Hanson 1993)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Ties(Table):
    """Fields of `frictions.ties`."""

    friend: float = quantity(
        0.5,
        "probability",
        "that a matter is settled with those of another function whom one knows fully, where nobody is "
        "measured on local targets",
        0,
        1,
        "assumption; direction: Krackhardt & Hanson 1993",
        plausible=(0, 1),
    )
    friend_targets: float = quantity(
        0.5, "share", "of that chance lost with people held to local targets", 0, 1, "assumption"
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "asking_friends",
            "what concerns another function is settled with an acquaintance there instead of climbing",
            {"frictions.ties.friend": 0.0},
            family="decisions",
        ),
    ),
    fields={"frictions.ties": Ties},
    rules={"operations": at("frictions.ties", "friend", "friend_targets")},
)


@compiled
def friend_chance(rules, local_targets, tie):
    """Probability that a matter is settled directly with the other function: f · tie · (1 − s · local
    targets)."""
    return rules.friend * tie * (1.0 - rules.friend_targets * local_targets)
