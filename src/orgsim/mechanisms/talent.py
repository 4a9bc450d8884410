"""Talent: people differ in how fast they work with the same skill, wherever they are put."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import log_spread, lognormal
from orgsim.mechanisms.declaration import Given, Mechanism, Switch


class People(Table):
    """Fields of `people`."""

    talent_spread: float = quantity(
        0.15,
        "–",
        "coefficient of variation of people's own speed (log-normal, mean 1)",
        0,
        1,
        "Hunter, Schmidt & Judiesch 1990: the standard deviation of output is 19 to 48 % of its mean, "
        "of which experience and circumstances are a part",
        plausible=(0, 0.3),
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "talent",
            "people differ in how fast they work with the same skill",
            {"people.talent_spread": 0.0},
            family="skills",
        ),
    ),
    fields={"people": People},
    rules={
        "people": {
            "talent_spread": Given(
                lambda s: log_spread(s.people.talent_spread), "–", "standard deviation of log talent"
            )
        }
    },
    state={"person": {"talent": Given(1.0, "× speed", "own speed, whatever the function")}},
)


@compiled
def talent_of(rules, key):
    """A person's own speed, log-normal with mean 1 from the person's key: the same in every design."""
    return lognormal(key, 1.0, rules.talent_spread)
