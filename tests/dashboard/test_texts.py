"""Everything that the dashboard says is there in French: pages, help, lessons' frames, messages."""

import re

import pytest

from dashboard_texts import said
from orgsim.dashboard.choosing import bundled, bundled_tables
from orgsim.dashboard.messages import message_of
from orgsim.errors import ScenarioError
from orgsim.language.language import Language, catalogue
from orgsim.language.words import names, typeset
from orgsim.scenario import load
from orgsim.scenario.practices import Practices
from orgsim.scenario.reference import fields

FRENCH = catalogue("fr")


def test_every_text_of_the_dashboard_is_translated():
    assert len(said()) > 200
    assert [text for text in said() if text not in FRENCH] == []


def test_translations_keep_what_is_filled_in():
    """A hole that is lost, or invented, would be an error on the page."""
    for english, french in FRENCH.items():
        holes = [set(re.findall(r"{(\w+)[:}]", text)) for text in (english, french)]
        assert holes[1] <= holes[0], english


@pytest.mark.parametrize(
    ("text", "typeset_text"),
    [
        ("Quoi ? Rien ; si : 5 % de 3 €.", "Quoi\u202f? Rien\u202f; si\u00a0: 5\u202f% de 3\u202f€."),
        ("« oui »", "«\u00a0oui\u00a0»"),
        (
            "12 000 hôtels en 2019 et 1 234 567 ailleurs",
            "12\u202f000 hôtels en 2019 et 1\u202f234\u202f567 ailleurs",
        ),
        ("déjà\u00a0: là\u202f!", "déjà\u00a0: là\u202f!"),
        (
            "http://localhost:8765, 12:30, « {name} = {value} »",
            "http://localhost:8765, 12:30, «\u00a0{name} = {value}\u00a0»",
        ),
    ],
)
def test_no_line_breaks_before_a_sign_in_french(text, typeset_text):
    assert typeset("fr", text) == typeset_text
    assert typeset("fr", typeset_text) == typeset_text


def test_every_french_text_is_typeset():
    """Whoever writes one need not think of it."""
    said = [*FRENCH.values()]
    said += [text for table in names("fr").values() for text in table.values()]
    assert [text for text in said if re.search(r" [:;?!»%]|« |[\d}] (€|\d{3}\b)", text)] == []


def names_of(tables):
    if isinstance(tables, dict):
        for key, value in tables.items():
            if key in ("label", "title", "name") and isinstance(value, str):
                yield value
            elif key == "description" and isinstance(value, str):
                yield value.replace("\n", " ").strip()
            else:
                yield from names_of(value)
    elif isinstance(tables, list):
        for value in tables:
            yield from names_of(value)


def test_the_bundled_scenarios_speak_french():
    missing = {
        text
        for members in bundled().values()
        for name in members
        for text in names_of(bundled_tables(name))
        if text not in FRENCH
    }
    assert missing == set()


def test_every_field_speaks_french():
    for facts in fields():
        for text in (facts.meaning, facts.source, facts.unit):
            assert not text or text == "–" or text in FRENCH, text
    for name in Practices.model_fields:
        assert name.replace("_", " ").capitalize() in FRENCH


def test_an_error_on_a_page_does_not_say_that_it_is_about_the_scenario():
    with pytest.raises(ScenarioError) as refused:
        load({"extends": "default", "crisis": {"depth": 2}, "oops": 1})
    told = message_of(refused.value)
    assert told.said(Language("en")).startswith(
        "crisis.depth = 2 must be less than or equal to 1\noops is no"
    )
    assert told.said(Language("fr")).startswith(
        "crisis.depth = 2 doit être au plus 1\noops n’est pas un champ"
    )
