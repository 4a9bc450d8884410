"""Competition: a competitor's attack takes customers away. Its size is that of each crisis."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch


class Market(Table):
    """Fields of `market`."""

    competition: float = quantity(
        1.0,
        "–",
        "how far a competitor's attack changes how many leave (0: not at all)",
        0,
        5,
        "size of attacks: incumbents lost 2.6–3.2 % a month to Free Mobile in 2012",
    )


MECHANISM = Mechanism(
    switches=(
        Switch("competition", "a competitor's attack takes customers away", {"market.competition": 0.0}),
    ),
    fields={"market": Market},
)


def attack_factor(s, segment, attack, severity):
    """Factor on leaving: 1 + (attack − 1) · severity of the crisis (0 to 1) · how far attacks count · price
    sensitivity of the segment; not below 0 where used."""
    strength = s.market.competition * segment.price_sensitivity
    return 1.0 + (attack - 1.0) * severity * strength
