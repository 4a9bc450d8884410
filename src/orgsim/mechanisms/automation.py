"""Automation: the simplest cases are done at once, the rest is harder."""

from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, at, mean_of

MECHANISM = Mechanism(
    rules={"operations": at("practices", "automation")},
    practised={"automation": mean_of("automation")},
)


@compiled
def can_be_automated(rules, kind, case):
    """Whether a case is done at once if it is among the simplest, those whose draw of complexity is below
    the share that is automated; repeat contacts never are."""
    return rules.automation > 0.0 and not case.is_repeat and kind.automatable
