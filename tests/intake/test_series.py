"""Published series of every office: read to the number that stands there, or refused with line and remedy."""

import re
from statistics import fmean

import pytest

from orgsim.errors import ScenarioError
from orgsim.intake.periods import named
from orgsim.intake.reading import SeriesReading
from orgsim.intake.series import read_series

INSEE = """"Libellé";"Indice - Base 100 en 2015 - Série CVS-CJO";"Codes"
"idBank";"010000001";""
"Dernière mise à jour";"28/05/2021 12:00";""
"Période";"";""
"2021-02";"41.0";"P"
"2021-01";"42.2";"A"
"2020-12";"43.9";"A"
"""
ONS = """"Title","RSI: Index"
"CDID","XXXX"
"Important notes",
"2019","100.0"
"2019 Q4","99.0"
"2019 NOV","98.5"
"2019 DEC","101.5"
"2020 JAN","97.25"
"""
SDMX = """DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
STS(1.0),01/06/21 11:00:00,M,I15,FR,2019-01,100.125,
STS(1.0),01/06/21 11:00:00,M,I15,FR,2019-02,98.250,p
"""
EUROSTAT = (
    "freq,unit,geo\\TIME_PERIOD\t2018-12 \t2019-01 \t2019-02 \t2019-03 \n"
    "M,I15,DE\t90.0 \t91.0 \t92.0 \t93.0 \n"
    "M,I15,FR\t: \t100.0 \t: c\t102.0 p\n"
)


@pytest.fixture
def read(tmp_path):
    def _read(text, **reading):
        path = tmp_path / "figures.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_series(path, SeriesReading(**reading))

    return _read


def by_name(series):
    return {named(month): value for month, value in series.figures.items()}


@pytest.mark.parametrize(
    "text",
    [
        "month,index\n2024-01,100.5\n2024-02,105.25\n",
        "\ufeffMonth, Index\r\n2024-02,105.25\r\n\r\n2024-01,1.005e2\r\n",
        '"month","index"\n"2024-01","100.5"\n"2024-02"," 105.25 "',
        '"month","index"\n"2024-01","100,5"\n"2024-02","105,25"',
        "month;index\n2024-01;100,5\n2024-02;105,25\n",
        "mois;indice\r\njanv.-24;100,5\r\nfévr.-24;105,25\r\n".encode("cp1252"),
        "month,index\n2024-01,100.5\n2024-02,105.25\n".encode("utf-16"),
        "sep=;\nmonth;index\n2024-01;100,5\n2024-02;105,25\n",
        "month,index,other\n2024-01,100.5,3\n2024-02,105.25,4\n",
        "date|valeur|statut\n01/2024|100,5|A\n02/2024|105,25|P\nSource : nos comptes\n",
        "2024-01\t100.5\n2024-02\t105.25\n",
        "Année;janv.;févr.;mars\n2024;100,5;105,25;\n",
        "Série;2024-01;2024-02;2024-03\nChiffre d'affaires;100,5;105,25;\n",
    ],
)
def test_one_series_in_many_forms(read, text):
    assert by_name(read(text)) == {"2024-01": 100.5, "2024-02": 105.25}


def test_insee(read):
    for content in (INSEE, INSEE.encode("latin-1"), INSEE.encode("utf-8-sig")):
        found = read(content)
        assert by_name(found) == {"2020-12": 43.9, "2021-01": 42.2, "2021-02": 41.0}
        told = found.told()
        assert (told["newest_first"], told["lines_above"], told["base"]) == (True, 4, "2015")
        assert told["value_column"].startswith("Indice - Base 100")
        assert told["flags"] == {"A": 2, "P": 1}


def test_ons_mixes_years_quarters_and_months(read):
    found = read(ONS)
    assert by_name(found) == {"2019-11": 98.5, "2019-12": 101.5, "2020-01": 97.25}
    assert "longer periods left out: 2" in str(found.notes[0])


