"""Word of mouth: those who come by themselves, and those whom others send, against the start."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, legal, rules
from orgsim.mechanisms.word_of_mouth import prospects_against_start

INNOVATION, IMITATION = "market.innovation", "market.imitation"
FIELDS = (INNOVATION, IMITATION, "market.promoter_from", "market.detractor_below")
rates = st.floats(0.001, 5)


@law(rates, legal(IMITATION), st.floats(-1, 1))
def test_what_others_say_moves_the_part_that_listens(innovation, imitation, net):
    listening = imitation / (innovation + imitation)
    found = prospects_against_start(innovation, imitation, net)
    assert found == pytest.approx(1 + listening * net)


@law(rates, legal(IMITATION))
def test_where_all_warn_those_come_who_come_by_themselves(innovation, imitation):
    alone = pytest.approx(innovation / (innovation + imitation))
    assert prospects_against_start(innovation, imitation, -1.0) == alone
    assert prospects_against_start(innovation, imitation, -3.0) == alone
    assert prospects_against_start(innovation, imitation, 0.0) == 1.0


@law(rates, st.floats(-1, 1))
def test_where_nobody_listens_nothing_that_is_said_counts(innovation, net):
    assert prospects_against_start(innovation, 0.0, net) == 1.0


def test_its_rates_and_thresholds_are_those_of_the_scenario():
    market = rules("market", dict(zip(FIELDS, (0.11, 0.22, 0.77, 0.33), strict=True)))
    assert (market.innovation, market.imitation) == (0.11, 0.22)
    assert (market.promoter_from, market.detractor_below) == (0.77, 0.33)
