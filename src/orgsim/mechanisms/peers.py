"""Peers: colleagues of the same function make faster, the more the nearer they sit. A fact of the structure,
never a bonus for a design's name."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    peers: float = quantity(
        0.05,
        "share",
        "p: faster by up to p with peers of the function near by",
        0,
        1,
        plausible=(0, 0.15),
    )
    peers_half: float = quantity(
        3.0, "persons", "peers with which half of that gain is reached", 0.01, 1000, plausible=(1, 10)
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "peers",
            "colleagues of the same function near by make faster",
            {"people.peers": 0.0},
            family="skills",
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "peers", "peers_half")},
)


@compiled
def asked(rules, peers):
    """Factor on speed with n peers to ask: 1 + p·n/(n + half), rising to 1 + p."""
    return 1.0 + rules.peers * peers / (peers + rules.peers_half)


@compiled
def peers_near(beside, near, elsewhere, far):
    """Peers in the group and elsewhere in the unit, each counted the less the farther off: 1 − distance."""
    return beside * (1.0 - min(1.0, near)) + elsewhere * (1.0 - min(1.0, far))
