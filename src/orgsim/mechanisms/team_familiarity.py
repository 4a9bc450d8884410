"""Team familiarity: strangers work more slowly together, newcomers and whoever was moved by a
reorganisation (Huckman, Staats & Upton 2009)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    unfamiliarity: float = quantity(
        0.15,
        "share",
        "speed lost in a unit of strangers",
        0,
        0.9,
        "assumption; direction: Huckman, Staats & Upton 2009",
        plausible=(0.05, 0.30),
    )
    familiarity_half_life: float = quantity(
        8.0, "weeks", "half of what is strange has become familiar", 0.1, 520, plausible=(4, 26)
    )


def kept_in_a_week(s):
    """The share of what is strange that is still so a week later."""
    return 0.5 ** (1.0 / s.people.familiarity_half_life)


@compiled
def become_familiar(rules, treatment, unit, member, person):
    """What is strange becomes familiar at a constant rate."""
    person.strange *= rules.familiarity_kept


MECHANISM = Mechanism(
    switches=(
        Switch(
            "team_familiarity",
            "strangers work more slowly together, after a reorganisation too",
            {"people.unfamiliarity": 0.0},
            family="change",
        ),
    ),
    fields={"people": People},
    rules={
        "people": at("people", "unfamiliarity")
        | {"familiarity_kept": Given(kept_in_a_week, "share/week", "of what is strange that is still so")}
    },
    state={"person": {"strange": Given(0.0, "0–1", "how strange the colleagues are")}},
    week=become_familiar,
)


@compiled
def among_strangers(rules, person):
    """Factor on speed: 1 − u · how strange the colleagues are (0 to 1)."""
    return 1.0 - rules.unfamiliarity * person.strange
