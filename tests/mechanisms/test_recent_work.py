"""Recent work: an exponential average, which keeps shares shares."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, plain, rules, share
from orgsim.mechanisms import recent_work

WEEKS = "people.recent_weeks"
remembered = plain(recent_work.remembered)


@law(legal(WEEKS), share, share, st.integers(1, 20))
def test_what_was_fades_by_the_same_part_every_week(weeks, before, now, times):
    people, after = rules("people", {WEEKS: weeks}), before
    for _ in range(times):
        after = remembered(people, after, now)
    kept = (1 - 1 / weeks) ** times
    assert after == pytest.approx(before * kept + now * (1 - kept))


@law(legal(WEEKS), st.lists(st.tuples(share, share), min_size=1, max_size=6))
def test_shares_stay_shares(weeks, pairs):
    people = rules("people", {WEEKS: weeks})
    totals = [sum(side) or 1.0 for side in zip(*pairs, strict=True)]
    shares = [(before / totals[0], now / totals[1]) for before, now in pairs]
    after = [remembered(people, *each) for each in shares]
    both = [sum(side) for side in zip(*shares, strict=True)]
    assert sum(after) == pytest.approx(both[0] * (1 - 1 / weeks) + both[1] / weeks)
