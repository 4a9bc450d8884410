"""Recent work: what people have been doing of late, as exponential averages, which specialisation and
variety follow."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, at


class People(Table):
    """Fields of `people`."""

    recent_weeks: float = quantity(13.0, "weeks", "memory of recent work", 1, 520)


MECHANISM = Mechanism(
    fields={"people": People},
    rules={"people": at("people", memory="recent_weeks")},
)


@compiled
def remembered(rules, share, share_this_week):
    """A share of recent work after a week: x ← x + (this week's − x) ÷ memory in weeks."""
    return share + (share_this_week - share) / rules.memory
