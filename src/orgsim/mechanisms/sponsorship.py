"""Sponsorship: where the top embodies a change, it is adopted faster."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism


class Effects(Table):
    """Fields of `effects`."""

    sponsor_speed: float = quantity(0.5, "share", "of a lever's ramp saved under full sponsorship", 0, 0.95)


MECHANISM = Mechanism(fields={"effects": Effects})


def sponsored_ramp(s, weeks, sponsorship):
    """Weeks until a lever is at its full value: those planned · (1 − saved · sponsorship)."""
    return weeks * (1.0 - s.effects.sponsor_speed * sponsorship)
