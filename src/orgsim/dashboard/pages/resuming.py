"""Where a page was, taken up again from what its tab remembers."""

from dataclasses import replace
from typing import Any

from orgsim.dashboard.address import Address, read
from orgsim.dashboard.choosing import Chosen, choose
from orgsim.dashboard.lessons import read_lesson
from orgsim.dashboard.live import SPEEDS
from orgsim.dashboard.messages import InputError
from orgsim.dashboard.pages import compare, lessons
from orgsim.dashboard.pages import map as mapping
from orgsim.dashboard.remembering import Asked, recall
from orgsim.dashboard.session import Session
from orgsim.errors import OrgsimError

_NAMES = {"compare": "Compare", "map": "Map"}


def resume(session: Session, left: dict[str, Any]) -> None:
    """Go on where the page was: `left` is what the tab remembers, and whether a run was playing. Studies are
    asked for again, and have their answers from the shelf where they lie there; what cannot be brought back
    is told."""
    if left.get("memory"):
        _recall(session, str(left["memory"]))
    if left.get("playing") and session.live is not None and session.address.peek().page == "live":
        session.live.play()


def _recall(session: Session, text: str) -> None:
    memory = recall(text)
    speed = memory.speed if memory.speed in SPEEDS else 1.0
    session.memory.set(replace(session.memory.peek(), predictions=memory.predictions, speed=speed))
    if session.live is not None:
        session.live.speed = speed
        session.live.on_numbers()
    for source in memory.lessons:
        try:
            lessons.add_lesson(session, read_lesson(source.encode()))
        except OrgsimError as error:
            session.tell_error(error)
    for name, asked in memory.studies.items():
        try:
            _ask_again(session, name, asked)
        except OrgsimError:
            _tell_lost(session, name)


def _ask_again(session: Session, name: str, asked: Asked) -> None:
    address = read(asked.search).address
    chosen, tables = _question(session, name, address)
    study = session.study(name)
    session.memory.set(session.memory.peek().with_study(name, asked))
    if study.fetch(chosen, tables):
        if asked.explained and asked.explained != study.explained:
            study.explain(asked.explained)
    elif asked.cancelled:
        session.start_over(name)
        _tell_lost(session, name)
    else:
        study.start(chosen, tables, asked.explained)


def _question(session: Session, name: str, address: Address) -> tuple[Chosen, dict[str, Any]]:
    """The scenario and the experiment of a study. Raises OrgsimError where there is none any more."""
    tables = {"compare": compare.asked, "map": mapping.asked}[name](address) if name in _NAMES else None
    if tables is not None:
        return choose(address), tables
    for lesson in session.lessons.peek():
        if lessons.study_of(lesson) == name:
            return lessons.asked(lesson)
    raise InputError("There is no such study.")


def _tell_lost(session: Session, name: str) -> None:
    title = next(
        (one.head.title for one in lessons.in_language(session.lessons.peek(), session.say.code)
         if lessons.study_of(one) == name), _NAMES.get(name, name),
    )  # fmt: skip
    session.tell_text("What was found on the page “{page}” is lost; ask for it again.", page=title)
