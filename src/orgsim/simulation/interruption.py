"""The end at a moment of our choosing, and for everybody.

Python raises KeyboardInterrupt wherever the main thread happens to be: also halfway through taking a lock of
`concurrent.futures`, which then is never given back. Workers wait for it, and the program for its workers.
While work is handed out to others, Ctrl-C and a request to end (SIGTERM) are noted, and raised where the
program asks for them. A program that is killed cannot say anything: its workers watch it.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Terminated(KeyboardInterrupt):
    """The system, or another program, has asked this one to end."""


def _terminate(number: int, frame: Any) -> None:
    raise Terminated


#: what is done with a signal as long as nobody wants anything else
_USUAL: dict[signal.Signals, tuple[Any, ...]] = {
    signal.SIGINT: (signal.default_int_handler,),
    signal.SIGTERM: (signal.SIG_DFL, _terminate),
}


def heed_requests_to_end() -> None:
    """Let SIGTERM end the program as Ctrl-C does, with a word about what is kept, where it would end it
    without one. On the main thread only."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminate)


def exit_code(end: KeyboardInterrupt) -> int:
    """128 and the number of the signal, as the system has it."""
    return 128 + (signal.SIGTERM if isinstance(end, Terminated) else signal.SIGINT)


class Interruption:
    """Whether somebody has pressed Ctrl-C, or asked the program to end."""

    asked: int = 0  # the signal

    def check(self) -> None:
        """Raise KeyboardInterrupt if so, Terminated if it was no Ctrl-C."""
        if self.asked:
            raise Terminated if self.asked == signal.SIGTERM else KeyboardInterrupt


@contextmanager
def noted() -> Iterator[Interruption]:
    """Ctrl-C and SIGTERM are noted until `check` is called, or this ends; a second one is raised at once.

    They stay as they are on other threads than the main one, which never see them, and where the program has
    a handler of its own."""
    found = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield found
        return

    def note(number: int, frame: Any) -> None:
        again, found.asked = found.asked, number
        if again:
            found.check()

    taken = {
        number: signal.signal(number, note)
        for number, usual in _USUAL.items()
        if signal.getsignal(number) in usual
    }
    try:
        yield found
    finally:
        for number, before in taken.items():
            signal.signal(number, before)
    found.check()


def serve_parent() -> None:
    """For a worker process: Ctrl-C is its parent's affair, and without a parent there is nothing to do."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process at once when its parent does, whatever it is at."""
    import multiprocessing.connection

    multiprocessing.connection.wait([sentinel])
    os._exit(1)
