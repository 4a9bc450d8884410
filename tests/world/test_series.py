"""Published series: read to the number that stands there, or refused with line and remedy."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import ScenarioError
from orgsim.world.series import named, number_of, read_series

MONTHS = st.integers(number_of("1800-01"), number_of("2199-12"))


@pytest.fixture
def read(tmp_path):
    def _read(text):
        path = tmp_path / "figures.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_series(path)

    return _read


@given(MONTHS)
def test_months_have_one_number(month):
    assert number_of(named(month)) == month


@pytest.mark.parametrize(
    "text",
    [
        "month,index\n2024-01,100.5\n2024-02,105.25\n",
        "\ufeffMonth, Index\r\n2024-02,105.25\r\n\r\n2024-01,1.005e2\r\n",
        '"month","index"\n"2024-01","100.5"\n"2024-02"," 105.25 "',
    ],
)
def test_plain_series_are_read(read, text):
    assert read(text) == {number_of("2024-01"): 100.5, number_of("2024-02"): 105.25}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2024-02,105,2", "2024-02,105,2 has 3 cells instead of 2; write decimals with a point"),
        ('2024-02,"105,2"', "has no number after the month; write it in digits, with a point for decimals"),
        ('2024-02,"1,105"', "no sign for thousands"),
        ("2024-02,1 105", "no sign for thousands"),
        ("2024-02,1_105", "has no number"),
        ("2024-02,105.2 (p)", "has no number"),
        ("2024-02,:", "has no number"),
        ("2024-02,nan", "has no number"),
        ("2024-02,inf", "has no number"),
        ("2024-02,1e999", "an index of 0 or more"),
        ("2024-02,1e99", "an index of 0 or more"),
        ("2024-02,١٠٥", "has no number"),
        ("2024-02;105", "has no number"),
        ("2024-Q1,105", "must be a month such as"),
        ("2024-02-01,105", "must be a month such as"),
        ("0000-02,105", "must be a month such as"),
        ("9999-12,105", "must be a month such as"),
        ("2024-02,105,p", "take other columns out"),
        ('2024-02,"105', "is no CSV"),
        ("2024-02," + "9" * 200_000, "is no CSV"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(read, row, message):
    with pytest.raises(ScenarioError, match=re.escape(message)) as refused:
        read(f"month,index\n2024-01,100\n{row}\n")
    assert re.search(r"figures\.csv, line [34]: ", str(refused.value))
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("month;index\n2019-01;100,1\n", "first line must be: month,index"),
        ("month,index,other\n2019-01,99,1\n", "has 3 columns; leave month,index and take the others out"),
        ("month,index\n2019-01,99\n".encode("utf-16"), "is no text in UTF-8"),
        (b"month,index\n2019-01,99\0\n", "is no text in UTF-8"),
        (b"p\xe9riode,index\n", "byte 2 is no UTF-8 text"),
        (b"month,index\n" + b"#" * 2_000_001, "is larger than 2 MB"),
    ],
)
def test_other_files_are_refused(read, text, message):
    with pytest.raises(ScenarioError, match=re.escape(message)):
        read(text)
