"""The application that Solara runs: one `Page`, which shows the page that the address names."""

import traceback
from typing import Any

import solara

from orgsim.dashboard.address import PAGES
from orgsim.dashboard.components import Bar
from orgsim.dashboard.messages import Message
from orgsim.dashboard.pages.compare import ComparePage
from orgsim.dashboard.pages.lessons import LessonsPage
from orgsim.dashboard.pages.live import LivePage
from orgsim.dashboard.pages.map import MapPage
from orgsim.dashboard.pages.scenario import ScenarioPage
from orgsim.dashboard.session import Session
from orgsim.dashboard.style import STYLE
from orgsim.dashboard.words import words
from orgsim.report.language import LANGUAGES, Language

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
    """The dashboard."""
    router = solara.use_router()
    session = solara.use_memo(lambda: Session(router.search), [])
    beat, set_beat = solara.use_state(0)
    say, address = session.say, session.address.value

    def alive(number: Any) -> None:
        session.alive()
        set_beat(int(number) + 1)

    solara.use_effect(lambda: session.close, [])
    with solara.Div(classes=["os-app"]):
        solara.Style(STYLE)
        Bar(
            words=words("bar", say), language=address.language, theme=address.theme,
            pages=[{"key": key, "name": say(_NAMES[key]), "help": say(_HELP[key])} for key in PAGES],
            links={key: address.at(page=key).search for key in PAGES}, current=address.page,
            search=address.search, languages=[list(pair) for pair in LANGUAGES.items()],
            projector=address.projector, title=f"{say(_NAMES[address.page])} – orgsim",
            messages=[{"text": m.said(say), "kind": m.kind} for m in session.messages.value], beat=beat,
            event_go=lambda page: page in PAGES and session.set(page=page), event_dismiss=session.dismiss,
            event_set=lambda values: _set(session, values), event_visit=session.visit, event_alive=alive,
            event_keep=lambda _: session.keep_day(),
        )  # fmt: skip
        with solara.v.Html(tag="div", attributes={"id": "os-main", "tabindex": "-1"}, class_="os-main"):
            solara.v.Html(tag="h1", class_="os-hidden", children=[say(_HELP[address.page])])
            Guarded(session, address.page, say)


def _set(session: Session, values: dict[str, Any]) -> None:
    """Language, theme, projector: nothing else comes this way."""
    known = {key: value for key, value in values.items() if key in ("language", "theme", "projector")}
    if known.get("language", "en") in LANGUAGES and known.get("theme", "light") in ("light", "dark"):
        session.set(**known)


@solara.component
def Guarded(session: Session, page: str, say: Language) -> None:
    """A page whose errors become a message; the rest stays alive."""
    error, clear = solara.use_exception()
    if error is not None:
        traceback.print_exception(error)
        text = Message("Something went wrong on this page ({reason}). The other pages still work.",
                       {"reason": type(error).__name__}).said(say)  # fmt: skip
        with solara.Div(classes=["os-broken"]):
            solara.v.Html(tag="p", children=[text])
            solara.Button(say("Try again"), on_click=clear)
        return
    _pages()[page](session).key(page)
