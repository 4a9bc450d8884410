"""Local targets: how far the people of a pool are held to their own unit's targets. What follows stands
with what they do: bounces, early hand-overs, badly shared data."""

from orgsim.mechanisms.declaration import Mechanism

MECHANISM = Mechanism(pools={"local_targets": lambda s, now: now["local_targets"]})
