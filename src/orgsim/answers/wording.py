"""The answers in plain words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.messages import joined
from orgsim.statistics.intervals import ERROR, Estimate

if TYPE_CHECKING:
    from orgsim.answers.compare import Comparison
    from orgsim.answers.same_service import SameService

_SUBJECTS = {
    "total_cost": ("costs {amount} less", "costs {amount} more"),
    "satisfaction": (
        "has customers whose satisfaction is {amount} lower",
        "has customers whose satisfaction is {amount} higher",
    ),
    "retention": (
        "keeps {amount} fewer of its customers a year",
        "keeps {amount} more of its customers a year",
    ),
}
#: of one thing, and of several
_UNCLEAR = ("{what} is not distinguishable", "{what} are not distinguishable")
_SAME = ("{what} is the same to the last digit", "{what} are the same to the last digit")
_SAME_WORLDS = ("{what} is the same in every world", "{what} are the same in every world")
_SOME = "in {count} of {of} worlds"
_TOPICS = {"total_cost": "cost", "satisfaction": "satisfaction", "retention": "retention"}


def _amount(say: Language, key: str, value: float, digits: int) -> str:
    if key == "total_cost":
        return say.euros(abs(value))
    unit = "{amount} points (of 100)" if key == "satisfaction" else "{amount} in 100"
    return say(unit, amount=say.number(abs(value), digits))


def _interval(say: Language, value: Estimate, show: Callable[[float], str]) -> str:
    small, large = sorted((abs(value.low), abs(value.high)))
    return say("95 % interval {low} to {high}", low=show(small), high=show(large))


def _digits(value: Estimate) -> int:
    """Enough for the ends of the interval to differ."""
    return 2 if value.half_width >= 0.02 else 3


def comparison_sentence(comparison: Comparison, design: str, say: Language) -> str:
    """Who is better on cost, satisfaction and retention, by how much, how surely; and which lines of
    the friction ledger explain it. What cannot be told apart, also once corrected for the number of designs
    (Holm), is called so."""
    surely, unclear, same = [], [], []
    for key, (less, more) in _SUBJECTS.items():
        found = comparison.difference(design, key)
        value = found.difference
        if found.verdict == "equal":
            same.append(say(_TOPICS[key]))
        elif found.verdict in ("higher", "lower") and comparison.adjusted(key)[design] < ERROR:
            digits = _digits(value)
            show = say.euros if key == "total_cost" else partial(say.number, digits=digits)
            told = say(less if value.mean < 0 else more, amount=_amount(say, key, value.mean, digits))
            surely.append(f"{told} ({_interval(say, value, show)})")
        else:
            unclear.append(say(_TOPICS[key]))
    worlds = say(
        "In {count} worlds, against the design '{base}', the design '{other}'",
        count=len(comparison.seeds),
        base=say(comparison.label(comparison.baseline)), other=say(comparison.label(design)),
    )  # fmt: skip
    parts = []
    if surely:
        parts.append(f"{worlds} {say.listed(surely)}")
    for topics, verdict in ((unclear, _UNCLEAR), (same, _SAME)):
        if topics:
            what = say(verdict[len(topics) > 1], what=say.listed(topics))
            parts.append(what if parts else f"{worlds}{say.sign('colon')}{what}")
    return f"{say.joined(parts)}.{_why(comparison, design, say)}"


def _why(comparison: Comparison, design: str, say: Language) -> str:
    cost = _largest(comparison.cost_waterfall(design))
    lead = _largest(comparison.lead_time_waterfall(design))
    texts = []
    if cost:
        lines = [f"{_inside(say, line)} ({say.euros(value, signed=True)})" for line, value in cost]
        texts.append(say("in cost {lines}", lines=say.listed(lines)))
    if lead:
        lines = [
            say("{line} ({hours} h per case)", line=_inside(say, line), hours=say.number(value, 1, True))
            for line, value in lead
        ]
        texts.append(say("in lead time {lines}", lines=say.listed(lines)))
    return " " + say("What differs most: {what}.", what=say.joined(texts)) if texts else ""


def _inside(say: Language, line: str) -> str:
    """A ledger line within a sentence."""
    name = say.line(line)
    return name[:1].lower() + name[1:]


def _largest(terms: list, count: int = 3) -> list[tuple[str, float]]:
    ranked = sorted(terms, key=lambda term: -abs(term.difference.mean))
    return [
        (term.line, term.difference.mean)
        for term in ranked[:count]
        if term.difference.low > 0 or term.difference.high < 0
    ]


def better(key: str, verdict: str) -> str:
    """'better', 'worse' or '' for a verdict on a measure."""
    direction = BY_KEY[key].better
    if verdict not in ("higher", "lower") or not direction:
        return ""
    return "better" if verdict == direction else "worse"


def break_even_sentence(comparison: Comparison, design: str, say: Language) -> str:
    """From which week on a design's cumulated result is ahead of the baseline's, if that can be told."""
    found = comparison.break_even(design)
    base, other = (say(comparison.label(name)) for name in (comparison.baseline, design))
    match found.final.verdict:
        case "equal":
            told = "The cumulated results of '{other}' and of '{base}' end the same in every world."
        case "higher" if found.week.mean == 0:
            told = (
                "The cumulated result of '{other}' is ahead of that of '{base}' from the first week, {where}."
            )
        case "higher":
            told = (
                "The cumulated result of '{other}' overtakes that of '{base}' in week {week:.0f} on average, "
                "{where}."
            )
        case "lower" if found.worlds == 0:
            told = "The cumulated result of '{other}' does not overtake that of '{base}' in any world."
        case "lower":
            told = "The cumulated result of '{other}' ends below that of '{base}'; it overtakes it {where}."
        case _:
            told = (
                "Whether the cumulated result of '{other}' overtakes that of '{base}' cannot be told: at the "
                "end they are not distinguishable, and it is ahead {where}."
            )
    everywhere = found.final.verdict == "higher" and found.worlds == found.of
    where = say("in every world" if everywhere else _SOME, count=found.worlds, of=found.of)
    return say(told, other=other, base=base, week=max(1.0, found.week.mean), where=where)


def same_service_sentence(answer: SameService, design: str, largest: float, say: Language) -> str:
    """How many people and euros the design needs against the baseline for the same service."""
    labels = {key: say(answer.scenario.designs[key].label or key) for key in (answer.baseline, design)}
    missed = [
        say("'{design}' in {count} of {of} worlds", design=labels[key], count=count, of=len(answer.seeds))
        for key in (answer.baseline, design)
        if (count := answer.missed(key))
    ]
    if missed:
        return say(
            "For {target}: it is not reached with up to {times:g} times the staff by {designs}; there the "
            "target asks for more than staff can give.",
            target=answer.target, times=largest, designs=joined(missed, " and by "),
        )  # fmt: skip
    surely, unclear, same = [], [], []
    for what, fewer, more, show in (
        ("staff", "needs {amount} fewer people", "needs {amount} more people", partial(say.number, digits=1)),
        ("cost", "costs {amount} less", "costs {amount} more", say.euros),
    ):
        found = answer.difference(design, what)
        value = found.difference
        if found.verdict == "equal":
            same.append(say(what))
        elif found.verdict in ("higher", "lower"):
            told = say(fewer if value.mean < 0 else more, amount=show(abs(value.mean)))
            surely.append(f"{told} ({_interval(say, value, show)})")
        else:
            unclear.append(say(what))
    where = say(
        "For {target}, in {count} worlds, against '{base}'",
        target=answer.target, count=len(answer.seeds), base=labels[answer.baseline],
    )  # fmt: skip
    parts = []
    if surely:
        parts.append(say("'{design}' {what}", design=labels[design], what=say.listed(surely)))
    for topics, verdict in ((unclear, _UNCLEAR), (same, _SAME_WORLDS)):
        if topics:
            what = say.listed(topics)
            of = what if parts else say("{what} of '{design}'", what=what, design=labels[design])
            parts.append(say(verdict[len(topics) > 1], what=of))
    return f"{where}{say.sign('colon')}{say.joined(parts)}."
