"""Recovery: a part of what is missing comes back, of which hardly anything counts for staying."""

import pytest

from mechanisms.equations import Record, law, plain, rules, share, silent
from orgsim.mechanisms import recovery

GAIN, LOYALTY = "market.recovery", "market.recovery_loyalty"
recover, believed = plain(recovery.recover), plain(recovery.believed)


@law(share, share, share, share)
def test_a_part_of_what_is_missing_comes_back_and_counts_for_staying_as_far_as_the_field_says(
    gain, loyalty, before, recovered
):
    customer = Record(satisfaction=before, recovered=recovered)
    recover(rules("market", {GAIN: gain, LOYALTY: loyalty}), customer)
    assert 1 - customer.satisfaction == pytest.approx((1 - before) * (1 - gain))
    lift = gain * (1 - before)
    assert customer.recovered == pytest.approx(recovered + lift - loyalty * lift)


@law(share, share, share)
def test_staying_believes_what_no_complaint_has_restored(gain, loyalty, before):
    customer = Record(satisfaction=before, recovered=0.0)
    recover(rules("market", {GAIN: gain, LOYALTY: loyalty}), customer)
    found = believed(customer, customer.satisfaction)
    assert found == pytest.approx(before + loyalty * gain * (1 - before))
    assert believed(Record(recovered=0.7), 0.5) == 0.0


@law(share)
def test_switched_off_a_complaint_restores_nothing(before):
    customer = Record(satisfaction=before, recovered=0.0)
    recover(silent("market", "recovery"), customer)
    assert (customer.satisfaction, customer.recovered) == (before, 0.0)
