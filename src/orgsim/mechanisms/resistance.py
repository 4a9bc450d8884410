"""Resistance: a reorganisation costs morale, more the more moves at once; the top's example calms it."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch


class People(Table):
    """Fields of `people`."""

    resistance: float = quantity(
        0.25, "–", "morale lost when everybody's place changes at once", 0, 1, plausible=(0, 0.5)
    )
    resistance_fixed: float = quantity(
        0.5, "share", "of that loss however few move at once; the rest grows with how many", 0, 1
    )


class Effects(Table):
    """Fields of `effects`."""

    sponsor_calm: float = quantity(0.5, "share", "of resistance avoided under full sponsorship", 0, 1)


MECHANISM = Mechanism(
    switches=(
        Switch("resistance", "a reorganisation costs morale", {"people.resistance": 0.0}, family="change"),
    ),
    fields={"people": People, "effects": Effects},
)


def morale_lost(s, share_moved, sponsorship):
    """Morale (0 to 1) that whoever moves loses: r · (1 − calm · sponsorship) · (fixed + (1 − fixed) · share
    of people who move at once)."""
    calm = 1.0 - s.effects.sponsor_calm * sponsorship
    fixed = s.people.resistance_fixed
    return s.people.resistance * calm * (fixed + (1.0 - fixed) * share_moved)
