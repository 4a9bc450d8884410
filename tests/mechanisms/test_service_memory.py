"""The memory of service: an exponential mean of qualities, and the satisfaction that it supports."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import service_memory

GAIN, WEIGHT, REFERENCE = "market.memory_gain", "market.service_weight", "market.service_reference"
remember, supported_level = plain(service_memory.remember), plain(service_memory.supported_level)


def remembered(market, qualities, memory):
    customer = Record(memory=memory)
    for quality in qualities:
        remember(market, customer, quality)
    return customer.memory


@law(legal(GAIN), share, share, st.integers(1, 30))
def test_after_so_many_alike_cases_the_past_counts_for_its_power(gain, quality, memory, times):
    found = remembered(rules("market", {GAIN: gain}), [quality] * times, memory)
    assert found == pytest.approx(quality + (1 - gain) ** times * (memory - quality), abs=1e-12)


@law(st.lists(share, min_size=1), share)
def test_memory_stays_among_what_was_lived_through(qualities, memory):
    found = remembered(rules("market", {}), qualities, memory)
    assert min([*qualities, memory]) - 1e-12 <= found <= max([*qualities, memory]) + 1e-12


@law(share, st.floats(-0.5, 0.5), share)
def test_at_the_reference_the_offer_and_the_person_alone_count(baseline, personal, reference):
    level = supported_level(1.6, reference, baseline, personal, reference)
    assert level == pytest.approx(min(1, max(0, baseline + personal)))


@law(legal(WEIGHT), st.floats(-0.1, 0.1))
def test_service_counts_by_its_weight_within_the_scale(weight, gap):
    level = supported_level(weight, 0.5, 0.5, 0.0, 0.5 + gap)
    assert level == pytest.approx(min(1, max(0, 0.5 + weight * gap)))


@law(share, share)
def test_switched_off_nothing_is_remembered_that_counts(baseline, memory):
    off = silent("market", "service_memory")
    assert supported_level(off.service_weight, off.service_reference, baseline, 0.0, memory) == baseline


def test_its_numbers_are_those_of_the_scenario():
    market = rules("market", {GAIN: 0.11, WEIGHT: 0.22, REFERENCE: 0.33})
    assert (market.memory_gain, market.service_weight, market.service_reference) == (0.11, 0.22, 0.33)