def test_sdmx_has_a_decimal_point_by_its_definition(read):
    found = read(SDMX)
    assert by_name(found) == {"2019-01": 100.125, "2019-02": 98.25}
    assert (found.told()["period_column"], found.flags, found.base) == ("TIME_PERIOD", {"p": 1}, "2015")


def test_several_series_in_one_file_are_told_apart(read):
    both = SDMX + SDMX.split("\n", 1)[1].replace(",FR,", ",DE,").replace("100.125", "50.5")
    with pytest.raises(
        ScenarioError, match=r"2019-01 stands there for geo = FR and DE.*--map where\.geo=VALUE"
    ):
        read(both)
    assert by_name(read(both, where={"geo": "de"}))["2019-01"] == 50.5
    with pytest.raises(ScenarioError, match=r"where\.geo = 'IT' is in no row; there are: FR, DE"):
        read(both, where={"geo": "IT"})


def test_eurostat_wide(read):
    with pytest.raises(ScenarioError, match="geo = DE and FR"):
        read(EUROSTAT)
    france = {"where": {"geo": "FR"}}
    with pytest.raises(ScenarioError, match=r"line 3: 2019-02 is missing.*missing=interpolate\|hold"):
        read(EUROSTAT, **france)
    straight = read(EUROSTAT, missing="interpolate", **france)
    assert by_name(straight) == {"2019-01": 100.0, "2019-02": 101.0, "2019-03": 102.0}
    assert by_name(read(EUROSTAT, missing="hold", **france))["2019-02"] == 100.0
    assert [str(note) for note in straight.notes[:2]] == [
        "Without a figure at the ends, and left out: 1 month.",
        "Without a figure: 1 month; on a straight line between its neighbours.",
    ]


def test_quarters_weeks_and_days_become_months(read):
    quarters = read("time,value\n2019-Q1,90\n2019-Q2,80\n")
    assert list(quarters.figures.values()) == [90, 90, 90, 80, 80, 80]
    by_day = read("date,value\n2019-01-01,90\n2019-04-01,80\n")  # as FRED dates quarters
    assert (by_day.figures, by_day.frequency) == (quarters.figures, "quarter")
    weeks = read("week,value\n" + "".join(f"2020-W{w:02d},{100 - w}\n" for w in range(1, 10)))
    # the Thursdays of weeks 1 to 5 are 2 to 30 January, of 6 to 9 in February
    assert by_name(weeks) == {"2020-01": fmean((99, 98, 97, 96, 95)), "2020-02": fmean((94, 93, 92, 91))}
    assert weeks.frequency == "week"
    days = "date,value\n" + "".join(f"2020-02-{d:02d},{d}\n" for d in range(1, 30)) + "2020-03-01,7\n"
    assert by_name(read(days)) == {"2020-02": 15.0, "2020-03": 7.0}
    summed = read(days, months="sum")
    assert by_name(summed) == {"2020-02": 435.0}
    assert "2020-03 is not whole" in str(summed.notes[1])


