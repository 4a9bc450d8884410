"""Lost information: a case that crosses a border loses part of what is known about it; shared data keep
it, as far as people have an interest in sharing.

One file, because both switches act on the one share that is kept."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    information_kept: float = quantity(
        0.8,
        "share",
        "information kept per border crossed, κ",
        0,
        1,
        "assumption; I-PASS (Starmer et al. 2014): all key elements in 20 % of hand-overs, 66 % after",
        plausible=(0.5, 0.95),
    )
    sharing_needs_interest: float = quantity(
        0.6, "share", "of shared data lost on people held to local targets", 0, 1, plausible=(0, 1)
    )


def information_kept(kept, sharing, needs_interest, local_targets):
    """The share kept under shared data: κ' = 1 − (1−κ)(1−d), where d, the data that are shared, counts
    less with people held to local targets: d = sharing · (1 − interest needed · local targets)."""
    shared = sharing * (1.0 - needs_interest * local_targets)
    return 1.0 - (1.0 - kept) * (1.0 - shared)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "information_loss",
            "crossing a border loses information",
            {"frictions.handoff.information_kept": 1.0},
            family="lost information",
        ),
        Switch(
            "sharing_interest",
            "people held to local targets share data badly",
            {"frictions.handoff.sharing_needs_interest": 0.0},
            family="lost information",
        ),
    ),
    fields={"frictions.handoff": Handoff},
    pools={
        "information_kept": Given(
            lambda s, now: information_kept(
                s.frictions.handoff.information_kept,
                now["data_sharing"],
                s.frictions.handoff.sharing_needs_interest,
                now["local_targets"],
            ),
            "0–1",
            "share of a case's information that survives a border",
        )
    },
)


@compiled
def kept_between(here, there):
    """The share of information (0 to 1) that a crossing from one pool to another keeps: I ← I·κ with the
    lesser of what both sides keep."""
    return min(here.information_kept, there.information_kept)
