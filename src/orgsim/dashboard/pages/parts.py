"""What the pages about many runs share: a study's progress, its downloads."""

import base64
import binascii
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import solara

from orgsim.dashboard import results
from orgsim.dashboard.components import Progress
from orgsim.dashboard.messages import Message
from orgsim.dashboard.session import Session, in_background
from orgsim.dashboard.study import Study
from orgsim.dashboard.words import words
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.report.figures import Figure
from orgsim.report.pictures import picture

Answer = TypeVar("Answer")
_KINDS = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv", "html": "text/html",
          "toml": "application/toml", "md": "text/markdown"}  # fmt: skip
#: a page is drawn anew at most so often while a study runs
_SECONDS_BETWEEN = 0.7


@dataclass(frozen=True)
class Watched:
    """A study of the session by its name, and a number that grows whenever it has something new."""

    session: Session
    name: str
    study: Study
    version: int


def use_study(session: Session, name: str) -> Watched:
    """The session's study of that name; the component is drawn anew as it goes on."""
    version, set_version = solara.use_state(0)
    last = solara.use_ref(0.0)
    study = session.study(name)

    def changed() -> None:
        now = time.monotonic()
        if study.state == "running" and now - last.current < _SECONDS_BETWEEN:
            return
        last.current = now
        set_version(lambda value: value + 1)

    study.changed = changed
    return Watched(session, name, study, version)


def progress_text(study: Study, say: Language) -> str:
    """How far a study is."""
    if study.state == "running":
        left = study.remaining
        if not study.planned:
            return say("Preparing…")
        so_far = say("{done} of {planned: run|runs}", done=study.done, planned=study.planned)
        if left is None:
            return so_far
        return f"{so_far} · {say('about {seconds} s left', seconds=max(1, round(left)))}"
    if study.state == "cancelled":
        return say("Cancelled; what was found stays.")
    return study.problem.said(say) if study.problem else ""


def StudyProgress(
    watched: Watched, say: Language, label: str, start: Callable[[Any], None], disabled: bool = False
) -> Any:
    """The button and the bar of a study."""
    study = watched.study
    return Progress(
        words=words("progress", say), running=study.state == "running", done=study.done,
        planned=study.planned, text=progress_text(study, say), label=label, event_start=start,
        event_cancel=lambda _: watched.session.cancel(watched.name), disabled=disabled,
    )  # fmt: skip


def file_name(session: Session, what: str, kind: str) -> str:
    """orgsim-default-compare.html"""
    scenario = re.sub(r"[^\w-]+", "-", session.address.peek().scenario)
    return f"orgsim-{scenario}-{what}.{kind}"


def give(session: Session, set_file: Callable[[Any], None], name: str, content: Callable[[], bytes]) -> None:
    """Make a file in the background and hand it to the browser."""

    kind = _KINDS[name.rpartition(".")[2]]

    def work() -> None:
        try:
            set_file({"name": name, "kind": kind, "content": content(), "when": time.monotonic()})
        finally:
            session.messages.set(tuple(m for m in session.messages.peek() if m != writing))

    writing = Message("Writing {name}…", {"name": name}, "news")
    session.tell(writing)
    in_background(session, work)


def take(
    session: Session, given: dict[str, Any], read: Callable[[bytes], Answer],
    too_large: Callable[[int], OrgsimError],
) -> Answer | None:  # fmt: skip
    """A file from the person's disk, read; None where it cannot be used, which is told."""
    try:
        if given.get("text") is None:
            raise too_large(int(given.get("size", 0)) // 1000)
        return read(base64.b64decode(str(given["text"]), validate=True))
    except binascii.Error:
        session.tell_text("The file could not be read; try again.")
    except OrgsimError as error:
        session.tell_error(error)
    return None


def save(
    session: Session, study: Study, figures: list[Figure], what: str, asked: dict[str, Any],
    set_file: Callable[[Any], None],
) -> None:  # fmt: skip
    """What a click on a download asks for."""
    say, found = session.say, study.findings()
    if found is None:
        return
    kind, key = str(asked["kind"]), str(asked.get("key", ""))
    if kind in ("png", "svg"):
        figure = next((one for one in figures if one.key == key or not key), None)
        if figure is not None:
            name = file_name(session, f"{what}-{figure.key}", kind)
            give(session, set_file, name, lambda: picture(figure, kind, say.code))
    elif kind == "csv":
        give(session, set_file, file_name(session, what, "csv"), lambda: results.csv_file(found))
    elif kind == "html":
        give(session, set_file, file_name(session, what, "html"), lambda: results.report_file(found, say))
