"""What a field takes: numbers are numbers, whatever Python takes for one."""

import pytest
from pydantic import ValidationError

from orgsim.errors import ScenarioError
from orgsim.fields import Table, quantity, text
from orgsim.scenario import load


class Everything(Table):
    whole: int = quantity(1, "–", "a whole number", 0, 10)
    share: float | None = quantity(0.5, "share", "a share", 0, 1)
    by_key: dict[str, float] = quantity({}, "–", "numbers by name")
    several: tuple[int, ...] = quantity((), "–", "numbers")
    switch: bool = text(False, "yes or no")
    value: bool | int | float | str = text(0, "anything")


@pytest.mark.parametrize("field", ["whole", "share", "by_key", "several"])
@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_value_is_no_number(field, truth):
    given = {"by_key": {"a": truth}, "several": [1, truth]}.get(field, truth)
    with pytest.raises(ValidationError, match=r"number|integer"):
        Everything(**{field: given})


@pytest.mark.parametrize(
    "given",
    [
        {"whole": 1}, {"share": 1}, {"share": None}, {"by_key": {"a": 1, "b": 0.5}}, {"several": [1, 0]},
        {"switch": True}, {"value": True}, {"value": 0.5},
    ],
    ids=str,
)  # fmt: skip
def test_numbers_and_switches_are_taken(given):
    found = Everything(**given)
    for name, value in given.items():
        kept = getattr(found, name)
        assert kept == (tuple(value) if isinstance(value, list) else value)
        assert isinstance(kept, bool) == isinstance(value, bool)


def test_it_is_said_with_field_and_remedy():
    with pytest.raises(ScenarioError, match=r"^--set: horizon\.weeks = true must be a whole number$"):
        load("default", ["horizon.weeks=true"])
    with pytest.raises(ScenarioError, match=r"crisis\.depth = false must be a valid number"):
        load("default", ["crisis.depth=false"])
