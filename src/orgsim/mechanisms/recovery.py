"""Recovery: a complaint handled well restores satisfaction, and hardly loyalty (de Matos, Henrique &
Vargas Rossi 2007)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Market(Table):
    """Fields of `market`."""

    recovery: float = quantity(
        0.10,
        "0–1",
        "satisfaction gained by a complaint handled well",
        0,
        1,
        "de Matos, Henrique & Vargas Rossi 2007: satisfaction rises, repurchase does not",
    )
    recovery_loyalty: float = quantity(
        0.1,
        "share",
        "of that gain that counts for staying",
        0,
        1,
        "de Matos, Henrique & Vargas Rossi 2007",
    )


MECHANISM = Mechanism(
    switches=(
        Switch("recovery", "a complaint handled well restores satisfaction", {"market.recovery": 0.0}),
    ),
    fields={"market": Market},
    rules={"market": at("market", "recovery", "recovery_loyalty")},
)


@compiled
def recover(rules, customer):
    """A complaint handled at least as well as expected restores a share of the satisfaction that is
    missing; what of it does not count for staying is kept in `recovered`."""
    lift = rules.recovery * (1.0 - customer.satisfaction)
    customer.satisfaction += lift
    customer.recovered += lift * (1.0 - rules.recovery_loyalty)


@compiled
def believed(customer, satisfaction):
    """The satisfaction that counts for staying."""
    return max(0.0, satisfaction - customer.recovered)
