"""Impatience: waiting customers give up. Their patience is that of each kind of case."""

from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import exponential
from orgsim.mechanisms.declaration import Mechanism, Switch

MECHANISM = Mechanism(
    switches=(Switch("impatience", "waiting customers give up", {"case_types.*.patience": 0.0}),),
)


@compiled
def patience(kind, key):
    """Hours that a customer waits before giving up, exponential about the mean of the kind of case."""
    return kind.patience * exponential(key)
