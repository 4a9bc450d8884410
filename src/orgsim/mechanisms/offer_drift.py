"""Offer drift: needs move away from the offer, steadily, and at once in a crisis."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at
from orgsim.working_time import WEEKS_PER_YEAR


class Offer(Table):
    """Fields of `offer`."""

    fit_at_start: float = quantity(0.7, "0–1", "fit of the offer in every segment", 0, 1)
    drift: float = quantity(0.25, "share/year", "of the fit lost as needs move", 0, 1, plausible=(0.05, 0.5))


MECHANISM = Mechanism(
    switches=(
        Switch(
            "offer_drift",
            "needs move away from the offer",
            {"offer.drift": 0.0, "crisis.offer_fit": 0.0, "crises.*.offer_fit": 0.0},
        ),
    ),
    fields={"offer": Offer},
    rules={
        "offer": at("offer", "fit_at_start")
        | {
            "drift": Given(
                lambda s: 1.0 - (1.0 - s.offer.drift) ** (1.0 / WEEKS_PER_YEAR),
                "share/week",
                "of the fit lost as needs move",
            )
        }
    },
)


@compiled
def drifted(rules, fit, jump):
    """Fit of the offer (0 to 1) after a week: F · (1 − drift) · (1 − the share lost at once)."""
    return fit * ((1.0 - rules.drift) * (1.0 - jump))
