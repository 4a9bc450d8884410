"""Lost information: a case that goes from one person to another loses part of what is known about it, the
more the farther they sit apart, and more where neither knows the other's trade; shared data keep it, as far
as people have an interest in sharing.

One file, because all switches act on the one share that is kept."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class Handoff(Table):
    """Fields of `frictions.handoff`."""

    information_kept: float = quantity(
        0.8,
        "share",
        "κ: information kept between people at distance 1",
        0,
        1,
        "assumption; I-PASS (Starmer et al. 2014): all key elements in 20 % of hand-overs, 66 % after",
        plausible=(0.5, 0.95),
    )
    translation: float = quantity(
        0.05,
        "share",
        "φ: information lost besides where the function changes and neither side has the other's skill",
        0,
        1,
        "assumption; Carlile 2004: knowledge is translated between trades",
        plausible=(0, 0.15),
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
            "handing over a case loses information",
            {"frictions.handoff.information_kept": 1.0},
            family="lost information",
        ),
        Switch(
            "translation",
            "information is lost between trades that do not know each other",
            {"frictions.handoff.translation": 0.0},
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
    rules={"operations": at("frictions.handoff", "translation")},
    pools={
        "information_kept": Given(
            lambda s, now: information_kept(
                s.frictions.handoff.information_kept,
                now["data_sharing"],
                s.frictions.handoff.sharing_needs_interest,
                now["local_targets"],
            ),
            "0–1",
            "share of a case's information that survives a way of distance 1",
        )
    },
)


@compiled
def kept_between(rules, here, there, distance, strange):
    """The share of information (0 to 1) that is kept on the way from one pool to another: 1 − (1−κ)·distance,
    with the lesser κ of both sides, and 1 − φ of that between trades that are `strange` to each other."""
    lost = (1.0 - min(here.information_kept, there.information_kept)) * distance
    kept = max(0.0, 1.0 - lost)
    return kept * (1.0 - rules.translation) if strange else kept
