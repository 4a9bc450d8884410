"""Where the answer turns, in words that follow from the intervals."""

from collections.abc import Sequence

from orgsim.answers.turning import turning_points, turning_verdict
from orgsim.language.language import Language
from orgsim.statistics.intervals import Estimate


def turning_sentence(say: Language, values: Sequence[float], curve: Sequence[Estimate], other: str) -> str:
    """What a curve of paired differences with its 95 % intervals allows to say about where it turns."""
    ends = {"low": say.short(values[0]), "high": say.short(values[-1])}
    turns = turning_points(values, curve)
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
        "It does not turn where it can be told; elsewhere from {low} to {high} the interval holds 0.", **ends
    )
