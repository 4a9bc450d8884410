"""Informal network: whoever hands cases over gets to know people in other units, and whom one knows one
reaches sooner (strength of weak ties: Granovetter 1973; search and transfer: Hansen 1999)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, StaffMean, Switch, at


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    ties_gained: float = quantity(
        0.02, "1/case", "ties gained by a case handed over to another unit, × what is missing", 0, 1
    )
    ties_half_life: float = quantity(26.0, "weeks", "half of the ties have faded", 0.1, 1000)
    ties_shorten: float = quantity(
        0.3, "share", "of the transfer delay saved by full ties", 0, 0.9, "assumption; direction: Hansen 1999"
    )


@compiled
def keep_in_touch(rules, treatment, unit, member, person):
    """Ties (0 to 1) after a week: T ← kept · (1 − (1 − T)(1 − g)ⁿ) with n cases handed over."""
    strangers = (1.0 - member.ties) * (1.0 - rules.ties_gained) ** member.handed_over
    member.ties = rules.ties_kept * (1.0 - strangers)
    member.handed_over = 0.0


MECHANISM = Mechanism(
    switches=(
        Switch(
            "informal_network",
            "whom one knows in other units one reaches sooner",
            {"frictions.handoff.ties_shorten": 0.0},
            family="handoffs",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    rules={
        "operations": at("frictions.handoff", "ties_shorten"),
        "people": at("frictions.handoff", "ties_gained")
        | {
            "ties_kept": Given(
                lambda s: 0.5 ** (1.0 / s.frictions.handoff.ties_half_life), "share/week", "of ties kept"
            )
        },
    },
    state={
        "member": {
            "ties": Given(0.0, "0–1", "strength of the ties to other units"),
            "handed_over": Given(0.0, "count", "cases handed over to other units this week"),
        }
    },
    week=keep_in_touch,
    means=(
        StaffMean(
            "ties", "Ties to other units", "0–100", "higher", 1, "mean over staff and weeks", 1.0,
            record="member", name="ties", scale=100.0,
        ),
    ),
)  # fmt: skip


@compiled
def reached_sooner(rules, member):
    """Factor on a transfer that a member starts: 1 − s · ties. The case counts for the ties of the week."""
    member.handed_over += 1.0
    return 1.0 - rules.ties_shorten * member.ties