def test_day_and_month_are_told_apart_by_all_dates_together(read):
    french = "date;index\n" + "".join(f"01/{m % 12 + 1:02d}/{2024 + m // 12};{m},5\n" for m in range(15))
    assert by_name(read(french))["2024-03"] == 2.5
    american = re.sub(r"01/(\d+)/(\d{4})", r"\1/01/\2", french).replace(",", ".")
    assert by_name(read(american)) == by_name(read(french))
    days = "date,index\n01/02/2024,5\n01/03/2024,6\n"
    with pytest.raises(
        ScenarioError, match=r"'01/02/2024' could be 2024-02-01 or 2024-01-02.*--map dates=dmy"
    ):
        read(days)
    assert by_name(read(days, dates="dmy")) == {"2024-02": 5.0, "2024-03": 6.0}
    assert by_name(read(days, dates="mdy")) == {"2024-01": 5.5}
    with pytest.raises(ScenarioError, match="is no date in the order of the others"):
        read("date,index\n31/01/2024,5\n01/31/2024,6\n")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2024-02,105,2", "has 3 cells where the table has 2 columns; put numbers with commas in quotes"),
        ('2024-02,"105,2"', "contradicts '100.5'"),
        ("2024-02,1_105", "'1_105' is no number"),
        ("2024-02,105k", "is no number"),
        ("2024-02,inf", "is no number"),
        ("2024-02,1e999", "is no number"),
        ("2024-02,1e99", "is no index from 0"),
        ("2024-02,-5", "-5 is no index from 0"),
        ("2024-02,١٠٥", "is no number"),
        ("2024-02;105", "has no date that is understood"),
        ("0000-02,105", "has no date that is understood"),
        ("2024-2x,105", "has no date that is understood"),
        ("2024-01,105", "2024-01 stands there twice; keep one"),
        ("2024-03,105", "2024-02 is missing; give its figure, or --map missing=interpolate|hold"),
        ('2024-02,"105', "is no CSV"),
        ("2024-02," + "9" * 200_000, "is no CSV"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(read, row, message):
    with pytest.raises(ScenarioError, match=re.escape(message)) as refused:
        read(f"month,index\n2024-01,100.5\n{row}\n")
    assert re.search(r"figures\.csv, line [34]: ", str(refused.value))
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("month,index\n2024-0l,99.5\n2024-02,99\n", "line 2: '2024-0l, 99.5' has no date"),
        ("2024-0l,99.5\n2024-02,99\n", "line 1: '2024-0l, 99.5' has no date"),
        (
            "month,a,b\n2024-01,1,2\n",
            "several columns hold numbers (2 'a', 3 'b'); say which with --map value=",
        ),
        (
            "from,to,x\n2024-01,2024-02,2\n2024-02,2024-03,2\n",
            "several columns hold dates (1 'from', 2 'to')",
        ),
        ("month,name\n2024-01,a\n", "holds no column of numbers"),
        ("month,index\n2019,100\n2020,99\n", "holds one figure a year"),
        ("month,index\n2019-01,:\n", "holds no month"),
        ("name,index\na,1\n", "holds no dates"),
        ("", "holds no table"),
        (b"month,index\n2019-01,99\0\n", "is no text that can be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old workbook; save it as XLSX or CSV"),
        (b"month,index\n" + b"#" * 20_000_001, "is larger than 20 MB"),
        ("month,index\n" + "\n" * 200_001, "has more than 200,000 rows"),
    ],
)
def test_other_files_are_refused(read, text, message):
    with pytest.raises(ScenarioError, match=re.escape(message)):
        read(text)


def test_a_person_says_what_a_file_leaves_open(read):
    two = "date;a;b;when\n2024-01;1;2;2023-01\n2024-02;3;4;2023-02\n"
    assert by_name(read(two, period="date", value="b")) == {"2024-01": 2.0, "2024-02": 4.0}
    assert by_name(read(two, period="4", value="2")) == {"2023-01": 1.0, "2023-02": 3.0}
    with pytest.raises(ScenarioError, match=r"value = 'c' is no column; its columns: date, a, b, when"):
        read(two, period="date", value="c")
    thousands = 'date,value\n2024-01,"9,990"\n'
    with pytest.raises(ScenarioError, match=r"'9,990' could be 9\.99 or 9990"):
        read(thousands)
    assert list(read(thousands, decimal="point").figures.values()) == [9990.0]
    own = thousands.replace("date,value", "month,index")  # has decimal points by its definition
    assert list(read(own).figures.values()) == [9990.0]
    named_twice = "x,2\nmonth,index\n2024-01,5\n"
    assert read(named_twice, header=2).figures == read(named_twice).figures
    with pytest.raises(ScenarioError, match="header = 9 is no line with names"):
        read(named_twice, header=9)


def test_what_is_100(read):
    assert read("date;indice (2021=100)\n2024-01;5,5\n").base == "2021"
    year = "month,index\n" + "".join(f"2019-{m:02d},{100 + (m - 6.5)}\n" for m in range(1, 13))
    assert (read(year).base, read("month,index\n2019-01,5.5\n").base) == ("2019", "")
