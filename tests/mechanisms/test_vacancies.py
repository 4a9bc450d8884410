"""Vacancies: a fixed part of the mean, the rest by luck; longer while the service-minded are sought."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mechanisms.equations import Record, law, legal, plain, rules, share, silent
from orgsim.mechanisms import vacancies

WEEKS, FIXED, SEARCH = "people.vacancy_weeks", "people.vacancy_fixed", "effects.service_minded_search"
vacancy = plain(vacancies.vacancy)


@law(legal(WEEKS), share, legal(SEARCH), share, st.floats(0, 10))
def test_a_place_is_vacant_for_its_fixed_part_and_by_luck(weeks, fixed, search, service_minded, luck):
    people = rules("people", {WEEKS: weeks, FIXED: fixed, SEARCH: search})
    found = vacancy(people, Record(service_minded=service_minded), luck)
    mean = weeks + weeks * search * service_minded
    assert found == pytest.approx(mean * fixed + mean * luck - mean * fixed * luck)


@pytest.mark.parametrize(
    ("fixed", "least", "unlucky"), [(0.0, 0.0, 30.0), (0.5, 5.0, 20.0), (1.0, 10.0, 10.0)]
)
def test_the_more_is_fixed_the_less_is_luck(fixed, least, unlucky):
    people, anybody = rules("people", {WEEKS: 10.0, FIXED: fixed}), Record(service_minded=0.0)
    assert [vacancy(people, anybody, luck) for luck in (0.0, 1.0, 3.0)] == [least, 10.0, unlucky]


@law(legal(WEEKS), share)
def test_the_mean_is_that_of_the_field_however_much_is_fixed(weeks, fixed):
    """Luck is exponential with mean 1: its quantiles, evenly spread, average to 1."""
    people = rules("people", {WEEKS: weeks, FIXED: fixed})
    draws = -np.log((np.arange(200) + 0.5) / 200)
    found = np.mean([vacancy(people, Record(service_minded=0.0), luck) for luck in draws])
    assert found == pytest.approx(weeks, rel=0.01)


@law(share, st.floats(0, 10))
def test_switched_off_a_place_is_filled_at_once(service_minded, luck):
    assert vacancy(silent("people", "vacancies"), Record(service_minded=service_minded), luck) == 0.0
