"""The terminal speaks French: every text of its sources, and what the main commands print."""

import json
import re

import pytest
from click.testing import CliRunner

from message_ids import help_ids, spoken_ids
from orgsim.cli.main import main
from orgsim.language.words import LANGUAGES, SOURCE, Words, catalogue
from orgsim.scenario.catalogue import experiment_names, names, preset_names
from orgsim.terminal import speaking
from orgsim.terminal.speaking import speak, wanted
from orgsim.verification.rows import exact_rows
from orgsim.verification.validity import all_facts

OTHERS = [code for code in LANGUAGES if code != SOURCE]
SHORT = ("--set", "horizon.weeks=4")
#: words that any English sentence has, and that no French one, name of a file or of a field here does
_WORDS = """
    the of and is are was were to with that this where which what who whom when how each every all any not
    no for from by at in if its it be been has have had must may can than then there here people cost costs
    staff cases
    worlds weeks week runs run seeds seed measure measures difference mean values design designs unit units
    unclear better worse opened closed
"""
ENGLISH = set(re.findall(r"\w+", _WORDS))
#: what stands in a scenario or on a command line, in every language alike
_QUOTED = re.compile(r"`[^`]*`|\[[^\]]*\]|--\S+|\S*[._/=]\S+|\bNAME\b|\bFILE\b|orgsim \w+")


@pytest.fixture(autouse=True)
def english_again():
    yield
    speak(SOURCE)


@pytest.fixture
def call():
    def _call(*arguments, **environment):
        blank = dict.fromkeys((speaking.VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"))
        return CliRunner().invoke(main, [str(one) for one in arguments], env=blank | environment)

    return _call


def english_words(output):
    for name in (*main.commands, *preset_names(), *names(), *experiment_names()):
        output = re.sub(rf"(?m)^ +{name} ", " ", output)
    return ENGLISH & set(re.findall(r"[a-zà-ÿœ’'-]+", _QUOTED.sub(" ", output).lower()))


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_the_terminal_is_in_every_language(code):
    texts = catalogue(code)
    spoken = spoken_ids()
    assert len(spoken) > 150
    assert [text for text in (*spoken, *help_ids()) if text not in texts] == []
    facts = {text for fact in all_facts() for text in (fact.group, fact.name, fact.quantity)}
    rows = {text for row in exact_rows() for text in (getattr(row.case, "template", row.case), row.quantity)}
    assert [text for text in facts | rows if text not in texts] == []


TWO = ("--replications", "2")
STAFF = ("--same-service", "--target", "satisfaction>=50")
FIELD = ("--field", "frictions.handoff.bounce", "--low", "0", "--high", "0.3", "--steps", "2")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",), ("compare", "--help"), ("why", "--help"), ("sweep", "--help"), ("scenarios",),
        ("validate", "default"), ("check", "default"), ("run", "default", *SHORT),
        ("compare", "default", *SHORT, *TWO),
        ("compare", "default", *SHORT, *TWO, *STAFF), ("story", "default", "--week", "2", *SHORT),
        ("break-even", "default", *SHORT, *TWO, *FIELD, "--designs", "silos,teams"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_a_command_prints_in_french_has_no_english_word(call, arguments):
    answer = call(*arguments, "--language", "fr")
    assert answer.exit_code == 0, answer.output
    assert english_words(answer.output) == set(), answer.output
    in_english = call(*arguments)
    assert in_english.exit_code == 0
    assert english_words(in_english.output)  # the check sees English


def test_numbers_have_decimal_commas_in_french_and_points_in_english(call):
    french, english = (call("run", "default", *SHORT, "--language", code).output for code in ("fr", "en"))
    assert re.search(r"\d,\d", french)
    assert not re.search(r"\d\.\d", french)
    assert re.search(r"\d\.\d", english)
    assert not re.search(r"\d,\d", english)


def test_json_is_the_same_in_every_language(call):
    answers = [call("validate", "default", "--json", "--language", code).output for code in ("en", "fr")]
    assert answers[0] == answers[1]
    assert json.loads(answers[0])["kind"] == "inspection"


def test_the_option_stands_before_and_behind_the_command_the_variable_and_the_locale_follow(call):
    french, english = "Il manque l’argument", "Missing argument"
    for arguments in (("--language", "fr", "run"), ("run", "--language", "fr"), ("run", "--language=fr")):
        assert french in call(*arguments).output
        assert french in call(*arguments, ORGSIM_LANGUAGE="en").output
    assert english in call("run").output
    assert french in call("run", ORGSIM_LANGUAGE="fr", LANG="en_GB.UTF-8").output
    assert french in call("run", LANG="fr_CA.UTF-8").output
    assert english in call("run", LANG="fr_FR.UTF-8", LC_ALL="C").output
    assert english in call("run", ORGSIM_LANGUAGE="en", LC_ALL="fr_FR").output
    assert english in call("run", LANG="xx_XX.UTF-8").output


def test_a_language_that_there_is_not_is_refused(call):
    answer = call("scenarios", "--language", "xx")
    assert answer.exit_code == 2
    assert "'xx' is not one of 'en', 'fr'" in answer.output
    answer = call("scenarios", ORGSIM_LANGUAGE="xx")
    assert (answer.exit_code, answer.output) == (
        2, "orgsim: ORGSIM_LANGUAGE = 'xx' is no language; choose en or fr\n",
    )  # fmt: skip
    assert call("scenarios", "--language", "fr", ORGSIM_LANGUAGE="xx").exit_code == 0


def test_errors_are_said_in_the_language(call):
    answer = call("validate", "default", "--set", "crisis.depth=2", "--language", "fr")
    assert answer.exit_code == 2
    assert "crisis.depth = 2 doit être au plus 1" in answer.output
    answer = call("run", "default", "--seed", "x", "--language", "fr")
    assert "Valeur non valable pour '--seed'" in answer.output


def test_what_is_spoken_does_not_outlast_a_call(call):
    call("run", "--language", "fr")
    assert "Missing argument" in call("run").output


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        ([], {}, "en"), (["--language", "fr"], {}, "fr"), (["--language"], {}, "en"),
        ([], {"LANG": "fr"}, "fr"), ([], {"LANG": ""}, "en"), ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "fr@euro"}, "fr"), ([], {"LC_MESSAGES": "FR.utf8", "LANG": "de_DE"}, "fr"),
    ],
)  # fmt: skip
def test_which_language_is_wanted(arguments, environment, code):
    assert wanted(arguments, environment) == code
    assert Words(code).code == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_number_is_cut_on_a_narrow_terminal(call, monkeypatch, code):
    """92,4 that ended after its comma would be read as 92."""
    told = {}
    for columns in (80, 300):
        monkeypatch.setenv("COLUMNS", str(columns))
        told[columns] = call("run", "default", *SHORT, "--language", code).output
        assert max(map(len, told[columns].splitlines())) <= columns
    decimals = {columns: sorted(re.findall(r"\d+[.,]\d+", text)) for columns, text in told.items()}
    assert len(decimals[300]) > 30
    assert decimals[80] == decimals[300]
