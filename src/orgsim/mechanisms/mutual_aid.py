"""Mutual aid: free people help the same function in other units, or they do not."""

from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, at

MECHANISM = Mechanism(
    rules={"operations": at("practices", "mutual_aid")},
    practised={"mutual_aid": lambda s, means: float(means("mutual_aid") >= 0.5)},
)


@compiled
def last_to_help(rules, pool):
    """Where the list of pools that help each other ends for a pool: with those of the unit, or, under
    mutual aid, with those of the function elsewhere."""
    return pool.aid_to if rules.mutual_aid > 0.0 else pool.help_to
