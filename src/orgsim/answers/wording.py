"""The answers in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgsim.language.language import line_name
from orgsim.language.numbers import euros, number
from orgsim.measures import BY_KEY
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
_TOPICS = {"total_cost": "cost", "satisfaction": "satisfaction", "retention": "retention"}


def _amount(key: str, value: float, digits: int) -> str:
    if key == "total_cost":
        return euros(abs(value))
    unit = " points (of 100)" if key == "satisfaction" else " in 100"
    return number(abs(value), digits) + unit


def _interval(key: str, value: Estimate, digits: int) -> str:
    small, large = sorted((abs(value.low), abs(value.high)))
    if key == "total_cost":
        return f"95 % interval {euros(small)} to {euros(large)}"
    return f"95 % interval {number(small, digits)} to {number(large, digits)}"


def _digits(value: Estimate) -> int:
    """Enough for the ends of the interval to differ."""
    return 2 if value.half_width >= 0.02 else 3


def comparison_sentence(comparison: Comparison, design: str) -> str:
    """Who is better on cost, satisfaction and retention, by how much, how surely; and which lines of
    the friction ledger explain it. What cannot be told apart, also once corrected for the number of designs
    (Holm), is called so."""
    surely, unclear, same = [], [], []
    for key, (less, more) in _SUBJECTS.items():
        found = comparison.difference(design, key)
        value = found.difference
        if found.verdict == "equal":
            same.append(_TOPICS[key])
        elif found.verdict in ("higher", "lower") and comparison.adjusted(key)[design] < ERROR:
            digits = _digits(value)
            phrase = less if value.mean < 0 else more
            amount = _amount(key, value.mean, digits)
            surely.append(f"{phrase.format(amount=amount)} ({_interval(key, value, digits)})")
        else:
            unclear.append(_TOPICS[key])
    name, base = comparison.label(design), comparison.label(comparison.baseline)
    worlds = f"In {len(comparison.seeds)} worlds, against the design '{base}', the design '{name}'"
    parts = []
    if surely:
        parts.append(f"{worlds} {_and(surely)}")
    for topics, verdict in ((unclear, "not distinguishable"), (same, "the same to the last digit")):
        if topics:
            what = f"{_and(topics)} {'is' if len(topics) == 1 else 'are'} {verdict}"
            parts.append(what if parts else f"{worlds}: {what}")
    return "; ".join(parts) + "." + _why(comparison, design)


def _why(comparison: Comparison, design: str) -> str:
    cost = _largest(comparison.cost_waterfall(design))
    lead = _largest(comparison.lead_time_waterfall(design))
    texts = []
    if cost:
        texts.append("in cost " + _and([f"{line_name(line)} ({euros(v, signed=True)})" for line, v in cost]))
    if lead:
        texts.append(
            "in lead time "
            + _and([f"{line_name(line)} ({number(v, 1, signed=True)} h per case)" for line, v in lead])
        )
    return f" What differs most: {'; '.join(texts)}." if texts else ""


def _largest(terms: list, count: int = 3) -> list[tuple[str, float]]:
    ranked = sorted(terms, key=lambda term: -abs(term.difference.mean))
    return [
        (term.line, term.difference.mean)
        for term in ranked[:count]
        if term.difference.low > 0 or term.difference.high < 0
    ]


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def better(key: str, verdict: str) -> str:
    """'better', 'worse' or '' for a verdict on a measure."""
    direction = BY_KEY[key].better
    if verdict not in ("higher", "lower") or not direction:
        return ""
    return "better" if verdict == direction else "worse"


def break_even_sentence(comparison: Comparison, design: str) -> str:
    """From which week on a design's cumulated result is ahead of the baseline's, if that can be told."""
    found = comparison.break_even(design)
    base, other = (f"'{comparison.label(name)}'" for name in (comparison.baseline, design))
    some = f"in {found.worlds} of {found.of} worlds"
    match found.final.verdict:
        case "equal":
            return f"The cumulated results of {other} and of {base} end the same in every world."
        case "higher":
            where = "in every world" if found.worlds == found.of else some
            if found.week.mean == 0:
                when = f"is ahead of that of {base} from the first week"
            else:
                when = f"overtakes that of {base} in week {max(1.0, found.week.mean):.0f} on average"
            return f"The cumulated result of {other} {when}, {where}."
        case "lower" if found.worlds == 0:
            return f"The cumulated result of {other} does not overtake that of {base} in any world."
        case "lower":
            return f"The cumulated result of {other} ends below that of {base}; it overtakes it {some}."
    return (
        f"Whether the cumulated result of {other} overtakes that of {base} cannot be told: at the end they "
        f"are not distinguishable, and it is ahead {some}."
    )


def same_service_sentence(answer: SameService, design: str, largest: float) -> str:
    """How many people and euros the design needs against the baseline for the same service."""
    labels = {key: answer.scenario.designs[key].label or key for key in (answer.baseline, design)}
    goal = f"For {answer.target}"
    missed = [
        f"'{labels[key]}' in {count} of {len(answer.seeds)} worlds"
        for key in (answer.baseline, design)
        if (count := answer.missed(key))
    ]
    if missed:
        return (
            f"{goal}: it is not reached with up to {largest:g} times the staff by {' and by '.join(missed)}; "
            "there the target asks for more than staff can give."
        )
    surely, unclear, same = [], [], []
    for what, verb, fewer, show in (
        ("staff", "needs", "fewer people", lambda value: number(value, 1)),
        ("cost", "costs", "less", euros),
    ):
        found = answer.difference(design, what)
        value = found.difference
        if found.verdict == "equal":
            same.append(what)
        elif found.verdict in ("higher", "lower"):
            more = fewer if value.mean < 0 else fewer.replace("fewer", "more").replace("less", "more")
            small, large = sorted((abs(value.low), abs(value.high)))
            surely.append(
                f"{verb} {show(abs(value.mean))} {more} (95 % interval {show(small)} to {show(large)})"
            )
        else:
            unclear.append(what)
    where = f"{goal}, in {len(answer.seeds)} worlds, against '{labels[answer.baseline]}'"
    parts = []
    if surely:
        parts.append(f"'{labels[design]}' {' and '.join(surely)}")
    for topics, verdict in ((unclear, "not distinguishable"), (same, "the same in every world")):
        if topics:
            verb = "is" if len(topics) == 1 else "are"
            of = "" if parts else f" of '{labels[design]}'"
            parts.append(f"{' and '.join(topics)}{of} {verb} {verdict}")
    return f"{where}: {'; '.join(parts)}."
