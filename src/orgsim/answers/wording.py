"""The answers in plain words, in any language: every sentence once, for terminal, page, report and script."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from orgsim.answers.account import Difference
from orgsim.answers.findings import Progress
from orgsim.answers.health import Health
from orgsim.answers.remarks import Remark
from orgsim.answers.terms import BreakEven, WaterfallTerm
from orgsim.answers.turning import turning_points, turning_verdict
from orgsim.language.language import Language
from orgsim.messages import joined
from orgsim.statistics.intervals import Estimate
from orgsim.statistics.verdicts import BETTER, NOTHING, UNCLEAR, WORSE, Verdict

_FRAMES: dict[Verdict | None, str] = {
    BETTER: "does better on {what}",
    WORSE: "does worse on {what}",
    NOTHING: "makes no difference that matters on {what}",
    UNCLEAR: "is not distinguishable on {what}",
    None: "changes {what}",  # what is neither better nor worse
}
#: as many reasons as a reader takes in
_REASONS = 3
_SOME = "in {count} of {of} worlds"


class Names(NamedTuple):
    """What two designs are called, in the language that is spoken."""

    base: str  #: the baseline
    other: str  #: the design that is compared with it


def answer_sentence(
    say: Language, names: Names, differences: Sequence[Difference], base_case: bool = False
) -> str:
    """Who is better on what, by how much, how surely; of the base case of an experiment if it has others."""
    worlds = min((found.worlds for found in differences), default=0)
    if worlds < 2:
        return say(
            "Fewer than two worlds have been run under both: nobody can tell yet how “{other}” does against "
            "“{base}”.",
            **names._asdict(),
        )
    parts = []
    for verdict, frame in _FRAMES.items():
        told = [_told(say, found) for found in differences if found.verdict == verdict]
        if told:
            parts.append(say(frame, what=say.listed(told)))
    return say(
        "In the base case, over {count: paired world|paired worlds}, “{other}” {what}, against “{base}”."
        if base_case
        else "Over {count: paired world|paired worlds}, “{other}” {what}, against “{base}”.",
        count=worlds, what=say.joined(parts), **names._asdict(),
    )  # fmt: skip


def remark_sentence(say: Language, label: str, remark: Remark, with_remedy: bool = True) -> str:
    """What is wrong or unusual in the calm of a design (its label), and what to change."""
    remedy = remark.remedy if with_remedy else ""
    return say("{name}: {what} {remedy}", name=say(label), what=remark.what, remedy=remedy).rstrip()


def remark_sentences(say: Language, health: Health, unhealthy: bool = True) -> list[str]:
    """What is wrong or unusual in calm, with what to change; without what is wrong if that has been told."""
    return [
        remark_sentence(say, health.label(calm.design), remark)
        for calm in health.calm
        for remark in calm.remarks
        if unhealthy or not remark.unhealthy
    ]


def unsound_sentence(
    say: Language, names: Names, health: Health, reasons: Sequence[tuple[str, Remark]]
) -> str:
    """Why nothing is concluded: by design what is wrong in calm, and the remedy, each remedy once."""
    told, known = [], set()
    for design, remark in reasons[:_REASONS]:
        remedy = str(remark.remedy)
        told.append(remark_sentence(say, health.label(design), remark, remedy not in known))
        known.add(remedy)
    if len(reasons) > _REASONS:
        more = len(reasons) - _REASONS
        told.append(say("{count: more reason|more reasons}: orgsim check.", count=more))
    return say(
        "Nothing is concluded about “{other}” against “{base}”: the company does not hold in calm, before "
        "anything happens. {reasons}",
        **names._asdict(), reasons=" ".join(told),
    )  # fmt: skip


def together(say: Language) -> str:
    """How a verdict, which is corrected, stands to the interval beside it, which is not."""
    return say(
        "Verdicts are corrected for all measures and designs together (Holm); an interval is that of its "
        "measure alone: it can leave out 0 where the verdict is “not distinguishable”."
    )


def _told(say: Language, found: Difference) -> str:
    """A measure; with its difference and interval unless nobody can tell."""
    name = say.measure(found.measure).lower()
    if found.verdict == UNCLEAR:
        return name
    return f"{name} ({say.joined(say.difference(found.measure, found.difference))})"


def why_sentence(say: Language, cost: Sequence[WaterfallTerm], lead: Sequence[WaterfallTerm]) -> str:
    """Which lines of the friction ledgers differ most; empty where none surely does."""
    texts = []
    if largest := _largest(cost):
        told = [f"{_inside(say, term)} ({say.euros(term.difference.mean, True)})" for term in largest]
        texts.append(say("in cost {lines}", lines=say.listed(told)))
    if largest := _largest(lead):
        told = [
            say("{line} ({hours} h per case)", line=_inside(say, term),
                hours=say.number(term.difference.mean, 1, True))
            for term in largest
        ]  # fmt: skip
        texts.append(say("in lead time {lines}", lines=say.listed(told)))
    return say("What differs most: {what}.", what=say.joined(texts)) if texts else ""


def _inside(say: Language, term: WaterfallTerm) -> str:
    """A ledger line within a sentence."""
    name = say.line(term.line)
    return name[:1].lower() + name[1:]


def _largest(terms: Sequence[WaterfallTerm], count: int = 3) -> list[WaterfallTerm]:
    ranked = sorted(terms, key=lambda term: -abs(term.difference.mean))[:count]
    return [term for term in ranked if term.difference.low > 0 or term.difference.high < 0]


def break_even_sentence(say: Language, names: Names, found: BreakEven) -> str:
    """From which week on a design's cumulated result is ahead of the baseline's, if that can be told."""
    final = found.final.verdict
    everywhere = found.worlds == found.of
    if final == BETTER and found.week.mean == 0:
        told = "The cumulated result of '{other}' is ahead of that of '{base}' from the first week, {where}."
    elif final == BETTER:
        told = (
            "The cumulated result of '{other}' overtakes that of '{base}' in week {week:.0f} on average, "
            "{where}."
        )
    elif final == WORSE and not found.worlds:
        told = "The cumulated result of '{other}' does not overtake that of '{base}' in any world."
    elif final == WORSE:
        told = "The cumulated result of '{other}' ends below that of '{base}'; it overtakes it {where}."
    elif final == NOTHING:
        told = (
            "The cumulated results of '{other}' and of '{base}' end without a difference that matters; "
            "'{other}' is ahead {where}."
        )
    else:
        told = (
            "Whether the cumulated result of '{other}' overtakes that of '{base}' cannot be told: at the "
            "end they are not distinguishable, and it is ahead {where}."
        )
    where = say("in every world" if everywhere else _SOME, count=found.worlds, of=found.of)
    return say(told, week=max(1.0, found.week.mean), where=where, **names._asdict())


class Needs(NamedTuple):
    """What the baseline and a design need for one service."""

    base: Estimate  #: staff of the baseline, persons; ends that nobody knows are infinite
    other: Estimate  #: staff of the design
    apart: bool  #: whether their intervals are
    cost: Difference  #: the design's minus the baseline's


def missed_sentence(say: Language, target: str, share: float, missed: Sequence[str], largest: float) -> str:
    """That designs (by name) do not reach a service in a share of the worlds (per cent)."""
    return say(
        "For {target} in {share} % of worlds: it is not reached with up to {times:g} times the staff by "
        "{designs}; there the target asks for more than staff can give.",
        target=target, share=say.short(share), times=largest,
        designs=joined([say("'{design}'", design=name) for name in missed], " and by "),
    )  # fmt: skip


def needs_sentence(say: Language, target: str, share: float, names: Names, needs: Needs) -> str:
    """How many people and euros a design needs against the baseline for one service in a share of the
    worlds (per cent)."""
    return say(
        "For {target} in {share} % of worlds, “{other}” {what}, against “{base}”.",
        target=target, share=say.short(share), what=say.joined([_staff(say, needs), _cost(say, needs.cost)]),
        **names._asdict(),
    )  # fmt: skip


def _staff(say: Language, needs: Needs) -> str:
    intervals = say(
        "95 % interval {other}, against {base}", other=span(say, needs.other), base=span(say, needs.base)
    )
    fewer = needs.base.mean - needs.other.mean
    told = "needs {amount} fewer people" if fewer > 0 else "needs {amount} more people"
    if not needs.apart:
        told = "cannot be told apart by staff"
    return f"{say(told, amount=say.number(abs(fewer)))} ({intervals})"


def span(say: Language, staff: Estimate) -> str:
    """The interval of a number of people, of which one end may be open."""
    if staff.high == math.inf:
        return say("at least {low}", low=say.number(staff.low))
    if staff.low == -math.inf:
        return say("at most {high}", high=say.number(staff.high))
    return say("{low} to {high}", low=say.number(staff.low), high=say.number(staff.high))


def _cost(say: Language, cost: Difference) -> str:
    if cost.verdict not in (BETTER, WORSE):
        return say(_FRAMES[cost.verdict], what=say("cost"))
    told = (
        "costs {amount} less with that staff"
        if cost.verdict == BETTER
        else "costs {amount} more with that staff"
    )
    value = cost.difference
    low, high = (say.euros(end) for end in sorted((abs(value.low), abs(value.high))))
    interval = say("95 % interval {low} to {high}", low=low, high=high)
    return f"{say(told, amount=say.euros(abs(value.mean)))} ({interval})"


def attained_sentence(say: Language, attained: Mapping[str, tuple[int, Estimate]], worlds: int) -> str:
    """In how many fresh worlds designs (by name) meet the target with their staff: how many of them, and
    the share in per cent with its interval."""
    told = [
        say(
            "“{design}” in {count} of {of} (95 % interval {low} to {high} %)",
            design=name, count=met, of=worlds, low=say.number(share.low), high=say.number(share.high),
        )
        for name, (met, share) in attained.items()
    ]  # fmt: skip
    return say("Fresh worlds meet the target with it: {designs}.", designs=say.listed(told))


def across_sentence(
    say: Language, measure: str, other: str, verdicts: Sequence[Verdict | None], finished: bool = True
) -> str:
    """How many points of an experiment say what; of those that are there, where it has not finished."""
    where = (
        say("Over the {points: point|points} of the experiment", points=len(verdicts)) if finished
        else say("Over the {points: point|points} that are there so far", points=len(verdicts))
    )  # fmt: skip
    return say(
        "{where}, on {measure}, “{other}” is better in {better}, "
        "worse in {worse}, makes no difference that matters in {nothing}, and is not distinguishable in "
        "{unclear} (all verdicts together right in 95 of 100 experiments).",
        where=where, measure=say.measure(measure).lower(), other=other,
        better=verdicts.count(BETTER), worse=verdicts.count(WORSE), nothing=verdicts.count(NOTHING),
        unclear=verdicts.count(UNCLEAR),
    )  # fmt: skip


def turning_sentence(say: Language, values: Sequence[float], curve: Sequence[Estimate], other: str) -> str:
    """What a curve of paired differences with its 95 % intervals allows to say about where it turns."""
    ends = {"low": say.short(values[0]), "high": say.short(values[-1])}
    turns = turning_points(values, curve)
    if len({(point.mean, point.low, point.high) for point in curve}) == 1 and any(p.mean for p in curve):
        return say("It changes nothing: from {low} to {high} the difference is the same to the bit.", **ends)
    match turning_verdict(values, curve):
        case "cannot tell":
            return say(
                "Nobody can tell whether it turns: everywhere from {low} to {high} the interval holds 0.",
                **ends,
            )
        case "more":
            return say(
                "It does not turn from {low} to {high}: “{other}” has more all along.", other=other, **ends
            )
        case "less":
            return say(
                "It does not turn from {low} to {high}: “{other}” has less all along.", other=other, **ends
            )
    parts = []
    for turn in turns:
        value = say.short(turn.value)
        if turn.is_sure:
            low, high = say.short(turn.low), say.short(turn.high)
            parts.append(
                say("It turns at {value} (95 % interval {low} to {high}).", value=value, low=low, high=high)
            )
        else:
            parts.append(
                say(
                    "It may turn at {value}, but on one side of it the interval holds 0 to the end of the "
                    "range: nobody can tell.",
                    value=value,
                )
            )
    return " ".join(parts) or say(
        "Wherever its sign can be told from {low} to {high}, it is the same; at the other values the "
        "interval holds 0.",
        **ends,
    )


def standing(say: Language, now: Progress) -> str:
    """What must be known before anything else: that the sweep has not ended, that runs have failed. Empty
    where neither is so."""
    parts = []
    if not now.finished:
        parts.append(
            say("This sweep is not finished: {runs} of at least {least} runs are there, and {answered} of "
                "{points: point has|points have} at least one paired world. What follows is about those; "
                "run `orgsim sweep` to go on.",
                runs=say.number(now.runs), least=say.number(now.least), answered=say.number(now.answered),
                points=say.number(now.points))
        )  # fmt: skip
    if now.failed:
        parts.append(say("Runs that failed and are left out of every number: {failed}.",
                         failed=say.number(now.failed)))  # fmt: skip
    return " ".join(parts)


def verdict_words(
    say: Language, design: str, found: Iterable[Verdict | None] = ()
) -> dict[Verdict | None, str]:
    """What the verdicts on a design are called; with a word for None where one of those found is None."""
    words: dict[Verdict | None, str] = {
        BETTER: say("{design}: better", design=design),
        WORSE: say("{design}: worse", design=design),
        NOTHING: say(NOTHING),
        UNCLEAR: say(UNCLEAR),
    }
    return words | ({None: say("neither better nor worse")} if None in found else {})
