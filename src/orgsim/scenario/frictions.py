"""The frictions of working together; each mechanism brings its fields (see `mechanisms/`)."""

from orgsim.fields import Table
from orgsim.mechanisms.catalogue import Composed, composed


@composed("frictions.handoff")
class Handoff(Composed):
    """What handing over a case costs, between people at distance 1."""


@composed("frictions.arbitration")
class Arbitration(Composed):
    """Exceptions and who decides them."""


@composed("frictions.quality")
class Quality(Composed):
    """Defects, rework and failure demand."""


@composed("frictions.coordination")
class Coordination(Composed):
    """Paid hours spent on keeping each other informed, from the structure alone."""


@composed("frictions.distance")
class Distance(Composed):
    """How far apart people sit."""


@composed("frictions.ties")
class Ties(Composed):
    """Who knows whom, and what that is worth."""


class Frictions(Table):
    """All frictions."""

    distance: Distance = Distance()
    ties: Ties = Ties()
    handoff: Handoff = Handoff()
    arbitration: Arbitration = Arbitration()
    quality: Quality = Quality()
    coordination: Coordination = Coordination()
