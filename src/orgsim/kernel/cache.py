"""Compiled code on disk: in a folder that is the user's alone, whole or not at all, and nobody's own rules.

What is read back is run, so the folder must belong to whoever runs, and be closed to others. Every file
begins with its checksum: what is damaged is compiled anew. A signature that contains a function (a
researcher's own rule) is not kept: its file would ask for that researcher's module in every later run.
"""

import contextlib
import hashlib
import os
import pickle
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numba as _numba
from numba.core import caching as _caching

numba: Any = _numba
caching: Any = _caching

#: seconds after which code that nobody has used is removed
_UNUSED = 30 * 24 * 3600.0
_SUM = hashlib.sha256().digest_size


def own_folder(name: str) -> Path | None:
    """The cache folder of this name, made if need be, or None where there is none to be had that belongs
    to the user and that nobody else can write to."""
    for home in _homes():
        folder = home / name
        try:
            home.parent.mkdir(parents=True, exist_ok=True)
            if all(_is_ours(each) for each in (home, folder)) and os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    return None


def leave_recent(folder: Path) -> None:
    """Note that a folder is used, and remove its neighbours of the same kind ("kernel-…") that nobody has
    used for a month: every change of the compiled sources has a folder of its own."""
    kind, _, _ = folder.name.rpartition("-")
    with contextlib.suppress(OSError):
        os.utime(folder)
        for other in folder.parent.glob(f"{kind}-*"):
            if other != folder and time.time() - other.lstat().st_mtime > _UNUSED:
                shutil.rmtree(other, ignore_errors=True)


def _homes() -> Iterator[Path]:
    for given in ("ORGSIM_CACHE_DIR", "XDG_CACHE_HOME"):
        if os.environ.get(given):
            yield Path(os.environ[given]) / "orgsim"
    with contextlib.suppress(RuntimeError):  # no home: the temporary folder is next
        yield Path.home() / ".cache" / "orgsim"
    yield Path(tempfile.gettempdir()) / (f"orgsim-{os.getuid()}" if hasattr(os, "getuid") else "orgsim")


def _is_ours(folder: Path) -> bool:
    """Whether a folder, made if it is not there, is the user's; it is closed to others then."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if not hasattr(os, "getuid"):
        return True
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        return False
    if status.st_mode & 0o022 and any(folder.glob("*/*")):
        return False  # others could have put something into it
    if status.st_mode & 0o077:
        folder.chmod(0o700)
    return True


class _Files(caching.IndexDataCacheFile):
    """The files of one function: the index of its signatures, and the code of each."""

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_path, (self._version, self._source_stamp, overloads))

    def _load_index(self) -> dict[Any, str]:
        found = self._read(self._index_path)
        return found[2] if found and found[:2] == (self._version, self._source_stamp) else {}

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), data)

    def _load_data(self, name: str) -> Any:
        return self._read(self._data_path(name))

    def _write(self, path: str, data: Any) -> None:
        plain = self._dump(data)
        with self._open_for_write(path) as file:
            file.write(hashlib.sha256(plain).digest() + plain)

    def _read(self, path: str) -> Any:
        """What stands in a file, or None where it is not there or damaged."""
        try:
            content = Path(path).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content[_SUM:]).digest() != content[:_SUM]:
            return None
        return pickle.loads(content[_SUM:])


class KernelCache(caching.FunctionCache):
    """numba's cache of a function, kept as said above. Made while numba's CACHE_DIR is our folder."""

    def __init__(self, function: Any):
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp()
        self._cache_file = _Files(self._cache_path, self._impl.filename_base, stamp)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The compiled code of a signature, or None."""
        return None if _names_a_function(sig) else super().load_overload(sig, target_context)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the compiled code of a signature; a full disk costs the next run its time, nothing else."""
        if not _names_a_function(sig):
            with contextlib.suppress(OSError):
                super().save_overload(sig, data)


def _names_a_function(kind: Any) -> bool:
    """Whether a function is part of a type."""
    if isinstance(kind, numba.types.Dispatcher):
        return True
    inner = kind if isinstance(kind, tuple) else getattr(kind, "types", ())
    return any(_names_a_function(each) for each in inner)
