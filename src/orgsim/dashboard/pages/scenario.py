"""The scenario page: every parameter, levers on a timeline, upload and download, a glance at the effect."""

from typing import Any

import solara

from orgsim.dashboard import choosing, forms
from orgsim.dashboard.address import pack
from orgsim.dashboard.choosing import Chosen
from orgsim.dashboard.components import Choices, Files, Form, Glance, Levers, Saver
from orgsim.dashboard.glance import glance
from orgsim.dashboard.levers import add_lever, lever_rows, offers
from orgsim.dashboard.messages import Message, message_of
from orgsim.dashboard.pages.live import changes_text, scenario_groups
from orgsim.dashboard.pages.parts import file_name, give, take
from orgsim.dashboard.session import Session
from orgsim.dashboard.words import words
from orgsim.errors import OrgsimError, short
from orgsim.language.language import Language
from orgsim.scenario.reference import facts_of
from orgsim.world import environment


def upload(session: Session, given: dict[str, Any]) -> None:
    """A scenario file from the person's disk."""
    name = short(str(given.get("name", "")).removesuffix(".toml"), 60) or "own"
    tables = take(session, given, lambda content: choosing.read_upload(content, name), choosing.too_large)
    if tables is None:
        return
    address = session.address.peek().at(scenario=name, own=pack(tables), changes=(), designs=())
    if session.go(address):
        session.tell(
            Message("“{name}” is loaded; it stays in this page and in its link.", {"name": name}, "news")
        )


@solara.component
def ScenarioPage(session: Session) -> None:
    """The whole page."""
    say, address, chosen = session.say, session.address.value, session.chosen.value
    room, set_room = solara.use_state("crisis")
    search, set_search = solara.use_state("")
    nothing_wrong: dict[str, tuple[Any, str]] = {}
    errors, set_errors = solara.use_state(nothing_wrong)
    file, set_file = solara.use_state(None)
    state = [id(chosen), say.code]
    seen = solara.use_memo(lambda: glance(chosen, address.seed, say), [*state, address.seed])
    groups = solara.use_memo(
        lambda: forms.form(chosen, say, room, search, errors), [*state, room, search, repr(errors)]
    )

    def change(what: dict[str, Any]) -> None:
        path = str(what["path"])
        value = forms.typed(chosen, path, what["value"])
        wrong = dict(errors)
        wrong.pop(path, None)
        with session.together():
            try:
                session.show(session.address.peek().changed(path, value))
            except OrgsimError as error:
                wrong[path] = (what["value"], field_message(path, value, error, say))
            set_errors(wrong)

    def restore(path: str) -> None:
        set_errors({key: value for key, value in errors.items() if key != path})
        session.go(session.address.peek().restored(path))

    def enter(key: str) -> None:
        set_search("")
        set_room(key if key in forms.ROOMS else "crisis")

    def press(what: str) -> None:
        if what == "toml":
            give(session, set_file, file_name(session, "scenario", "toml"),
                 lambda: choosing.as_toml(chosen.settings).encode())  # fmt: skip
        elif what == "undo":
            set_errors({})
            session.set(changes=())

    def choose(what: dict[str, Any]) -> None:
        set_errors({})
        session.set(scenario=what["value"], own="", changes=(), designs=())

    long = (
        "" if address.fits_a_link else say("Too much has changed for a link; download the scenario instead.")
    )
    buttons = [["toml", say("Download the scenario")]]
    if address.changes:
        buttons.append(["undo", say("Undo all changes ({changes})", changes=changes_text(session, say))])
    with solara.Div(classes=["os-page", "os-scenario"]):
        with solara.Div(classes=["os-row"]):
            Choices(
                words=words("choices", say), downloads=[], event_choose=choose, event_save=lambda _: None,
                choices=[{"key": "scenario", "kind": "choice", "label": say("Scenario"),
                          "value": address.scenario, "groups": scenario_groups(session, say)}],
            )  # fmt: skip
            Files(
                label=say("Upload a scenario"), accept=".toml", limit=choosing.UPLOAD_LIMIT, buttons=buttons,
                note=long, event_take=lambda given: upload(session, given), event_press=press,
            )  # fmt: skip
        solara.v.Html(
            tag="p", class_="os-note", children=[say(chosen.settings.description.replace("\n", " ").strip())]
        )
        with solara.Div(classes=["os-split"]):
            with solara.Div(classes=["os-left"]):
                if room == "levers" and not search:
                    _levers(session, chosen, say)
                Form(
                    words=words("form", say), rooms=forms.rooms(chosen, say), room=room, search=search,
                    groups=groups, event_find=set_search, event_change=change, event_restore=restore,
                    event_open=enter,
                )  # fmt: skip
            Glance(
                words=words("glance", say), names=[say(chosen.label(design)) for design in chosen.designs],
                rows=seen["rows"], note=seen["note"], remarks=seen["remarks"],
                event_go=lambda page: page in ("live", "compare") and session.set(page=page),
            )  # fmt: skip
        Saver(file=file)


def field_message(path: str, value: Any, error: OrgsimError, say: Language) -> str:
    """What is wrong with a value, at its field."""
    facts = facts_of(path)
    if facts is not None and isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = facts.limits
        if (low is not None and value < low) or (high is not None and value > high):
            low_text, high_text = (forms.shown(end, say) for end in facts.bounds.split(" to "))
            return say("{value} is outside the range: {low} to {high}.", value=say.short(value), low=low_text,
                       high=high_text)  # fmt: skip
    if value is None:
        return say("A value is needed here.")
    return message_of(error).said(say)


def _levers(session: Session, chosen: Chosen, say: Language) -> None:
    horizon = chosen.settings.horizon
    curve = environment(chosen.settings).index[horizon.warmup_weeks :]

    def move(what: dict[str, Any]) -> None:
        session.go(session.address.peek().changed(f"levers.{what['key']}.start_week", int(what["week"])))

    def add(name: str) -> None:
        session.go(add_lever(session.address.peek(), chosen, name))

    def remove(key: str) -> None:
        address = session.address.peek().restored(f"levers.{key}")
        if key in chosen.base.levers:
            address = address.changed(f"levers.{key}", None)
        session.go(address)

    Levers(
        words=words("levers", say), levers=lever_rows(chosen, say), weeks=horizon.weeks,
        curve=[round(float(value), 4) for value in curve], offers=offers(chosen, say), event_move=move,
        event_remove=remove, event_add=add,
    )  # fmt: skip
