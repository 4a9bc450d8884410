"""The gate: whatever comes from outside (files, links, uploads, overrides) passes here first.

How large, how deep, how many, how long a number: limits that no honest file meets, so that what stands
behind the gate, the schema above all, reads plain and finite data. Everything that does not pass is a
ScenarioError of one line.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from orgsim.errors import ScenarioError, short

#: bytes of a text file
LARGEST = 2_000_000
#: tables and lists within each other
DEEPEST = 32
#: values, all tables taken together
MOST_VALUES = 200_000
#: characters of a key
LONGEST_KEY = 200
#: whole numbers go to 64 bits
LARGEST_NUMBER = 2**63 - 1
#: files that extend one another
LONGEST_CHAIN = 32
#: files that a file extends in all, each counted as often as it is named
MOST_LAYERS = 1000

#: what turns the direction of reading, so that a text is read as another (Unicode's bidirectional controls)
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?')
_DEEP_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++\.){{{DEEPEST}}}")
_Read = TypeVar("_Read")


def read_bytes(path: Path, where: str = "", most: int = LARGEST) -> bytes:
    """The content of a file. Raises ScenarioError, which names `where` (the path if left out), where it
    cannot be read or is larger than `most` bytes."""
    where = where or short(path, 200)
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise ScenarioError("{path}: there is no such file", path=where) from None
    except IsADirectoryError:
        raise ScenarioError("{path}: is a folder; name a file", path=where) from None
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        raise ScenarioError("{path}: cannot be read: {error}", path=where, error=_reason(error)) from None
    if len(content) > most:
        raise ScenarioError(
            "{path}: is larger than {most:g} MB, which is the most that is read",
            path=where,
            most=most / 1000000.0,
        )
    return content


def read_text(path: Path, where: str = "") -> str:
    """The text of a file in UTF-8. Raises ScenarioError for anything else."""
    return decoded(read_bytes(path, where), where or short(path, 200))


def decoded(content: bytes, where: str) -> str:
    """Bytes as text in UTF-8, whatever mark they begin with. Raises ScenarioError for anything else."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioError(
            "{path}: cannot be read: byte {byte} is no UTF-8 text; save it as UTF-8",
            path=where,
            byte=error.start + 1,
        ) from None


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises ScenarioError for anything else."""
    return toml_tables(read_text(path), str(path))


def toml_tables(text: str, where: str) -> dict[str, Any]:
    """The tables of a text in TOML. Raises ScenarioError, which names `where`, for anything else."""
    for line in text.splitlines():
        # one key of thousands of parts takes the reader minutes
        if line.count(".") >= DEEPEST and _DEEP_KEY.search("".join(_STRING.sub("s", line).split())):
            raise _too_deep(where)
    found: dict[str, Any] = _parsed(tomllib.loads, text, where, "TOML")
    return found


def toml_value(text: str, where: str) -> Any:
    """A value written as in TOML, or the text itself where it is none: `0.4`, `[1, 2]`, `silos`.

    Raises ScenarioError where it is too deep, or a number too long."""
    try:
        tables = toml_tables(f"value = {text}", where)
    except _NotValidError:
        tables = {}
    return tables["value"] if list(tables) == ["value"] else plain(text, where)


def json_value(text: str | bytes, where: str) -> Any:
    """A value in JSON. Raises ScenarioError, which names `where`, for anything else."""
    return _parsed(json.loads, text, where, "JSON")


class _NotValidError(ScenarioError):
    """A text that is not what it should be."""


def _parsed(parse: Callable[..., _Read], text: str | bytes, where: str, what: str) -> _Read:
    try:
        found = parse(text)
    except RecursionError:
        raise _too_deep(where) from None
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise _NotValidError(
            "{where}: is not valid {what}: {error}", where=where, what=what, error=short(error, 200)
        ) from None
    except ValueError:  # what is left: more digits than Python reads
        raise ScenarioError(
            "{where}: holds a number of thousands of digits; shorten it", where=where
        ) from None
    return plain(found, where)


def plain(value: _Read, where: str) -> _Read:
    """The same value, if it is as deep, large and legible as data may be. Raises ScenarioError."""
    waiting: list[tuple[Any, tuple[Any, ...]]] = [(value, ())]
    count = 0
    while waiting:
        one, path = waiting.pop()
        count += 1
        if count > MOST_VALUES:
            raise ScenarioError(
                "{where}: holds more than {most:,} values; leave some out", where=where, most=MOST_VALUES
            )
        if isinstance(one, str):
            _legible(one, where, path)
        elif isinstance(one, int) and abs(one) > LARGEST_NUMBER:
            raise ScenarioError(
                "{where}: {name} is a number above 64 bits; make it smaller", where=where, name=_named(path)
            )
        elif isinstance(one, Mapping | list | tuple):
            if len(path) == DEEPEST:
                raise _too_deep(where)
            pairs = one.items() if isinstance(one, Mapping) else enumerate(one, 1)
            for key, inner in pairs:
                if isinstance(key, str):
                    _legible(key, where, path)
                    if len(key) > LONGEST_KEY:
                        raise ScenarioError(
                            "{where}: {name}: a key of {count:,} characters; shorten it to {most}",
                            where=where,
                            name=_named((*path, key)),
                            count=len(key),
                            most=LONGEST_KEY,
                        )
                waiting.append((inner, (*path, key)))
    return value


def _legible(text: str, where: str, path: tuple[Any, ...]) -> None:
    if "\0" in text or (not text.isascii() and any(_misleads(letter) for letter in text)):
        raise ScenarioError(
            "{where}: {name} holds a character that no text may hold; remove it",
            where=where,
            name=_named(path),
        )


def _misleads(letter: str) -> bool:
    """Half of a character, or a sign that turns the direction of what is read after it."""
    return "\ud800" <= letter <= "\udfff" or letter in _TURNS


def _named(path: tuple[Any, ...]) -> str:
    return short(".".join(short(part, 40) for part in path) or "it", 200)


def _too_deep(where: str) -> ScenarioError:
    return ScenarioError(
        "{where}: tables and lists are nested more than {most} deep; flatten them", where=where, most=DEEPEST
    )


def full_path(path: Path) -> Path:
    """The path in full, links followed. Raises ScenarioError for one that no file can have."""
    try:
        found = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle
        raise ScenarioError(
            "{path}: is no path: {error}", path=short(path, 200), error=_reason(error)
        ) from None
    if found.is_symlink():  # since Python 3.13 links in a circle are left as they are
        raise ScenarioError("{path}: is no path: its links lead in a circle", path=short(path, 200))
    return found


def is_file(path: Path) -> bool:
    """Whether there is such a file; there is none at a path that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _reason(error: Exception) -> str:
    return short((isinstance(error, OSError) and error.strerror) or error, 200)
