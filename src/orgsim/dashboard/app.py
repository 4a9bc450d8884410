"""The application that Solara runs: one `Page`, which shows the page that the address names."""

import logging
from collections.abc import Callable
from typing import Any

import solara
from solara.lab.utils.headers import headers

from orgsim.dashboard.address import PAGES
from orgsim.dashboard.components import Bar
from orgsim.dashboard.events import TELLER
from orgsim.dashboard.messages import Message, message_of
from orgsim.dashboard.pages.compare import ComparePage
from orgsim.dashboard.pages.lessons import LessonsPage
from orgsim.dashboard.pages.live import LivePage
from orgsim.dashboard.pages.map import MapPage
from orgsim.dashboard.pages.resuming import resume
from orgsim.dashboard.pages.scenario import ScenarioPage
from orgsim.dashboard.session import Session, guarded
from orgsim.dashboard.speaking import spoken
from orgsim.dashboard.style import STYLE
from orgsim.dashboard.words import words
from orgsim.errors import OrgsimError
from orgsim.language.language import LANGUAGES, Language
from orgsim.language.words import facts

_NAMES = {"live": "Live", "compare": "Compare", "map": "Map", "lessons": "Lessons", "scenario": "Scenario"}
_HELP = {
    "live": "Watch two organisations side by side",
    "compare": "Many paired worlds: differences, intervals, reasons",
    "map": "Where the answer turns, over two factors",
    "lessons": "Guided lessons for a class",
    "scenario": "Every parameter of the company, the crisis and the designs",
}


def _pages() -> dict[str, Any]:
    return {
        "live": LivePage,
        "compare": ComparePage,
        "map": MapPage,
        "lessons": LessonsPage,
        "scenario": ScenarioPage,
    }


@solara.component
def Page() -> None:
    """The dashboard, or, where it cannot be drawn at all, a sentence and the way to its start."""
    router = solara.use_router()
    error, _ = solara.use_exception()
    accepted = (headers.value or {}).get("accept-language", [""])
    say = spoken(router.search or "", accepted[0])
    reason = solara.use_memo(lambda: _reason(error, say), [error])
    if error is None:
        Dashboard(router.search).key("dashboard")
        return
    with solara.Div(classes=["os-app", "os-broken"]).key("broken"):
        solara.Style(STYLE)
        solara.v.Html(tag="p", attributes={"role": "alert"}, children=[reason])
        solara.v.Html(tag="a", attributes={"href": f"?language={say.code}"},
                      children=[say("Open the start page")])  # fmt: skip


@solara.component
def Dashboard(search: str | None) -> None:
    """Bar and page."""
    session = solara.use_memo(lambda: Session(search), [])
    bar_widget: Any = solara.use_ref(None)
    say, address = session.say, session.address.value

    def alive(number: Any) -> None:
        session.alive()
        bar_widget.current.beat = int(number)  # straight to the page: nothing is drawn anew for it

    def on(act: Callable[[Any], Any]) -> Callable[[Any], None]:
        return guarded(session, act)

    solara.provide_context(TELLER, session.tell_error)
    solara.use_effect(lambda: session.close, [])
    with solara.Div(classes=["os-app"]):
        solara.Style(STYLE)
        bar = Bar(
            words=words("bar", say), language=address.language, theme=address.theme,
            pages=[{"key": key, "name": say(_NAMES[key]), "help": say(_HELP[key])} for key in PAGES],
            links={key: address.at(page=key).search for key in PAGES}, current=address.page,
            search=address.search, languages=[[code, facts(code)["name"]] for code in LANGUAGES],
            projector=address.projector, title=f"{say(_NAMES[address.page])} – orgsim",
            messages=[{"text": m.said(say), "kind": m.kind} for m in session.messages.value],
            event_go=on(lambda page: page in PAGES and session.set(page=page)),
            event_dismiss=on(session.dismiss), event_set=on(lambda values: _set(session, values)),
            event_visit=on(session.visit), event_alive=on(alive), event_keep=on(lambda _: session.keep_day()),
            memory=session.memory.value.text, event_resume=on(lambda left: resume(session, left)),
        )  # fmt: skip
        with solara.v.Html(tag="div", attributes={"id": "os-main", "tabindex": "-1"}, class_="os-main"):
            solara.v.Html(tag="h1", class_="os-hidden", children=[say(_HELP[address.page])])
            Guarded(session, address.page, say)

    def attach() -> None:
        bar_widget.current = solara.get_widget(bar)

    solara.use_effect(attach, [])


def _set(session: Session, values: dict[str, Any]) -> None:
    """Language, theme, projector: nothing else comes this way."""
    known = {key: value for key, value in values.items() if key in ("language", "theme", "projector")}
    if known.get("language", "en") in LANGUAGES and known.get("theme", "light") in ("light", "dark"):
        session.set(**known)


@solara.component
def Guarded(session: Session, page: str, say: Language) -> None:
    """A page whose errors become a message; the rest stays alive."""
    error, clear = solara.use_exception()
    reason = solara.use_memo(lambda: _reason(error, say), [error, say.code])
    if error is not None:
        with solara.Div(classes=["os-broken"]).key("broken"):
            solara.v.Html(tag="p", attributes={"role": "alert"}, children=[reason])
            solara.Button(say("Try again"), on_click=clear)
            if session.address.value.day:
                solara.Button(say("Back to the first day"), on_click=lambda: session.set(day=0) and clear())
        return
    _pages()[page](session).key(page)


def _reason(error: BaseException | None, say: Language) -> str:
    """Why a page is not shown; the terminal has the rest of what nobody has foreseen."""
    if error is None:
        return ""
    if isinstance(error, OrgsimError):
        return message_of(error).said(say)
    logging.getLogger("orgsim.dashboard").error("a page could not be drawn", exc_info=error)
    return Message(
        "Something went wrong here ({reason}); the terminal in which orgsim runs has the details.",
        {"reason": type(error).__name__},
    ).said(say)
