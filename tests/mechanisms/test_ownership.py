"""Ownership: faster in proportion to the share of work that the unit does from end to end."""

import pytest

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import ownership

GAIN = "people.ownership"
owning = plain(ownership.owning)


@law(legal(GAIN), share)
def test_a_unit_is_faster_at_what_it_owns(gain, owned):
    people = rules("people", {GAIN: gain})
    assert owning(people, Record(ownership=owned)) - 1 == pytest.approx(gain * owned)
    assert owning(people, Record(ownership=0.0)) == 1.0
    assert owning(silent("people", "ownership"), Record(ownership=owned)) == 1.0
