"""The one careful writer: a file is written whole or not at all, and what is no file is written into."""

import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from orgsim.errors import OrgsimError, short
from orgsim.messages import Message


def write_json(data: Any, path: Path) -> None:
    """Write data as JSON, complete or not at all. Raises OrgsimError where it cannot be written."""
    write_whole(path, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode(errors="replace"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a complete file or none: to a temporary neighbour first, then into place. A link stays one, and
    what it leads to is written; a pipe or a device is written into.

    Raises OrgsimError where it cannot be written, BrokenPipeError where nobody reads any more."""
    try:
        stream = _stream_at(path)
        if stream is None:
            _replace(Path(os.path.realpath(path)), content)
        else:
            with open(stream, "wb", closefd=isinstance(stream, Path)) as into:
                into.write(content)
    except BrokenPipeError:
        raise  # whoever read has gone away: for the program to end on, without a word
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, complete or not at all. Raises OrgsimError."""
    try:
        file = path.open("xb")
    except FileExistsError:
        raise OrgsimError("{path} exists already; choose another name", path=path) from None
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    try:
        with file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _refused(path, error) from None


def check_writable(path: Path) -> None:
    """Raises OrgsimError where a file could not be written: better before a long run than after it."""
    try:
        if _stream_at(path) is not None:
            return
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise OrgsimError("{path}: is a folder; name a file in it", path=path)
        if not target.parent.is_dir():
            raise OrgsimError(
                "{path}: there is no folder {parent}; make it first", path=path, parent=target.parent
            )
        for place in (target.parent, target):
            if place.exists() and not os.access(place, os.W_OK):
                raise OrgsimError(
                    "{path} cannot be written: {place} is write-protected", path=path, place=place
                )
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None


def _stream_at(path: Path) -> Path | int | None:
    """What is to be written into instead of being replaced: a pipe or device, or the descriptor of what the
    program prints to anyway; None for a file or nothing."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return None
    printed = next((number for number in (1, 2) if _is_open_as(number, there)), None)
    if printed is not None:
        return printed
    return None if stat.S_ISREG(there.st_mode) or stat.S_ISDIR(there.st_mode) else path


def _is_open_as(number: int, there: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.fstat(number), there)
    except OSError:
        return False


def _replace(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, mode)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """What new files may not allow; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(path: Path, error: Exception) -> OrgsimError:
    named = Message("no file can have this name")
    why = (error.strerror or str(error)) if isinstance(error, OSError) else named
    return OrgsimError("{path} cannot be written: {reason}", path=short(path, 200), reason=why)
