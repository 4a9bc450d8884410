"""Numbers as people write them: decided from the column, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import ScenarioError
from orgsim.intake.numerals import figure, is_missing, numbers


def where(row):
    return f"line {row + 1}"


def values(*cells, **options):
    return numbers(cells, where, **options).values


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("100.5", "99"), [100.5, 99]), (("100,5", "99"), [100.5, 99]), (("1 100,0", "99"), [1100, 99]),
        (("1\u202f100", "1\u00a0000\u00a0000"), [1100, 1e6]), (("1'234.5", "1’234’567"), [1234.5, 1234567]),
        (("1,234.5", "1,234"), [1234.5, 1234]), (("1.234,5", "1.234"), [1234.5, 1234]),
        (("1,234,567", "1,234"), [1234567, 1234]), (("0,123", "1,234"), [0.123, 1.234]),
        (("1,5", "1,234"), [1.5, 1.234]), (("1234,567", "1,234"), [1234.567, 1.234]),
        (("-5", "−5", "+5"), [-5, -5, 5]), (("1.005e2", "1"), [100.5, 1]), ((".5", "5."), [0.5, 5]),
        (("45,22 €", "€45,20"), [45.22, 45.2]),
        (("98.8 (p)", "99.0p", "98.1 e", "1.5*"), [98.8, 99, 98.1, 1.5]),
        ((100, 99.5, "1.5"), [100, 99.5, 1.5]), (("", ":", "n.d.", "NaN", None, "1.5"), [None] * 5 + [1.5]),
    ],
)  # fmt: skip
def test_a_column_is_read_to_the_numbers_that_stand_there(cells, expected):
    assert values(*cells) == expected


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("1,234",), r"line 1: '1,234' could be 1.234 or 1234, .*--map decimal=point\|comma"),
        (("1.234", "999", "5.678"), "'1.234' could be 1234 or 1.234"),
        (("1.5", "1,5"), r"line 2: '1,5' contradicts '1.5' \(line 1\)"),
        (("12 %", "12"), "line 1: '12 %' is in per cent, '12'"),
        *(((bad,), "is no number") for bad in (
            "1 10", "1,10,000", "1k", "1 M", "12 h", "1_000", "٣", "1.2.3", "1,2.3,4", "0 123", "(5)",
            "1e999",            "inf", "5-3", "abc", True,
        )),
    ],
)  # fmt: skip
def test_what_could_be_another_number_is_refused(cells, message):
    with pytest.raises(ScenarioError, match=message):
        values(*cells)


def test_whoever_knows_says_which():
    assert values("1,234", decimal="comma") == [1.234]
    assert values("1,234", decimal="point") == [1234]
    assert values("1.234", usual="point") == [1.234]
    with pytest.raises(ScenarioError, match="'1,5' is no number with a decimal point"):
        values("1,5", decimal="point")


def test_the_column_proves_more_than_the_format_says():
    assert values("1,5", "1,234", usual="point") == [1.5, 1.234]


def test_flags_and_per_cent_are_told():
    found = numbers(["98.8 (p)", "99.0 R", "97"], where)
    assert (found.flags, found.percent) == ({0: "p", 1: "r"}, False)
    assert numbers(["80 %", "100%"], where).percent


@given(st.text(max_size=12))
def test_any_text_is_a_number_is_missing_or_is_refused(text):
    read = figure(text)
    if read is not None and not is_missing(text):
        assert any(letter.isdecimal() for letter in text)
        assert all(abs(value) < float("inf") for value in read.by_sign.values())
