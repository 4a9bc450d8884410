"""The state of a page in its address: a link restores scenario, parameters, designs, seed, page and day.

The address is versioned. What cannot be read is left out, and said in a banner; the page stays alive.
"""

import base64
import binascii
import json
import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from orgsim.dashboard.budget import LIMITS, LONGEST_CHANGE, LONGEST_LINK, MOST_CHANGES
from orgsim.dashboard.messages import Message
from orgsim.errors import OrgsimError
from orgsim.gate import DEEPEST, json_value
from orgsim.language.language import LANGUAGES

VERSION = 1
PAGES = ("live", "compare", "map", "lessons", "scenario")
THEMES = ("light", "dark")
#: what a link may have to be passed on; browsers and chat programs cut longer ones
_LONGEST = 16_000
_LARGEST_OWN = 2_000_000


@dataclass(frozen=True)
class Address:
    """Everything that says what a page shows."""

    page: str = "live"
    language: str = "en"
    scenario: str = "default"
    own: str = ""  # an uploaded scenario, packed; empty for a bundled one
    changes: tuple[tuple[str, Any], ...] = ()  # field and value, in the order of the changes
    designs: tuple[str, ...] = ()  # two, the baseline first; empty: the scenario's first two
    seed: int = 1
    day: int = 0
    theme: str = "light"
    projector: bool = False
    lesson: str = ""
    votes: tuple[int, ...] = ()
    worlds: int = 20  # of a comparison
    factors: tuple[str, ...] = ()  # of the map: across and upwards
    ranges: tuple[float, ...] = ()  # from and to across, from and to upwards; empty: as the schema has them
    cells: int = 5  # of the map, along a side
    measure: str = "result"

    def at(self, **values: Any) -> "Address":
        """This address with some things changed."""
        return replace(self, **values)

    def changed(self, path: str, value: Any) -> "Address":
        """With one more field set, in place of what it was set to before."""
        kept = tuple(change for change in self.changes if change[0] != path)
        return replace(self, changes=(*kept, (path, value)))

    def restored(self, path: str) -> "Address":
        """With a field, and all below it, as in the scenario itself."""
        below = path + "."
        kept = tuple(c for c in self.changes if c[0] != path and not c[0].startswith(below))
        return replace(self, changes=kept)

    @property
    def search(self) -> str:
        """The address as the query of a link: the language, and what differs from the defaults."""
        plain: list[tuple[str, str]] = [("v", str(VERSION))]
        default = Address()
        for name, (write, _) in _PARTS.items():
            value = getattr(self, name)
            if value != getattr(default, name) or name == "language":
                plain.append((name, write(value)))
        plain += [("set", f"{path}={as_data(value)}") for path, value in self.changes]
        return "?" + urlencode(plain)

    @property
    def fits_a_link(self) -> bool:
        """Whether the link is short enough to be passed on."""
        return len(self.search) <= _LONGEST


