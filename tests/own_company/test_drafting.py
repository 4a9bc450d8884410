"""The scenario of a staff list: whole people with the sum kept, pay by posts, the span as it is."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.gate import toml_tables
from orgsim.organisation import build
from orgsim.own_company.drafting import draft, whole
from orgsim.own_company.reading import StaffReading
from orgsim.own_company.staff import read_staff
from orgsim.scenario import load


@pytest.fixture
def made(tmp_path):
    def _made(text, **reading):
        path = tmp_path / "staff.csv"
        path.write_text(text, encoding="utf-8")
        return draft(read_staff(path, StaffReading(**reading)), "staff")

    return _made


PARTS = st.lists(st.integers(0, 50_000), min_size=1, max_size=30).map(
    lambda parts: [part / 100 for part in parts]
)


@given(PARTS)
def test_whole_numbers_keep_the_sum_and_are_near(parts):
    counts = whole(parts)
    assert sum(counts) == math.floor(math.fsum(parts) + 0.5)
    assert all(abs(Fraction(count) - Fraction(part)) < 1 for count, part in zip(counts, parts, strict=True))


def test_posts_become_whole_people_and_pay_is_weighted_by_posts(made):
    found = made("Service;ETP;Coût horaire\nA;0,8;50\nA;0,8;20\nA;0,2;\nB;1;30\nC;0,4;\n")
    company = found.tables["company"]
    assert {key: row["staff"] for key, row in company["functions"].items()} == {"a": 2, "b": 1, "c": 0}
    assert company["functions"]["a"]["pay"] == 35.0
    assert "pay" not in company["functions"]["c"]
    told = " ".join(map(str, found.notes))
    assert "3.20 posts are 3 whole ones" in told
    assert "A: 1 person has no cost" in told
    assert "C: nobody is left of it" in told


def test_managers_are_apart_and_the_span_is_as_it_is(made):
    rows = [
        "1;A;100;",
        *(f"{n};A;40;1" for n in range(2, 8)),
        "9;B;80;1",
        *(f"{n};B;40;9" for n in range(10, 14)),
    ]
    found = made("Id;Service;Coût horaire;Responsable\n" + "\n".join(rows))
    company = found.tables["company"]
    # 7 report to one and 4 to the other: 5.5 in the mean
    assert company["managers"] == {"span_of_control": 6, "pay": 90.0}
    assert {key: row["staff"] for key, row in company["functions"].items()} == {"a": 6, "b": 4}
    assert "2 people lead others, 4 to 7, 5.5 in the mean" in " ".join(map(str, found.notes))


def test_no_span_follows_where_hardly_anybody_is_led(made):
    found = made("Id;Service;Responsable\n1;A;\n2;A;1\n3;A;2\n")
    assert "managers" not in found.tables["company"]
    assert found.tables["company"]["functions"]["a"]["staff"] == 3
    assert "no span of control follows" in " ".join(map(str, found.notes))


def test_the_file_loads_and_every_design_stands(made):
    found = made("Service;Nom\nJuridique & conformité;x\nJuridique, conformité;y\n财务;z\n\u202eabc;w\n")
    text = found.toml(["made of a list", "of several\nlines with \u202e and \x1b"])
    tables = toml_tables(text, "own.toml")
    assert tables == found.tables
    settings = load(tables)
    assert list(settings.company.functions) == [
        "juridique-conformite", "juridique-conformite-2", "function-3", "abc"
    ]  # fmt: skip
    for design in settings.designs:
        assert build(settings, design).sizes.sum() == 4
