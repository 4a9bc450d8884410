"""Follow-on cases: each matter opens them once, and hands on a share of what is known."""

from hypothesis import strategies as st

from mechanisms.equations import Record, law, plain, share
from orgsim.mechanisms import follow_ons

opens_others = plain(follow_ons.opens_others)
inherited = plain(follow_ons.inherited)
KNOWN = st.integers(0, 10**6)


@law(KNOWN, st.booleans())
def test_a_customers_case_opens_them_when_it_is_done_and_a_repeat_contact_does_not(customer, wins):
    kind = Record(wins_customer=wins)
    assert opens_others(kind, customer, 0)
    assert not opens_others(kind, customer, 1)


def test_a_prospects_case_waits_until_it_has_won_somebody():
    assert not opens_others(Record(wins_customer=1), -1, 0)
    assert opens_others(Record(wins_customer=0), -1, 0)


@law(share, share, share)
def test_what_is_inherited_is_a_share_of_what_there_was(inherits, information, of_that):
    once = inherited(Record(inherits=inherits), information)
    assert 0 <= once <= information
    assert inherited(Record(inherits=of_that), once) <= once
    assert inherited(Record(inherits=1.0), information) == information
