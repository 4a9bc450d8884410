"""Follow-on cases: what one process has done causes work in another, which begins with what it was told.

Work that depends on other work comes across whatever border is drawn between them (sequential
interdependence: Thompson 1967): processes that are units of their own hand over to each other as functions
do."""

from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch

MECHANISM = Mechanism(
    switches=(
        Switch(
            "follow_ons",
            "a case that is done opens others, in whatever process",
            {"case_types.*.follows[].chance": 0.0},
            family="between processes",
        ),
    ),
)


@compiled
def opens_others(kind, customer, is_repeat):
    """Whether a case that is done opens what follows from it at once, with a defect or not. Each matter does
    so once: a repeat contact opens nothing. A prospect's case does when it has won a customer."""
    return not is_repeat and (customer >= 0 or not kind.wins_customer)


@compiled
def inherited(follow, information):
    """Information (0 to 1) that goes on to a case which follows: a share of what the old one had."""
    return follow.inherits * information
