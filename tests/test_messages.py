"""A message keeps its values, so that any language can say it; an error is one."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from message_ids import ROOT, unmade_messages
from orgsim.errors import OrgsimError, RuleError, ScenarioError, listed
from orgsim.language.words import Words
from orgsim.messages import ENGLISH, Message, Wording, joined


class Shouting(Wording):
    """A language for a trial: what is translated is loud, what is a value is not."""

    def text(self, template):
        return {"{a} and {b}": "{b} UND {a}", " or ": " ODER ", "none": "NICHTS"}.get(template, template)

    def written(self, digits):
        return digits.translate({ord(","): ".", ord("."): ","})


def test_a_message_is_said_in_any_language():
    message = Message("{a} and {b}", a=Message("none"), b=joined(["x", "y"], " or "))
    assert str(message) == "none and x or y"
    assert Shouting().said(message) == "x ODER y UND NICHTS"


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 runs are kept", "0 simulation est gardée"),
        (1, "1 run is kept", "1 simulation est gardée"),
        (2, "2 runs are kept", "2 simulations sont gardées"),
        (1234, "1,234 runs are kept", "1\u202f234 simulations sont gardées"),
    ],
)
def test_what_is_counted_agrees_with_its_number(count, english, french):
    assert Words("en")("{count:, run is|runs are} kept", count=count) == english
    assert Words("fr")("{count:, simulation est gardée|simulations sont gardées}", count=count) == french


def test_numbers_for_people_follow_the_language_and_those_of_files_do_not():
    message = Message("{count:,} {share:.1f} {depth:g} {plain}", count=1234, share=0.5, depth=0.25, plain=1.5)
    assert str(message) == "1,234 0.5 0.25 1.5"
    assert Shouting().said(message) == "1.234 0,5 0.25 1.5"


@given(st.text(), st.text())
def test_what_a_person_wrote_is_never_taken_for_a_template(name, other):
    assert str(Message("{a} and {b}", a=name, b=other)) == f"{name} and {other}"
    assert Shouting().said(Message("{a} and {b}", a=name, b=other)) == f"{other} UND {name}"


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=300))
def test_an_error_without_values_says_its_text_as_it_stands(text):
    assert str(OrgsimError(text)) == text


def test_an_error_tells_in_english_and_keeps_what_it_told():
    inner = ScenarioError("{path}: there is no such file", path="a.toml")
    error = OrgsimError("{where}: {problem}", where="b.toml", problem=inner)
    assert str(error) == "b.toml: a.toml: there is no such file"
    assert error.said(Words("fr")) == "b.toml\u00a0: a.toml\u00a0: ce fichier n’existe pas"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.message) == (str(error), error.message)


def test_a_rule_of_the_schema_keeps_its_message():
    error = RuleError("{field}: {rest:,}", field="x", rest=1000)
    assert isinstance(error, ValueError)
    assert str(error) == "x: 1,000"
    assert error.message == Message("{field}: {rest:,}", field="x", rest=1000)


def test_a_long_list_says_how_many_more_in_the_language():
    names = listed(str(number) for number in range(2000))
    assert ENGLISH.said(names).endswith("11 and 1,988 more")
    assert Words("fr").said(names).endswith("11 et 1\u202f988 de plus")


def test_a_message_of_many_lines_is_cut_in_the_language():
    error = OrgsimError("\n".join("abc"))
    assert error.said(Words("fr")) == "a\nb\nc"
    assert OrgsimError("x\n" * 2000).said(Words("fr")).endswith("… et 1\u202f991 de plus")


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_error_is_finished_english(path):
    assert list(unmade_messages(path)) == []
