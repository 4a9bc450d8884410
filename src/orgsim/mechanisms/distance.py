"""Distance: how far apart two people sit, by the size of the smallest body that both belong to (group, unit,
division, firm). Friction follows from it; no border has a price of its own.

Whom one knows falls off with the number of people among whom one would have to know everybody (Dunbar 1993;
Allen 1977 for the distance between desks); a border costs whoever draws it, and a unit costs by growing."""

from typing import Literal

from orgsim.fields import Table, quantity, text
from orgsim.mechanisms.declaration import Mechanism, Switch

#: what distance is measured by
BODIES, TREE, LEVELS = "bodies", "tree", "levels"


class Distance(Table):
    """Fields of `frictions.distance`."""

    people_far: float = quantity(
        120.0,
        "persons",
        "n: two people whose smallest common body has so many are at distance 1",
        1,
        100_000,
        "assumption; Dunbar 1993: people know some 150 others, 100 to 230",
        plausible=(60, 250),
    )
    exponent: float = quantity(
        1.0, "–", "a: distance is (people ÷ n)^a", 0.1, 4, "assumption", plausible=(0.5, 1.5)
    )
    farthest: float = quantity(1.5, "–", "the largest distance that there is", 1, 10, "assumption")
    by: Literal["bodies", "tree", "levels"] = text(
        BODIES,
        "bodies: by the people of the smallest declared body that two share · tree: by those below their "
        "common superior · levels: by the levels of heads up to that",
    )
    levels_far: float = quantity(
        3.0, "levels", "two people whose common superior is so many levels up are at distance 1", 1, 20
    )
    borders_only: bool = text(False, "0 within a unit and 1 across its border, whatever their sizes")


MECHANISM = Mechanism(
    switches=(
        Switch(
            "distance",
            "frictions grow with the size of the body that two people share, not with borders alone",
            {"frictions.distance.borders_only": True, "frictions.distance.by": BODIES},
            family="distance",
        ),
    ),
    fields={"frictions.distance": Distance},
)


def distance_of_levels(rule, levels):
    """Distance of two people whose common superior is so many `levels` of heads above them: (levels ÷
    levels_far)^a, at most the farthest."""
    return min(rule.farthest, (levels / rule.levels_far) ** rule.exponent)


def distance_within(rule, people, across):
    """Distance of two people whose smallest common body has so many `people`: (people ÷ n)^a, at most the
    farthest. With borders only: 1 if a unit's border lies `across`, else 0."""
    if rule.borders_only:
        return 1.0 if across else 0.0
    return min(rule.farthest, (people / rule.people_far) ** rule.exponent)
