"""Novelty: exceptions × (1 + novelty · size of the shock)."""

import pytest
from hypothesis import strategies as st

from mechanisms.equations import law, rules
from orgsim.mechanisms.novelty import novelty_factor

amount = st.floats(0, 20)


@law(amount, amount)
def test_what_is_new_adds_as_much_as_the_shock_is_large(novelty, size):
    assert novelty_factor(novelty, size) - 1 == pytest.approx(novelty * size)
    assert novelty_factor(0.0, size) == novelty_factor(novelty, 0.0) == 1.0


def test_a_run_begins_with_nothing_new():
    assert rules("operations", {}).novelty == novelty_factor(1.0, 0.0)
