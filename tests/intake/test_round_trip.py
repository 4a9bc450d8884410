"""A table in any mix of signs and forms is read to its own numbers, or refused: never to others."""

import csv
import io
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orgsim.errors import ScenarioError
from orgsim.intake.files import read_grid
from orgsim.intake.periods import named, number_of
from orgsim.intake.reading import SeriesReading
from orgsim.intake.series import read_series

_FRENCH = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORMS = {
    "iso": lambda y, m: f"{y}-{m:02d}",
    "slash": lambda y, m: f"{m:02d}/{y}",
    "sdmx": lambda y, m: f"{y}M{m:02d}",
    "digits": lambda y, m: f"{y}{m:02d}",
    "french": lambda y, m: f"{_FRENCH[m - 1]}-{y % 100:02d}",
    "english": lambda y, m: f"{y} {_ENGLISH[m - 1].upper()}",
    "day": lambda y, m: date(y, m, 1).isoformat(),
    "dmy": lambda y, m: f"01/{m:02d}/{y}",
    "mdy": lambda y, m: f"{m:02d}/01/{y}",
    "dots": lambda y, m: f"01.{m:02d}.{y}",
}
NAMES = (("month", "index"), ("mois", "indice"), ("Période", "Chiffre d'affaires"), ("x", "y"))
ABOVE = ((), (("Série, base 100 en 2015",),), (("Titre", "1 234,5"), ("",), ("Mise à jour", "28/05/2021")))


@st.composite
def tables(draw):
    """The bytes of a file, and the figures by month that it is written from."""
    digits = draw(st.integers(0, 3))
    wholes = draw(st.lists(st.integers(0, 9_999_999), min_size=1, max_size=30))
    first = draw(st.integers(number_of("1970-01"), number_of("2060-01")))
    decimal = draw(st.sampled_from(".,"))
    grouping = draw(
        st.sampled_from([sign for sign in ("", " ", "\u00a0", "\u202f", ",", ".", "'") if sign != decimal])
    )
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    rows, figures = [], {}
    for month, whole in enumerate(wholes, first):
        text = f"{whole / 10**digits:,.{digits}f}"
        figures[month] = float(text.replace(",", ""))
        signs = {",": grouping, ".": decimal}
        rows.append((form(month // 12, month % 12 + 1), "".join(signs.get(s, s) for s in text)))
    if draw(st.booleans()):
        rows.reverse()
    names, separator = draw(st.sampled_from(NAMES)), draw(st.sampled_from(";,\t|"))
    # orgsim's own form has decimal points by its definition: "9,990" in it is 9990
    assume(not (names == ("month", "index") and separator == "," and decimal != "."))
    rows = [*draw(st.sampled_from(ABOVE)), names, *rows]
    text = io.StringIO()
    if draw(st.booleans()):
        csv.writer(
            text, delimiter=separator, lineterminator=draw(st.sampled_from(("\n", "\r\n", "\r")))
        ).writerows(rows)
    else:  # as careless programs do
        text.write("\n".join(separator.join(row) for row in rows))
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")))
    return text.getvalue().encode(encoding, errors="replace"), figures


@settings(max_examples=400, deadline=None)
@given(written=tables())
def test_the_same_numbers_or_none(written, tmp_path_factory):
    content, figures = written
    path = tmp_path_factory.mktemp("series") / "series.csv"
    path.write_bytes(content)
    with suppress(ScenarioError):
        assert read_series(path).figures == figures


@settings(max_examples=100, deadline=None)
@given(by_place=st.dictionaries(st.integers(0, 60), st.floats(0, 1e9), min_size=1), hold=st.booleans())
def test_the_clean_file_reads_back_to_the_bit(by_place, hold, tmp_path_factory):
    path = tmp_path_factory.mktemp("series") / "clean.csv"
    start = number_of("2019-01")
    path.write_text("month,index\n" + "".join(f"{named(start + k)},{v!r}\n" for k, v in by_place.items()))
    found = read_series(path, SeriesReading(missing="hold" if hold else "interpolate"))
    assert {k: found.figures[start + k] for k in by_place} == by_place
    path.write_bytes(found.csv())
    assert read_series(path).figures == found.figures


ANY = (
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.binary(max_size=60).map(lambda inside: b"PK\x03\x04" + inside)
    | st.binary(max_size=60).map(lambda inside: b"PAR1" + inside + b"PAR1")
)


@settings(max_examples=300, deadline=None)
@given(content=ANY)
def test_any_bytes_are_a_table_or_are_refused(content):
    with suppress(ScenarioError):
        read_grid(content, Path("any"), SeriesReading())