def as_data(value: Any) -> str:
    """A value as text that can be sent and read again. Raises TypeError or ValueError for what JSON has
    not: dates, numbers that are not finite."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def pack(tables: Mapping[str, Any]) -> str:
    """The tables of a scenario as text for a link."""
    return base64.urlsafe_b64encode(zlib.compress(as_data(tables).encode(), 9)).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    """The tables again. Raises ValueError for anything else."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        machine = zlib.decompressobj()
        plain = machine.decompress(raw, _LARGEST_OWN)
        if machine.unconsumed_tail:
            raise ValueError("too large")
        tables = json_value(plain, "own")
        as_data(tables)
    except (binascii.Error, zlib.error, UnicodeError, OrgsimError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(tables, dict):
        raise ValueError("no tables")
    return tables


def _one_of(choices: Any) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read


def _count(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not 0 <= value <= most:
            raise ValueError(text)
        return value

    return read


def _name(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise ValueError(text)
    return text


def _ranges(text: str) -> tuple[float, ...]:
    ends = tuple(float(part) for part in text.split(","))
    if len(ends) != 4 or not all(map(math.isfinite, ends)):
        raise ValueError(text)
    return ends


def _own(text: str) -> str:
    unpack(text)
    return text


def _names(text: str) -> tuple[str, ...]:
    names = tuple(_name(part) for part in text.split(",") if part)
    if len(names) > LIMITS["designs"]:
        raise ValueError(text)
    return names


def _votes(text: str) -> tuple[int, ...]:
    votes = tuple(map(_count(10_000), text.split(",")))
    if len(votes) != 3:
        raise ValueError(text)
    return votes


def _change(text: str) -> tuple[str, Any]:
    path, sign, value = text.partition("=")
    if not sign or path.count(".") >= DEEPEST or len(text) > LONGEST_CHANGE:
        raise ValueError(text)
    read = json_value(value, path)
    as_data(read)
    return _name(path), read


#: what else a link may hold: its version, changed fields, where a visitor wanted to go
_OTHERS = ("v", "set", "lost")
#: so many things that nobody knows are told
_MOST_TOLD = 3
_Part = tuple[Callable[[Any], str], Callable[[str], Any]]
#: by part of the address: how it is written, and how it is read
_PARTS: dict[str, _Part] = {
    "page": (str, _one_of(PAGES)),
    "language": (str, _one_of(LANGUAGES)),
    "scenario": (str, _name),
    "own": (str, _own),
    "designs": (",".join, _names),
    "seed": (str, _count(2**31)),
    "day": (str, _count(100_000)),
    "theme": (str, _one_of(THEMES)),
    "projector": (lambda value: str(int(value)), lambda text: bool(_count(1)(text))),
    "lesson": (str, _name),
    "votes": (lambda value: ",".join(map(str, value)), _votes),
    "worlds": (str, _count(1000)),
    "factors": (",".join, _names),
    "ranges": (lambda value: ",".join(map(repr, value)), _ranges),
    "cells": (str, _count(100)),
    "measure": (str, _name),
}


@dataclass(frozen=True)
class Reading:
    """An address that has been read, and what could not be."""

    address: Address
    problems: tuple[Message, ...] = field(default=())


def read(search: str | None) -> Reading:
    """The address of a query. Never raises: what is broken is left out and said."""
    if len(search or "") > LONGEST_LINK:
        return Reading(Address(), (Message("This link is too long to be one of orgsim's."),))
    query = parse_qs((search or "").lstrip("?"), keep_blank_values=True)
    problems: list[Message] = []
    if query.get("v", [str(VERSION)])[-1] != str(VERSION):
        problems.append(Message("This link was made by another version of orgsim; what still fits is shown."))
    if "lost" in query:
        problems.append(Message("There is no page at “{path}”.", {"path": query["lost"][-1][:100]}))
    found: dict[str, Any] = {}
    for name, (_, reader) in _PARTS.items():
        if name in query:
            try:
                found[name] = reader(query[name][-1])
            except ValueError:
                problems.append(_broken(name, query[name][-1]))
    unknown = [name for name in query if name not in _PARTS and name not in _OTHERS]
    problems += [_broken(name, query[name][-1]) for name in unknown[:_MOST_TOLD]]
    changes: list[tuple[str, Any]] = []
    for text in query.get("set", [])[:MOST_CHANGES]:
        try:
            changes.append(_change(text))
        except (ValueError, OrgsimError):
            problems.append(_broken("set", text))
    if len(query.get("set", [])) > MOST_CHANGES:
        problems.append(Message("This link changes more than {most} fields; the others were left out.",
                                {"most": MOST_CHANGES}))  # fmt: skip
    return Reading(Address(changes=tuple(changes), **found), tuple(problems))


def _broken(name: str, value: str) -> Message:
    shown = value if len(value) <= 40 else value[:40] + "…"
    return Message("This link is damaged: “{name} = {value}” cannot be read and was left out.",
                   {"name": name, "value": shown})  # fmt: skip
