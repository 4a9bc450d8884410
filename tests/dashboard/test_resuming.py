"""What a tab remembers, and a page that is taken up again from it; without a browser."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.test_study import finished
from orgsim.dashboard import study as studies
from orgsim.dashboard.budget import LONGEST_MEMORY
from orgsim.dashboard.lessons import read_lesson
from orgsim.dashboard.live import SPEEDS
from orgsim.dashboard.messages import InputError
from orgsim.dashboard.pages import compare, lessons
from orgsim.dashboard.pages import map as mapping
from orgsim.dashboard.pages.live import live_of
from orgsim.dashboard.pages.resuming import resume
from orgsim.dashboard.remembering import Asked, Memory, recall
from orgsim.dashboard.session import Session
from orgsim.dashboard.shelf import Shelf

SEARCH = "?page=compare&worlds=10&seed=5&set=horizon.weeks%3D4"
OWN = (
    '+++\nlesson = "mine"\ntitle = "Mine"\nreplications = 4\n[changes]\n"horizon.weeks" = 4\n+++\n'
    "## Question\nWhat?\n\n## Explanation\nThus.\n\n## Exercise\nDo.\n"
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs", "Cf"]))


@pytest.fixture
def shelf(monkeypatch):
    """A shelf of this test's own."""
    own = Shelf(5)
    monkeypatch.setattr(studies, "SHELF", own)
    yield own
    own.clear()


def asked(search=SEARCH):
    """A page on which a comparison was asked for, and has its answer."""
    session = Session(search)
    session.ask("compare", session.chosen.peek(), compare.asked(session.address.peek()))
    finished(session.study("compare"))
    return session


def again(text, search=SEARCH, **left):
    """The page that is loaded in its place."""
    session = Session(search)
    resume(session, {"memory": text, "playing": False} | left)
    return session


def answer(session):
    found = session.study("compare").findings()
    return found.difference(found.base, "teams", "result").difference


def test_an_answer_comes_from_the_shelf_or_is_computed_again_and_is_the_same(shelf):
    before = asked()
    there, text = answer(before), before.memory.peek().text
    before.close()
    soon = again(text)
    assert soon.study("compare").state == "done"  # at once
    assert answer(soon) == there
    assert soon.study("compare").answers(soon.chosen.peek(), compare.asked(soon.address.peek()))
    assert soon.memory.peek().text == text
    soon.study("compare").start_over()
    soon.close()
    late = again(text)
    assert late.study("compare").state == "running"
    finished(late.study("compare"))
    assert answer(late) == there
    assert late.messages.peek() == ()
    late.close()


def test_what_was_asked_before_something_else_was_chosen_comes_back_as_that(shelf):
    """A page shows the answer to what was asked, and says that something else is chosen since."""
    before = asked()
    before.set(seed=6)
    text, search = before.memory.peek().text, before.address.peek().search
    before.close()
    session = again(text, search)
    study = finished(session.study("compare"))
    assert not study.answers(session.chosen.peek(), compare.asked(session.address.peek()))
    session.set(seed=5)
    assert study.answers(session.chosen.peek(), compare.asked(session.address.peek()))
    session.close()


def test_an_explanation_is_asked_for_again(shelf):
    before = asked()
    before.explain("compare", "satisfaction")
    before.study("compare").cancel()  # as if it had not come yet
    text = before.memory.peek().text
    before.close()
    session = again(text)
    assert session.study("compare").what == "explain"
    finished(session.study("compare"), 300)
    assert session.study("compare").explained == "satisfaction"
    session.cancel("compare")
    session.close()


def test_what_is_lost_is_said(shelf):
    """What a study had found before it was cancelled; a lesson that is not there."""
    memory = Memory({
        "compare": Asked(SEARCH, cancelled=True), "lesson nowhere": Asked("?page=lessons&lesson=nowhere"),
        "map": Asked("?page=map&scenario=nowhere"),
    })  # fmt: skip
    session = again(memory.text)
    told = [message.said(session.say) for message in session.messages.peek()]
    assert [text.split("“")[1].split("”")[0] for text in told] == ["Compare", "lesson nowhere", "Map"]
    assert session.study("compare").state == "idle"
    assert "compare" not in session.memory.peek().studies
    session.close()


