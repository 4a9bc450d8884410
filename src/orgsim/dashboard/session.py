"""One browser's session: its address, its scenario, its live run. No session sees another's."""

import itertools
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import reacton.core
import solara

from orgsim.dashboard.address import Address, read
from orgsim.dashboard.choosing import Chosen, choose
from orgsim.dashboard.fans import FANS
from orgsim.dashboard.lessons import Lesson, bundled_lessons
from orgsim.dashboard.live import Live
from orgsim.dashboard.messages import Message, message_of
from orgsim.dashboard.remembering import Asked, Memory
from orgsim.dashboard.study import Study
from orgsim.errors import OrgsimError
from orgsim.language.language import Language

_numbers = itertools.count(1)
#: folders of lessons that whoever started the program has named
LESSON_FOLDERS: list[str] = []


class Session:
    """The state of one page. Its parts are Solara's reactive values: a page that reads one is drawn anew
    when it changes."""

    def __init__(self, search: str | None):
        self.number = next(_numbers)
        self._drawing = reacton.core.get_render_context(required=False)
        reading = read(search)
        self.messages: solara.Reactive[tuple[Message, ...]] = solara.reactive(reading.problems)
        self.address: solara.Reactive[Address] = solara.reactive(reading.address)
        self.chosen: solara.Reactive[Chosen] = solara.reactive(self._first_choice(reading.address))
        self.live: Live | None = None
        self.closer: solara.Reactive[dict[str, Any] | None] = solara.reactive(None)
        self.followed: solara.Reactive[int | None] = solara.reactive(None)
        self.studies: dict[str, Study] = {}
        self.lessons: solara.Reactive[list[Lesson]] = solara.reactive(bundled_lessons(LESSON_FOLDERS))
        #: what the tab remembers, should the server forget it
        self.memory: solara.Reactive[Memory] = solara.reactive(Memory())

    def _first_choice(self, address: Address) -> Chosen:
        for tried in (address, address.at(designs=()), address.at(designs=(), changes=())):
            try:
                chosen = choose(tried)
            except Exception as error:
                self.tell_error(error)
                continue
            self.address.set(tried)
            return chosen
        self.address.set(address.at(scenario="default", own="", changes=(), designs=()))
        return choose(self.address.peek())

    @property
    def say(self) -> Language:
        """The language of the page."""
        return Language(self.address.value.language)

    def tell(self, message: Message) -> None:
        """Show a message, once."""
        if message not in self.messages.peek():
            self.messages.set((*self.messages.peek(), message)[-3:])

    def tell_text(self, text: str, **values: Any) -> None:
        """Show a problem in words."""
        self.tell(Message(text, values))

    def tell_error(self, error: Exception) -> None:
        """Show what went wrong."""
        self.tell(told(error))

    def dismiss(self, place: int) -> None:
        """Close a message."""
        kept = list(self.messages.peek())
        del kept[place : place + 1]
        self.messages.set(tuple(kept))

    def together(self) -> AbstractContextManager[Any]:
        """Whatever is changed within is drawn once, at the end: no page sees half of it."""
        return self._drawing or nullcontext()

    def go(self, address: Address) -> bool:
        """Show another address; what does not fit is told, and nothing changes. Whether it fits."""
        try:
            self.show(address)
        except Exception as error:
            self.tell_error(error)
            return False
        return True

    def show(self, address: Address) -> None:
        """Show another address. Raises an OrgsimError, and changes nothing, where it does not fit."""
        before = self.address.peek()
        if self.live is not None and before.page == "live" != address.page:
            self.live.pause()
            if address.day == before.day:
                address = address.at(day=self.live.day)
        same = ("scenario", "own", "changes", "designs")
        other = any(getattr(address, name) != getattr(before, name) for name in same)
        chosen = choose(address) if other else self.chosen.peek()
        with self.together():
            if other:
                self.messages.set(())
                self.closer.set(None)
                self.chosen.set(chosen)
            self.address.set(address)

    def set(self, **values: Any) -> bool:
        """Change parts of the address."""
        return self.go(self.address.peek().at(**values))

    def visit(self, search: str) -> None:
        """The browser's back and forward."""
        reading = read(search)
        for problem in reading.problems:
            self.tell(problem)
        self.go(reading.address)

    def keep_day(self) -> None:
        """The day of the run into the address, for a link that is copied while it plays."""
        if self.live is not None and self.address.peek().page == "live":
            self.address.set(self.address.peek().at(day=self.live.day))

    def study(self, name: str) -> Study:
        """The study of that name."""
        return self.studies.setdefault(name, Study(lambda: None))

    def ask(self, name: str, chosen: Chosen, tables: dict[str, Any]) -> None:
        """Run a study, or have its answer from the shelf; the tab remembers what was asked."""
        self.memory.set(self.memory.peek().with_study(name, Asked(self.address.peek().search)))
        study = self.study(name)
        if not study.fetch(chosen, tables):
            study.start(chosen, tables)

    def explain(self, name: str, measure: str) -> None:
        """Explain what a study has found."""
        self._remember(name, explained=measure)
        self.study(name).explain(measure)

    def cancel(self, name: str) -> None:
        """End a study, or its explanation; what has been found stays."""
        study = self.study(name)
        self._remember(name, **({"explained": ""} if study.what == "explain" else {"cancelled": True}))
        study.cancel()

    def start_over(self, name: str) -> None:
        """Forget what a study has found."""
        kept = {other: asked for other, asked in self.memory.peek().studies.items() if other != name}
        self.memory.set(replace(self.memory.peek(), studies=kept))
        self.study(name).start_over()

    def _remember(self, name: str, **parts: Any) -> None:
        memory = self.memory.peek()
        if name in memory.studies:
            self.memory.set(memory.with_study(name, replace(memory.studies[name], **parts)))

    def alive(self) -> None:
        """The page has given a sign of life."""
        if self.live is not None:
            self.live.hear()
            if not self.live.playing.is_set():
                self.live.on_numbers()  # background worlds may have come

    def close(self) -> None:
        """The browser is gone: nothing of it goes on."""
        if self.live is not None:
            self.live.stop()
            self.live.on_frame = lambda frame: None
            self.live.on_numbers = lambda: None
        for study in self.studies.values():
            study.close()
        FANS.forget(self.number)


def guarded(session: Session, act: Callable[[Any], Any]) -> Callable[[Any], None]:
    """What an event does; whatever goes wrong becomes a message, and the page stays alive."""

    def run(data: Any = None) -> None:
        try:
            act(data)
        except Exception as error:
            session.tell_error(error)

    return run


def told(error: Exception) -> Message:
    """An error in words; of one that nobody has foreseen, the log has the rest."""
    if isinstance(error, OrgsimError):
        return message_of(error)
    logging.getLogger("orgsim.dashboard").error("an event failed", exc_info=error)
    return Message("That did not work ({reason}); what is shown may be incomplete.",
                   {"reason": type(error).__name__})  # fmt: skip


def in_background(session: Session, work: Callable[[], None]) -> None:
    """Do something that takes a while; what goes wrong is told in a banner."""
    threading.Thread(target=guarded(session, lambda _: work()), daemon=True).start()
