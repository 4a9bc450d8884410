"""Experiments: a success improves the fit of the offer, less the longer it took to reach customers."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at
from orgsim.working_time import HOURS_PER_WEEK


class Offer(Table):
    """Fields of `offer`."""

    gain: float = quantity(0.009, "share", "of what is missing gained by a successful experiment", 0, 1)
    success: float = quantity(
        0.4,
        "probability",
        "an experiment improves the fit, at the customer knowledge of the start",
        0,
        1,
        "assumption; Kohavi & Thomke 2017: 10 to 33 % of online experiments succeed",
    )
    staleness_weeks: float = quantity(26.0, "weeks", "an idea loses half of its worth in", 1, 1000)


MECHANISM = Mechanism(
    switches=(Switch("experiments", "experiments improve the offer", {"offer.gain": 0.0}),),
    fields={"offer": Offer},
    rules={
        "offer": at("offer", "gain", "success")
        | {
            "staleness": Given(
                lambda s: s.offer.staleness_weeks * HOURS_PER_WEEK,
                "h",
                "in which half of an idea's worth is lost",
            )
        }
    },
)


@compiled
def freshness(rules, cycle):
    """What an idea is still worth (0 to 1) after `cycle` hours: halved by every staleness."""
    return 0.5 ** (cycle / rules.staleness)


@compiled
def improvement(rules, fit, fresh):
    """What a success adds to the fit: gain · freshness · what is missing."""
    return rules.gain * fresh * (1.0 - fit)
