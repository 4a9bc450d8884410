"""Familiarisation: a share of the activity where all is known, twice that where nothing is."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import familiarisation

SHARE = "frictions.handoff.familiarisation"
familiarisation_hours = plain(familiarisation.familiarisation_hours)


@law(legal(SHARE), st.floats(0, 100), share)
def test_what_is_missing_lengthens_it_up_to_twice(part, hours, missing):
    operations, step = rules("operations", {SHARE: part}), Record(hours=hours)
    found = familiarisation_hours(operations, step, Record(information=1 - missing))
    assert found == pytest.approx(part * hours * (1 + missing))
    off = silent("operations", "familiarisation")
    assert familiarisation_hours(off, step, Record(information=0.0)) == 0.0
