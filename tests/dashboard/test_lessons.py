"""Lessons: the same in both languages, safe whatever a trainer loads, and with scenarios that run."""

import pytest

from orgsim.answers.health import check
from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import choose
from orgsim.dashboard.lessons import bundled_lessons, read_lesson, to_html
from orgsim.dashboard.messages import InputError
from orgsim.dashboard.pages.lessons import address_of, answers_of, in_language
from orgsim.language.language import Language

LESSONS = bundled_lessons()
ENGLISH = in_language(LESSONS, "en")
OWN = """+++
lesson = "mine"
title = "Mine"
+++
## Question
Why **so**? <script>alert(1)</script> ![x](http://elsewhere/x.png) [y](javascript:alert(1))

## Explanation
Because.

## Exercise
1. Try.
"""


def test_there_are_the_lessons_that_were_promised():
    names = {lesson.name for lesson in ENGLISH}
    assert names >= {"handoffs", "near-and-far", "pooling", "surge", "satisfaction-kpi", "staged-or-big-bang"}


@pytest.mark.parametrize("lesson", ENGLISH, ids=lambda lesson: lesson.name)
def test_a_lesson_is_whole_in_both_languages(lesson):
    french = next(one for one in in_language(LESSONS, "fr") if one.name == lesson.name)
    assert french.head.language == "fr"
    texts = {"language", "title", "answers"}
    assert french.head.model_dump(exclude=texts) == lesson.head.model_dump(exclude=texts)
    assert bool(french.head.answers) == bool(lesson.head.answers)
    assert lesson.asks.endswith("?")
    assert french.asks.endswith("?")
    assert french.head.title != lesson.head.title
    chosen = choose(address_of(lesson, Address()))
    assert chosen.designs == lesson.head.designs
    assert len(answers_of(french, chosen, Language("fr"))) == 3


@pytest.mark.parametrize("lesson", ENGLISH, ids=lambda lesson: lesson.name)
def test_a_lesson_teaches_on_a_company_that_is_sound(lesson):
    """Else its own comparison says that nothing is concluded."""
    chosen = choose(address_of(lesson, Address()))
    assert [str(remark.what) for _, remark in check(chosen.settings, chosen.designs).reasons] == []


def test_a_lesson_of_ones_own_is_text_and_nothing_else():
    lesson = read_lesson(OWN.encode())
    assert lesson.own
    question = lesson.parts["question"]
    assert "<strong>so</strong>" in question
    assert "<script" not in question
    assert "<img" not in question
    assert 'href="javascript' not in question


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no head", "begins with a head"),
        (b"+++\na = [\n+++\nx", "not valid TOML"),
        (OWN.replace('title = "Mine"', 'measure = "luck"\ntitle = "x"').encode(), "no measure"),
        (OWN.replace("## Exercise", "## Else").encode(), "## Exercise"),
        (OWN.replace('title = "Mine"', "").encode(), "title"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x" * 200_000, "too large"),
    ],
)
def test_a_broken_lesson_says_what_is_wrong(content, message):
    with pytest.raises(InputError, match=message):
        read_lesson(content)


def test_a_folder_of_lessons_is_read(tmp_path):
    (tmp_path / "mine.md").write_text(OWN, encoding="utf-8")
    assert "mine" in {lesson.name for lesson in bundled_lessons([tmp_path])}


def test_markdown_has_tables():
    assert "<table>" in to_html("| a | b |\n|---|---|\n| 1 | 2 |\n")
