"""Specialisation: faster in proportion to the share of recent work on the function."""

import pytest

from mechanisms.equations import law, legal, plain, rules, share, silent
from orgsim.mechanisms import specialisation

GAIN = "people.specialisation"
specialised = plain(specialisation.specialised)


@law(legal(GAIN), share)
def test_who_works_on_one_function_is_faster_at_it(gain, of_work):
    people = rules("people", {GAIN: gain})
    assert specialised(people, of_work) - 1 == pytest.approx(gain * of_work)
    assert specialised(people, 0.0) == specialised(silent("people", "specialisation"), of_work) == 1.0
