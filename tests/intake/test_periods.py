"""Dates in the forms of offices, spreadsheets and people."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.intake.periods import Period, bare_month, month_of, named, number_of, period, shown

MONTHS = st.integers(number_of("1800-01"), number_of("2199-12"))
DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))


@given(MONTHS)
def test_months_have_one_number(month):
    assert number_of(named(month)) == month


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("2019-01", "2019-01"), ("2019/1", "2019-01"), ("201901", "2019-01"), ("2019M01", "2019-01"),
        ("2019-M1", "2019-01"), ("01/2019", "2019-01"), ("1-2019", "2019-01"), ("2019 JAN", "2019-01"),
        ("JAN 2019", "2019-01"), ("Jan-19", "2019-01"), ("janv.-19", "2019-01"), ("févr.-24", "2024-02"),
        ("mars-24", "2024-03"), ("avr.-24", "2024-04"), ("mai-24", "2024-05"), ("juin-24", "2024-06"),
        ("juil.-24", "2024-07"), ("août-24", "2024-08"), ("sept.-24", "2024-09"), ("oct.-24", "2024-10"),
        ("nov.-24", "2024-11"), ("déc.-24", "2024-12"), ("Décembre 2024", "2024-12"), ("May 2024", "2024-05"),
        ("janv.-68", "2068-01"), ("janv.-69", "1969-01"), ("2024-02-29", "2024-02-29"),
        ("2024-02-29T00:00:00Z", "2024-02-29"), ("20240229", "2024-02-29"), ("29.02.2024", "2024-02-29"),
        ("1er janvier 2019", "2019-01-01"), ("19-Nov-2021", "2021-11-19"),
        ("January 1, 2024", "2024-01-01"), ("2019-Q1", "2019-Q1"), ("2019Q4", "2019-Q4"),
        ("T1 2019", "2019-Q1"), ("1er trimestre 2019", "2019-Q1"), ("2e trim. 2019", "2019-Q2"),
        ("2020-S1", "2020-S1"), ("H2 2020", "2020-S2"), ("2019-W05", "2019-W05"), ("2019W5", "2019-W05"),
        ("2019-S05", "2019-W05"), ("S05 2019", "2019-W05"), ("2019", "2019"),
        (date(2020, 5, 1), "2020-05-01"), (datetime(2020, 5, 1, 12), "2020-05-01"), (2019, "2019"),
    ],
)  # fmt: skip
def test_what_names_a_period(cell, name):
    for dates in ("dmy", "mdy"):
        assert shown(period(cell, dates)) == name


@pytest.mark.parametrize(
    "cell",
    ["", "2019-13", "2019-00", "0000-02", "9999-12", "2019-02-30", "2019-W54", "2019-Q5", "24-janv", "01/24",
     "100.0", "100,5", "2020.01", "1.2020", "Jan", "month", "٢٠٢٠-01", None, 2020.0, True, "9" * 200],
)  # fmt: skip
def test_what_names_none(cell):
    assert period(cell) is None


@given(DAYS)
def test_day_and_month_change_places(day):
    french, american = day.strftime("%d/%m/%Y"), day.strftime("%m/%d/%Y")
    french, american = (text[:6] + f"{day.year:04d}" for text in (french, american))
    assert period(french, "dmy") == period(american, "mdy") == Period("day", day.toordinal())
    assert (period(french, "mdy") is None) == (day.day > 12)


@given(DAYS)
def test_a_week_counts_to_the_month_of_its_thursday(day):
    year, week, _ = day.isocalendar()
    when = period(f"{year}-W{week:02d}")
    if when is not None:  # the last days of 2199 are in a week of 2200
        thursday = date.fromisocalendar(year, week, 4)
        assert month_of(when) == thursday.year * 12 + thursday.month - 1


def test_months_without_a_year():
    assert [bare_month(name) for name in ("Janv.", "mars", "December", "x", 3)] == [1, 3, 12, None, None]
