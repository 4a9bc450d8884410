"""Ctrl-C at a moment of our choosing.

Python raises KeyboardInterrupt wherever the main thread happens to be: also halfway through taking a lock of
`concurrent.futures`, which then is never given back. Workers wait for it, and the program for its workers.
While work is handed out to others, Ctrl-C is noted, and raised where the program asks for it.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Interruption:
    """Whether somebody has pressed Ctrl-C."""

    asked = False

    def check(self) -> None:
        """Raise KeyboardInterrupt if so."""
        if self.asked:
            raise KeyboardInterrupt


@contextmanager
def noted() -> Iterator[Interruption]:
    """Ctrl-C is noted until `check` is called, or this ends; a second one is raised at once.

    It stays as it is on other threads than the main one, which never see it, and where the program has a
    handler of its own."""
    found = Interruption()
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or usual is not signal.default_int_handler:
        yield found
        return

    def note(number: int, frame: Any) -> None:
        if found.asked:
            signal.default_int_handler(number, frame)
        found.asked = True

    signal.signal(signal.SIGINT, note)
    try:
        yield found
    finally:
        signal.signal(signal.SIGINT, usual)
    found.check()


def ignored() -> None:
    """For a worker process: Ctrl-C is its parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
