"""Customers, competitors and the offer; each mechanism brings its fields (see `mechanisms/`)."""

from pydantic import model_validator

from orgsim.errors import RuleError
from orgsim.mechanisms.catalogue import Composed, composed
from orgsim.mechanisms.satisfaction import WEIGHTS


@composed("market")
class Market(Composed):
    """Customers' satisfaction, retention and acquisition."""

    @model_validator(mode="after")
    def _something_makes_quality(self) -> "Market":
        """The quality of a case is a mean, which needs a weight."""
        if not any(getattr(self, weight) for weight in WEIGHTS):
            raise RuleError(
                "{weights} are all 0, so that no case has a quality; give one of them a weight above 0",
                weights=", ".join(WEIGHTS),
            )
        return self


@composed("offer")
class Offer(Composed):
    """How well the offer fits what each segment needs, and how it is kept so."""
