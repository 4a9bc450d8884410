"""A language is a folder: every message is in each of them, and nothing else knows which there are."""

import re
import shutil
import string
import subprocess
import sys

import pytest

from message_ids import ROOT, message_ids
from orgsim.errors import OrgsimError
from orgsim.language.words import FOLDER, LANGUAGES, SOURCE, Words, catalogue
from orgsim.scenario import load

OTHERS = [code for code in LANGUAGES if code != SOURCE]


def places(template):
    """The names of the values that a template is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_there_are_languages_and_english_comes_first():
    assert LANGUAGES[0] == "en"
    assert set(LANGUAGES) == {path.parent.name for path in FOLDER.glob("*/language.toml")} >= {"en", "fr"}
    with pytest.raises(OrgsimError, match="language 'xx' is not there; choose en or fr"):
        Words("xx")


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_in_every_language_with_the_same_values(code):
    texts = catalogue(code)
    found = message_ids()
    assert len(found) > 250
    assert [text for text in found if text not in texts] == []
    # pydantic's plural of an English word has no place elsewhere
    allowed = {"expected_plural", "class_name"}
    assert [text for text in found if places(text) - allowed != places(texts[text]) - allowed] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_asks_for_a_value_that_its_message_does_not_have(code):
    for english, other in catalogue(code).items():
        if "{" in other:
            assert places(other) <= places(english), english


def test_every_message_in_the_file_of_messages_is_one_of_the_code():
    import tomllib

    known = set(message_ids())
    for code in OTHERS:
        tables = tomllib.loads((FOLDER / code / "messages.toml").read_text(encoding="utf-8"))
        assert [text for table in tables.values() for text in table if text not in known] == []


def test_nothing_but_the_folders_knows_which_languages_there_are():
    codes = "|".join(OTHERS)
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        assert re.findall(rf"""["'](?:{codes})["']""", source) == [], path


@pytest.fixture
def with_a_new_language(tmp_path):
    """A copy of the package with one more folder, and no other change."""
    package = tmp_path / "orgsim"
    shutil.copytree(ROOT, package, ignore=shutil.ignore_patterns("__pycache__", "fr"))
    for part in ("scenarios", "experiments"):
        shutil.copytree(ROOT.parents[1] / part, package / f"_{part}")
    folder = package / "language" / "texts" / "xx"
    folder.mkdir()
    english = (FOLDER / "en" / "language.toml").read_text(encoding="utf-8")
    (folder / "language.toml").write_text(
        english.replace('"English"', '"Exempel"').replace('grouping = ","', 'grouping = "_"'),
        encoding="utf-8",
    )
    (folder / "own.toml").write_text(
        "[texts]\n"
        '"{where}: {problem}" = "{where} => {problem}"\n'
        '"{field} is no known field{hint}" = "XX {field} XX{hint}"\n'
        '"; did you mean {names}?" = "; XX {names}?"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_a_new_language_is_a_folder(with_a_new_language):
    code = (
        "from orgsim.language.words import LANGUAGES, Words, facts\n"
        "from orgsim.errors import OrgsimError\n"
        "from orgsim.scenario import load\n"
        "assert LANGUAGES == ('en', 'xx'), LANGUAGES\n"
        "assert facts('xx')['name'] == 'Exempel'\n"
        "try:\n"
        "    load({'extends': 'default', 'horizn': 1})\n"
        "except OrgsimError as error:\n"
        "    print(error.said(Words('xx')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=with_a_new_language, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.stdout) == ("", "scenario => XX horizn XX; XX horizon?\n")


#: a change of the default scenario, and what English, and French, say about it
REFUSED = {
    "crisis.depth=2": ("must be less than or equal to 1", "doit être au plus 1"),
    "crisis.shape='x'": (
        "must be 'none', 'v', 'u', 'l', 'w' or 'series'",
        "doit être 'none', 'v', 'u', 'l', 'w' ou",
    ),
    "horizon.weeks=1.5": ("must be a whole number", "doit être un nombre entier"),
    "horizon.weeks=0": ("must be greater than or equal to 1", "doit être au moins 1"),
    "horizon.start=1": ("must be a valid string", "doit être un texte"),
    "market.churn_per_year='a'": ("must be a valid number, unable to", "doit être un nombre"),
    "market.churn_per_year=inf": ("must be a finite number", "doit être un nombre fini"),
    "mechanisms.early_handoff='maybe'": ("must be a valid boolean", "doit être oui ou non"),
    "case_types=1": ("must be a valid dictionary", "doit être une table"),
    "designs.silos.shared=1": ("must be a valid tuple", "doit être une liste"),
    "horizn.weeks=1": (
        "is no known field; did you mean horizon?",
        "n’est pas un champ connu ; vouliez-vous dire",
    ),
    "levers.x.kind='freeze'": (
        "levers.x.start_week is missing; add it",
        "levers.x.start_week manque ; ajoutez-le",
    ),
    "designs.silos.shared=['x']": ("is no function; known are", "n’existe pas (fonction) ; on connaît"),
    "remove=['x.y']": ("what is extended has no 'x'", "ce qui est prolongé n’a pas «"),
}


@pytest.mark.parametrize(("change", "told"), REFUSED.items())
def test_what_is_wrong_with_a_scenario_is_said_in_french(change, told):
    english, french = told
    with pytest.raises(OrgsimError) as refused:
        load("default", [change])
    assert english in str(refused.value)
    assert french in refused.value.said(Words("fr")).replace("\u00a0", " ").replace("\u202f", " ")
