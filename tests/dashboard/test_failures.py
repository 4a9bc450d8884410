"""Whatever goes wrong on a page is a sentence on it: events, drawing, the first drawing of all."""

import logging

import pytest
import solara

from orgsim.dashboard import app
from orgsim.dashboard.messages import InputError
from orgsim.dashboard.session import Session


def texts(box):
    """What stands on a page that was drawn without a browser."""
    found, waiting = [], [box]
    while waiting:
        widget = waiting.pop()
        for name in ("children", "v_slots"):
            waiting += [child for child in getattr(widget, name, None) or [] if hasattr(child, "traits")]
            found += [child for child in getattr(widget, name, None) or [] if isinstance(child, str)]
        found += [message["text"] for message in getattr(widget, "messages", None) or []]
    return " ".join(found)


def drawn(search):
    return solara.render(
        solara.RoutingProvider(children=[app.Page()], routes=[], pathname=f"/?{search}"), handle_error=False
    )


@pytest.fixture(params=["Session", "Bar"])
def broken(request, monkeypatch):
    """Something breaks before there is a page."""

    def fail(*args, **kwargs):
        raise ZeroDivisionError("of nobody's making")

    monkeypatch.setattr(app, request.param, fail)


def test_what_breaks_before_there_is_a_page_is_a_sentence(broken, caplog):
    box, context = drawn("language=fr")
    shown = texts(box)
    assert "Un problème est survenu ici (ZeroDivisionError)" in shown
    assert "Ouvrir la page d’accueil" in shown
    assert "Traceback" not in shown
    assert any(record.exc_info for record in caplog.records)  # the terminal has it
    context.close()


@pytest.mark.parametrize(
    "error", [KeyError("x"), RecursionError(), MemoryError(), UnicodeError("y"), InputError("Too far.")]
)
def test_what_breaks_while_a_page_is_drawn_is_a_sentence(error, monkeypatch, caplog):
    @solara.component
    def page(session):
        raise error

    monkeypatch.setattr(app, "_pages", lambda: {"lessons": page})
    box, context = drawn("page=lessons&language=fr")
    shown = texts(box)
    expected = (
        "Too far."
        if isinstance(error, InputError)
        else f"Un problème est survenu ici ({type(error).__name__})"
    )
    assert expected in shown
    assert "Traceback" not in shown
    context.close()


def test_an_event_that_fails_is_told(monkeypatch, caplog):
    """Of any component: none is silent."""
    from orgsim.dashboard.components import LessonList

    @solara.component
    def page(session):
        LessonList(lessons=[], event_open=lambda name: 1 / 0)

    monkeypatch.setattr(app, "_pages", lambda: {"lessons": page})
    box, context = drawn("page=lessons")
    waiting, lists = [box], []
    while waiting:
        widget = waiting.pop()
        lists += [widget] if hasattr(widget, "lessons") else []
        waiting += [child for child in getattr(widget, "children", None) or [] if hasattr(child, "traits")]
    lists[0]._handle_event(None, {"event": "open", "data": "x"}, [])
    assert "That did not work (ZeroDivisionError)" in texts(box)
    context.close()


def test_a_scenario_that_breaks_what_nobody_has_foreseen_leaves_a_page(monkeypatch, caplog):
    from orgsim.dashboard import session

    whole = session.choose

    def choose(address):
        if address.changes:
            raise ZeroDivisionError("of nobody's making")
        return whole(address)

    monkeypatch.setattr(session, "choose", choose)
    with caplog.at_level(logging.ERROR):
        found = Session("?set=horizon.weeks%3D30")
    assert found.address.peek().changes == ()
    assert "ZeroDivisionError" in str(found.messages.peek())
    found.close()
