"""Customers, competitors and the offer; each mechanism brings its fields (see `mechanisms/`)."""

from orgsim.mechanisms.catalogue import Composed, composed


@composed("market")
class Market(Composed):
    """Customers' satisfaction, retention and acquisition."""


@composed("offer")
class Offer(Composed):
    """How well the offer fits what each segment needs, and how it is kept so."""
