"""The headline under other rules: whether process teams are still ahead of silos in the crisis where the
model's most doubtful assumptions are others. Published whichever way they fall."""

from orgsim.verification.facts import HEADLINE, Fact, Side, measure

CRISIS = "french-hospitality-2020"
#: what is assumed otherwise, and how it is said
_OTHERWISE = (
    ("As it is", ()),
    ("Nobody has a second skill to help with", ("people.second_skills=0",)),
    ("People help in their unit only", ("people.help=unit",)),
    ("People help everywhere", ("people.help=everywhere",)),
    ("Groups of one function inside teams", ("designs.teams.grouping=function",)),
    ("Legal, IT and finance stay one pool each", ('designs.teams.shared=["legal", "it", "finance"]',)),
    ("Only the borders of units count, not their size", ("mechanisms.distance=false",)),
    ("Sixty people are far apart", ("frictions.distance.people_far=60",)),
    ("Two hundred and fifty people are far apart", ("frictions.distance.people_far=250",)),
    ("Distance grows with the root of size", ("frictions.distance.exponent=0.5",)),
    ("Distance grows faster than size", ("frictions.distance.exponent=1.5",)),
    ("Distance by the people below the common superior", ("frictions.distance.by=tree",)),
    ("Distance by the levels up to the common superior", ("frictions.distance.by=levels",)),
    ("Acquaintance is worth nothing", ("frictions.ties.effect=0",)),
    ("Acquaintance is worth more", ("frictions.ties.effect=0.8",)),
    ("Ties fade within weeks", ("frictions.ties.half_life=8",)),
    ("Nobody asks a friend", ("frictions.ties.friend=0",)),
    ("Far away, a case arrives within the hour", ("frictions.handoff.transfer_hours=1",)),
    ("No translation between trades", ("frictions.handoff.translation=0",)),
    ("Customers leave less readily", ("market.churn_slope=2",)),
    ("Customers leave more readily", ("market.churn_slope=5",)),
)


def headline() -> list[Fact]:
    """The result of process teams against that of silos under each rule; a gain is expected, as under the
    rules of the defaults."""
    return [
        Fact(
            HEADLINE, name, "result, €: teams − silos", measure("result"),
            Side(CRISIS, "teams", overrides), Side(CRISIS, "silos", overrides), 1,
        )
        for name, overrides in _OTHERWISE
    ]  # fmt: skip
