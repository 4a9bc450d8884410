"""Questions to staff: none where nobody answers, and each of them has a method."""

import pytest

from orgsim.kernel import decisions
from orgsim.kernel.decisions import ANSWERS, DECISIONS, ask, is_asked
from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.asking import Asking


def test_every_decision_is_a_method_and_has_its_number():
    assert len(set(DECISIONS)) == len(DECISIONS)
    for number, name in enumerate(DECISIONS):
        assert getattr(decisions, name.upper()) == number
        assert callable(getattr(StaffMember, name))
        assert callable(getattr(Asking, f"_{name}"))


@pytest.mark.parametrize("usual", [True, False, 7, -1])
def test_where_nobody_is_asked_the_rule_stands(usual):
    for addresses in (None, [0] * len(DECISIONS)):
        assert not is_asked(addresses, decisions.HELPS)
        assert ask(addresses, decisions.HELPS, 1, 2, 3, usual) == usual


def test_whoever_is_asked_hears_the_question_and_is_heard():
    import ctypes

    heard = []

    def answer(row, about, more, usual):
        heard.append((row, about, more, usual))
        return 42

    function = ANSWERS(answer)
    addresses = [0] * len(DECISIONS)
    addresses[decisions.HELPS] = ctypes.cast(function, ctypes.c_void_p).value
    assert is_asked(addresses, decisions.HELPS)
    assert ask(addresses, decisions.HELPS, 1, 2, 3, True) == 42
    assert ask(addresses, decisions.LEAVES, 1, 2, 3, True) is True
    assert heard == [(1, 2, 3, 1)]
