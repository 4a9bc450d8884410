"""Local targets: how far the people of a pool are held to their own unit's targets. What follows stands
with what they do: bounces, early hand-overs, badly shared data."""

from orgsim.mechanisms.declaration import Given, Mechanism

MECHANISM = Mechanism(
    pools={
        "local_targets": Given(
            lambda s, now: now["local_targets"], "0–1", "how far its people are held to their unit's targets"
        )
    }
)