def test_a_lesson_of_ones_own_its_votes_and_its_run(shelf):
    before = Session("?page=lessons")
    lessons.add_lesson(before, read_lesson(OWN.encode()))
    before.set(lesson="mine", votes=(1, 2, 3))
    memory = before.memory.peek().with_prediction("Mine", (("a", "b", "c"), (1, 2, 3), None))
    before.memory.set(memory.with_study("lesson mine", Asked(before.address.peek().search)))
    session = again(before.memory.peek().text, before.address.peek().search)
    lesson = next(one for one in session.lessons.peek() if one.name == "mine")
    assert lesson.own
    assert finished(session.study("lesson mine")).state == "done"
    assert session.memory.peek() == before.memory.peek()
    assert b"Mine,b,2," in lessons.predictions_csv(session, session.say)
    session.close()


def test_a_run_plays_on_at_its_pace_after_a_lost_connection_only(shelf):
    text = Memory(speed=SPEEDS[0]).text
    for playing in (True, False):
        session = Session("?day=5&set=horizon.weeks%3D4")
        live_of(session)
        resume(session, {"memory": text, "playing": playing})
        assert session.live.speed == SPEEDS[0]
        assert session.live.playing.is_set() is playing
        session.close()


def test_every_study_of_a_page_can_be_asked_again():
    """The experiment follows from the address alone."""
    assert compare.asked(Session("?worlds=7").address.peek())["replications"]["base"] == 20
    address = Session("?factors=nothing,else&cells=3&ranges=4,3,2,1&measure=no").address.peek()
    assert mapping.asked(address)["measures"] == ["result"]
    paths = ("crisis.depth", "frictions.handoff.transfer_hours")
    assert mapping.asked(address.at(factors=paths, ranges=(0.4, 0.2, 1.0, 2.0))) is None


@given(
    st.dictionaries(WORDS, st.builds(Asked, WORDS, WORDS, st.booleans()), max_size=3),
    st.lists(WORDS, max_size=3), st.sampled_from(SPEEDS), WORDS, st.integers(0, 2) | st.none(),
)  # fmt: skip
def test_what_is_remembered_is_recalled(asked, sources, speed, title, outcome):
    memory = Memory(asked, tuple(sources), {title: (("a", title, ""), (1, 2, 3), outcome)}, speed)
    assert recall(memory.text) == memory


def test_nothing_is_nothing():
    assert Memory().text == ""


def test_lessons_that_are_too_long_to_travel_are_left_out():
    memory = Memory(lessons=("x" * LONGEST_MEMORY,), speed=5.0)
    assert recall(memory.text) == Memory(speed=5.0)


GOOD = {"studies": [], "lessons": [], "predictions": [], "speed": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "{}", "9" * 5000, "x" * (LONGEST_MEMORY + 1),
        *(json.dumps(GOOD | change) for change in (
            {"studies": 3}, {"studies": [["a"]]}, {"studies": [[1, "", "", False]]}, {"lessons": [1]},
            {"predictions": [["t", ["a"], [1, 2], 0]]}, {"predictions": [["t", ["a"], ["b"], 0]]},
            {"speed": "fast"}, {"speed": None},
        )),
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(InputError):
        recall(text)


def test_a_shelf_holds_so_many_and_gives_each_away_once():
    from tempfile import TemporaryDirectory

    shelf, places = Shelf(2), [TemporaryDirectory() for _ in range(4)]
    for question, place in zip(("a", "b", "b", "c"), places, strict=True):
        shelf.put(question, place)
    assert shelf.take("a") is None
    assert shelf.take("b") is places[2]
    assert shelf.take("b") is None
    assert shelf.take("c") is places[3]
    from pathlib import Path

    assert [Path(place.name).exists() for place in places] == [False, False, True, True]
    for place in places[2:]:
        place.cleanup()
