"""Damaged inputs of every kind are used, or refused in a few lines; `tests/fuzz.py` makes thousands."""

import pytest

from fuzz import verdict

CASES = {
    "scenario": 60,
    "override": 60,
    "extreme": 20,
    "experiment": 40,
    "series": 60,
    "staff": 60,
    "link": 60,
    "lesson": 30,
    "store": 30,
}


@pytest.mark.parametrize("kind", CASES)
def test_damaged_inputs_are_used_or_refused(kind, tmp_path):
    found = {number: verdict(kind, 0, number, tmp_path, limit=60) for number in range(CASES[kind])}
    failed = {number: what for number, what in found.items() if what not in ("used", "refused")}
    assert not failed, "\n".join(f"{kind}, case {number}: {what}" for number, what in failed.items())
    if kind != "store":  # whose checksums find all damage
        assert "used" in found.values(), "damage that is too strong finds nothing"
