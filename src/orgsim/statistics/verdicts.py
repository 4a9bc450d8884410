"""The one rule by which a difference is judged."""

from typing import Literal

from orgsim.statistics.intervals import ERROR, Estimate

Verdict = Literal["better", "worse", "no difference that matters", "not distinguishable"]
BETTER: Verdict = "better"
WORSE: Verdict = "worse"
NOTHING: Verdict = "no difference that matters"
UNCLEAR: Verdict = "not distinguishable"
VERDICTS: tuple[Verdict, ...] = (BETTER, WORSE, NOTHING, UNCLEAR)


def verdict(difference: Estimate, p: float, more_is_better: bool, smallest: float) -> Verdict:
    """What a difference comes to, given its interval, its p-value corrected for all that is judged together,
    and the smallest difference that matters.

    There is *no difference that matters* if the whole interval lies within ± `smallest`, also if the
    difference is surely not 0: what is printed decides, so that everybody can check it. (With an interval of
    95 % that is two one-sided tests at 2.5 % each: Schuirmann 1987.) Else it is *better* or *worse* if p is
    below 5 %, else *not distinguishable*."""
    if -smallest <= difference.low and difference.high <= smallest:
        return NOTHING
    if not p < ERROR:
        return UNCLEAR
    return BETTER if (difference.mean > 0) == more_is_better else WORSE
