"""Who writes into a store just now: each sweep leaves a notice there as long as it lives."""

import contextlib
import json
import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from orgsim.errors import OrgsimError

_FOLDER = "writers"
_TRIES = 5


@dataclass(frozen=True)
class Writer:
    """A sweep that writes into a store: its machine and its process."""

    host: str
    process: int

    def __str__(self) -> str:
        return f"process {self.process} on {self.host}"


@contextmanager
def announced(store: Path) -> Iterator[Path]:
    """Leave a notice in the store until this ends, however it ends: the system gives up the lock of a
    process that is killed. Raises OrgsimError where it cannot be written."""
    try:
        notice, file = _notice(store / _FOLDER)
    except OSError as error:
        raise OrgsimError("{path}: cannot be written: {reason}", path=store, reason=error.strerror) from None
    with file:
        try:
            yield notice
        finally:
            _take_away(notice)


def _notice(folder: Path) -> tuple[Path, IO[str]]:
    """A notice and its open file, locked. Whoever finds it before it is locked takes it for one that is
    left over: then it is written again."""
    for _ in range(_TRIES):
        folder.mkdir(exist_ok=True)
        notice = folder / f"{uuid.uuid4().hex}.json"
        file = notice.open("x", encoding="utf-8")
        json.dump({"host": socket.gethostname(), "process": os.getpid()}, file)
        file.flush()
        if _lock(file) and notice.exists():
            break
        file.close()
    return notice, file


def others(store: Path, but: Path | None = None) -> list[Writer]:
    """The sweeps that write into a store now, but for the one with this notice; notices of those that were
    killed are taken away."""
    found = []
    for notice in sorted((store / _FOLDER).glob("*.json")):
        if notice == but:
            continue
        try:
            with notice.open("r+", encoding="utf-8") as file:
                if _lock(file):
                    _take_away(notice)
                    continue
                told = json.load(file)
                found.append(Writer(str(told["host"]), int(told["process"])))
        except (OSError, ValueError, LookupError, TypeError):
            continue  # it has just gone, or has not yet said who it is
    return found


def _take_away(notice: Path) -> None:
    with contextlib.suppress(OSError):  # Windows keeps a file that somebody has open
        notice.unlink()
    with contextlib.suppress(OSError):  # another one is there
        notice.parent.rmdir()


def _lock(file: IO[str]) -> bool:
    """Take the lock that its writer holds as long as it lives; whether nobody else has it."""
    try:
        import fcntl
    except ImportError:  # Windows
        return _lock_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_on_windows(file: IO[str]) -> bool:
    import msvcrt

    try:
        file.seek(1_000)  # a byte beyond what is read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    finally:
        file.seek(0)
    return True
