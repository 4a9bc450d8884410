"""Bounces (ping-pong): a receiver returns what is incomplete, the sender repairs it."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    bounce: float = quantity(
        0.45,
        "probability",
        "b: a case is returned with chance b·(1−I)·local targets·distance",
        0,
        1,
        "set in the calm state against A-B-A shares of 15.6 % (BPI Challenge 2013) and 28 % (2014)",
    )
    triage: float = quantity(0.10, "share", "of an activity's hours to find that it must go back", 0, 1)
    repair: float = quantity(0.8, "share", "of the missing information that the sender restores", 0, 1)
    repair_work: float = quantity(0.15, "share", "of the sender's activity to restore it", 0, 2)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "bounces",
            "a receiver returns what is incomplete",
            {"frictions.handoff.bounce": 0.0},
            family="lost information",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    rules={
        "operations": at(
            "frictions.handoff", "bounce", "repair", triage_share="triage", repair_share="repair_work"
        )
    },
)


@compiled
def bounce_chance(case, pool, rules):
    """Probability that whoever receives a case from somebody at distance 1 returns it: b·(1−I)·local
    targets."""
    return rules.bounce * (1.0 - case.information) * pool.local_targets


@compiled
def triage_hours(rules, step, case):
    """Hours to find that a case must go back, or what is left of them."""
    return rules.triage_share * step.hours * case.left


@compiled
def repair_hours(rules, step, case):
    """Hours of the sender to restore what is missing, or what is left of them."""
    return rules.repair_share * step.hours * case.left


@compiled
def repaired(rules, information):
    """Information (0 to 1) after the repair: 1 − (1−I)(1−r)."""
    return 1.0 - (1.0 - information) * (1.0 - rules.repair)
