"""Help: whoever has the skill helps other pools, the less willingly the farther off they are and the more is
measured on one's own; whoever has agreed on mutual aid helps the same function everywhere.

No border of a unit decides: between neighbours everybody helps, across the firm those who are not held to
local targets."""

from typing import Literal

from orgsim.fields import Table, text
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch

#: who helps whom
RULES_OF_HELP = UNIT, DISTANCE, _ = "unit", "distance", "everywhere"
_IN_UNIT, _BY_DISTANCE = 0.0, 1.0


class People(Table):
    """Fields of `people`."""

    help: Literal["unit", "distance", "everywhere"] = text(
        DISTANCE,
        "unit: people help in their unit only · distance: everywhere, with chance 1 − local targets · "
        "distance · everywhere: whoever has the skill",
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "help_by_distance",
            "people help beyond their unit too, the less the farther off",
            {"people.help": UNIT},
            family="distance",
        ),
    ),
    fields={"people": People},
    rules={
        "operations": {
            "mutual_aid": "practices.mutual_aid",
            "help": Given(
                lambda s: float(RULES_OF_HELP.index(s.people.help)),
                "–",
                "who helps whom: 0 in the unit, 1 by distance, 2 everybody",
            ),
        }
    },
    practised={"mutual_aid": lambda s, means: float(means("mutual_aid") >= 0.5)},
)


@compiled
def help_chance(rules, helper, pool, distance):
    """Probability that the members of the pool `helper` take up a case of another pool at this distance: 1
    under mutual aid for the same function; else 1 − local targets · distance, up to 1."""
    if rules.mutual_aid > 0.0 and helper.function == pool.function:
        return 1.0
    if rules.help == _IN_UNIT:
        return 1.0 if helper.unit == pool.unit else 0.0
    if rules.help == _BY_DISTANCE:
        return 1.0 - helper.local_targets * min(1.0, distance)
    return 1.0
