"""Events at a constant rate: Poisson numbers, of which at least one is known."""

import math

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, plain, share
from orgsim.kernel import hazards

chance_of_any = plain(hazards.chance_of_any)
part_for_all = plain(hazards.part_for_all)


@law(st.floats(0, 5), st.floats(0, 5))
def test_nothing_happens_in_both_halves_or_something_does(one, other):
    none = (1 - chance_of_any(one)) * (1 - chance_of_any(other))
    assert chance_of_any(one + other) == pytest.approx(1 - none)


@law(share, st.floats(0.1, 3), st.floats(0.01, 6))
def test_what_is_done_again_grows_with_the_events(part, hours_for_one, expected):
    """In the mean, each event has the same hours done again, however long the activity is."""
    hours = 100 * expected
    redone = chance_of_any(expected) * part_for_all(part, hours_for_one, hours, expected) * hours
    assert redone == pytest.approx(expected * part * hours_for_one) or part * hours_for_one >= hours


def test_one_event_has_its_own_hours_done_again_and_never_more_than_all():
    assert part_for_all(0.5, 2.0, 10.0, 0.0) == 0.1
    assert part_for_all(0.5, 2.0, 10.0, math.log(2)) == pytest.approx(0.1 * 2 * math.log(2))
    assert part_for_all(0.5, 2.0, 0.2, 0.1) == 1.0
