"""`orgsim series` and `orgsim import` as a person and as a script use them."""

import json

import pytest
from click.testing import CliRunner

from orgsim.cli.main import main

SERIES = "Titre;x\nPériode;Indice\nmars-24;98,125\nfévr.-24;99,5 (p)\njanv.-24;1 100,5\n"
STAFF = "Matricule;Nom;Service;ETP;Coût horaire\n1;Ada;Ventes;0,8;40,5\n2;Bob;Ventes;1;40,5\n3;Cléo;;1;40,5\n"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "series.csv").write_bytes(SERIES.encode("cp1252"))
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")

    def _call(*arguments):
        answer = CliRunner().invoke(main, list(arguments))
        assert answer.exception is None or isinstance(answer.exception, SystemExit)
        return answer

    return _call


def test_series_shows_what_was_understood(call):
    answer = call("series", "series.csv")
    assert answer.exit_code == 0, answer.output
    for told in ("cp1252", "semicolon", "comma", "Période", "Indice", "the newest first", "p: 1",
                 "3, from 2024-01 to 2024-03", "2024-01 1,100.5", "█"):  # fmt: skip
        assert told in answer.output
    french = call("series", "series.csv", "--language", "fr").output
    for told in ("point-virgule", "virgule", "du plus récent", "2024-03 98,125", "3, de 2024-01 à 2024-03"):
        assert told in french


def test_series_gives_data_and_the_clean_file(call, tmp_path):
    found = json.loads(call("series", "series.csv", "--json").output)
    assert found["kind"] == "series"
    assert found["figures"] == {"2024-01": 1100.5, "2024-02": 99.5, "2024-03": 98.125}
    assert call("series", "series.csv", "--output", "clean.csv").exit_code == 0
    assert (
        tmp_path / "clean.csv"
    ).read_text() == "month,index\n2024-01,1100.5\n2024-02,99.5\n2024-03,98.125\n"
    again = call("series", "series.csv", "--output", "clean.csv")
    assert (again.exit_code, "exists already" in again.output) == (2, True)
    assert call("series", "series.csv", "--output", "clean.csv", "--overwrite").exit_code == 0


def test_what_is_wrong_is_one_message_and_exit_code_2(call, tmp_path):
    (tmp_path / "unclear.csv").write_text("mois;indice\n2024-01;1,234\n")
    for arguments, told in (
        (("series", "unclear.csv"), "line 2: '1,234' could be 1.234 or 1234"),
        (("series", "gone.csv"), "gone.csv: there is no such file"),
        (("series", "series.csv", "--map", "valeu=x"), "--map: valeu is no known field; did you mean value"),
        (("import", "series.csv"), "no line names columns"),
        (("import", "gone.csv"), "there is no such file"),
    ):  # fmt: skip
        answer = call(*arguments)
        assert (answer.exit_code, told in answer.output) == (2, True), answer.output
    assert call("series", "unclear.csv", "--map", "decimal=comma").exit_code == 0


def test_import_shows_and_writes_nothing_without_a_file(call, tmp_path):
    before = sorted(tmp_path.iterdir())
    answer = call("import", "staff.csv")
    assert answer.exit_code == 0, answer.output
    for told in ("Ventes", "1.80", "40.50", "line 4: has no unit", "Nothing was written"):
        assert told in answer.output
    assert "Cléo" not in answer.output
    assert "line 4 (Cléo): has no unit" in call("import", "staff.csv", "--keep-names").output
    assert "ligne 4 : n’a rien" in call("import", "staff.csv", "--language", "fr").output.replace(
        "\u00a0", " "
    )
    assert sorted(tmp_path.iterdir()) == before


def test_the_written_scenario_is_valid(call, tmp_path):
    assert call("import", "staff.csv", "own.toml").exit_code == 0
    answer = call("validate", "own.toml")
    assert answer.exit_code == 0, answer.output
    assert "No work comes to company.functions.ventes" in " ".join(answer.output.split())
    text = (tmp_path / "own.toml").read_text(encoding="utf-8")
    assert "# line 4: has no unit" in text
    assert "Cléo" not in text
    again = call("import", "staff.csv", "own.toml")
    assert (again.exit_code, "exists already" in again.output) == (2, True)
    assert call("import", "staff.csv", "own.toml", "--overwrite").exit_code == 0


def test_import_gives_data(call):
    found = json.loads(call("import", "staff.csv", "--json").output)
    assert (found["kind"], found["scenario"]["company"]["functions"]["ventes"]["staff"]) == ("import", 2)
    assert [one["line"] for one in found["unplaced"]] == [4]
    assert [one["name"] for one in found["people"]] == [None, None]
