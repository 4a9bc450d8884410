"""Novelty: what a crisis brings is new, and needs decisions. Its size is that of each crisis."""

from orgsim.mechanisms.declaration import Given, Mechanism, Switch


def novelty_factor(novelty, size):
    """Factor on exceptions: 1 + novelty · size of the shock (the change of demand, 0 in calm)."""
    return 1.0 + novelty * size


MECHANISM = Mechanism(
    switches=(
        Switch(
            "novelty",
            "a crisis raises more exceptions",
            {"crisis.novelty": 0.0, "crises.*.novelty": 0.0},
            family="decisions",
        ),
    ),
    rules={"operations": {"novelty": Given(1.0, "factor", "of the week, on exceptions")}},
)
