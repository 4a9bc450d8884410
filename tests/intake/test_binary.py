"""Workbooks and Parquet: types as they are, and no damage, formula or bomb that gives another number."""

import io
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from orgsim.errors import ScenarioError
from orgsim.intake.files import read_grid
from orgsim.intake.periods import named
from orgsim.intake.reading import SeriesReading
from orgsim.intake.series import read_series

EXPECTED = {"2024-01": 1234.5, "2024-02": 99.0, "2024-03": 98.125}


def workbook(*sheets, formula=None):
    """A workbook of sheets by name and rows; a date is a date."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    day = book.add_format({"num_format": "mmm-yy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, cell, day)
                else:
                    sheet.write(r, c, cell)
        if formula:
            sheet.write_formula(len(rows), 0, "=1+1", value=formula)
    book.close()
    return into.getvalue()


ROWS = [
    ["Titre"],
    [],
    ["mois", "indice"],
    *([date(2024, m, 1), v] for m, v in enumerate(EXPECTED.values(), 1)),
]


def read(content, tmp_path, **reading):
    path = tmp_path / "series.any"
    path.write_bytes(content)
    return read_series(path, SeriesReading(**reading))


def by_name(series):
    return {named(month): value for month, value in series.figures.items()}


def test_a_workbook_keeps_its_numbers_and_dates(tmp_path):
    found = read(workbook(("codes", []), ("valeurs", ROWS), ("notes", [["x"]])), tmp_path)
    assert by_name(found) == EXPECTED
    assert (found.grid.kind, found.grid.sheet) == ("XLSX", "valeurs")
    assert "codes, notes" in str(found.notes[-1])


def test_a_sheet_is_named(tmp_path):
    content = workbook(("a", [["month", "index"], ["2024-01", 5]]), ("valeurs", ROWS))
    assert by_name(read(content, tmp_path)) == {"2024-01": 5.0}
    assert by_name(read(content, tmp_path, sheet="valeurs")) == EXPECTED
    with pytest.raises(ScenarioError, match="has no sheet 'b'; it has: a, valeurs"):
        read(content, tmp_path, sheet="b")


def test_numbers_as_text_are_decided_like_those_of_any_file(tmp_path):
    text = [["mois", "indice"], ["janv.-24", "1 234,5"], ["févr.-24", "99"], ["mars-24", "98,125"]]
    assert by_name(read(workbook(("a", text)), tmp_path)) == EXPECTED
    with pytest.raises(ScenarioError, match=r"'1,234' could be 1\.234 or 1234"):
        read(workbook(("a", [["mois", "indice"], ["janv.-24", "1,234"]])), tmp_path)


def test_a_formula_without_its_value_is_refused(tmp_path):
    content = workbook(("a", ROWS), formula=2)
    parts = zipfile.ZipFile(io.BytesIO(content))
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as changed:
        for part in parts.namelist():
            changed.writestr(part, parts.read(part).replace(b"<f>1+1</f><v>2</v>", b"<f>1+1</f>"))
    with pytest.raises(ScenarioError, match="line 7: holds a formula that was never computed"):
        read(into.getvalue(), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(3):
            bomb.writestr(f"xl/{number}.xml", b"0" * 100_000_000)
    with pytest.raises(ScenarioError, match="is larger than 200 MB"):
        read(into.getvalue(), tmp_path)


def test_parquet_keeps_its_types(tmp_path):
    file = tmp_path / "a[1]*.parquet"
    rows = ", ".join(f"(DATE '{month}-01', {value}::DECIMAL(9,3), 'x')" for month, value in EXPECTED.items())
    duckdb.sql(
        f"COPY (SELECT * FROM (VALUES {rows}) t(month, index, note)) TO '{tmp_path}/p' (FORMAT parquet)"
    )
    (tmp_path / "p").rename(file)
    found = read_series(file)
    assert (by_name(found), found.grid.kind) == (EXPECTED, "Parquet")


@pytest.mark.parametrize("place", range(0, 1000, 37))
def test_damage_is_refused_or_changes_nothing_silently(place, tmp_path):
    """A zip's checksums find what would be another number."""
    content = bytearray(workbook(("a", ROWS)))
    content[place * len(content) // 1000] ^= 0xFF
    try:
        grid = read_grid(bytes(content), Path("a.xlsx"), SeriesReading())
    except ScenarioError as refused:
        told = str(refused)
        assert told
    else:
        assert [row[1] for row in grid.rows[3:6]] == list(EXPECTED.values())
