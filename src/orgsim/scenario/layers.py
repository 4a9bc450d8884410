"""What a scenario is made of: the files that it extends, one on top of the other, and what each says of
the tables below it: entries to remove, tables to replace whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from orgsim.errors import ScenarioError, short
from orgsim.messages import Message
from orgsim.scenario.hints import nearest

#: what a file may say of what it extends, beside its own tables
DIRECTIVES = {
    "remove": "tables or entries of what is extended that are left out; * stands for every name",
    "replace": "tables of what is extended in whose place those of this file are put, instead of on top",
}


@dataclass(frozen=True)
class Layer:
    """The tables of one file, of overrides, or of a caller."""

    name: str  # for people
    tables: Mapping[str, Any]
    bundled: bool = False


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` on `base`, table by table; anything that is not a table is replaced."""
    merged = dict(base)
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def stacked(layers: Iterable[Layer]) -> dict[str, Any]:
    """The layers as one: each removes and replaces what it says of those below it, and goes on top.

    Raises ScenarioError for what it names and is not there."""
    tables: dict[str, Any] = {}
    for layer in layers:
        tables = put_on(tables, layer)
    return tables


def put_on(base: Mapping[str, Any], layer: Layer) -> dict[str, Any]:
    """One layer on top of the tables below it."""
    own = {key: value for key, value in layer.tables.items() if key not in DIRECTIVES}
    below: Any = dict(base)
    for word in DIRECTIVES:
        for path in _paths(layer, word):
            keys = path.split(".")
            if not _matches(base, keys):
                raise ScenarioError(
                    "{layer}: {word} = '{path}': {why}",
                    layer=layer.name,
                    word=word,
                    path=path,
                    why=_absent(base, keys),
                )
            written = _matches(own, keys)
            if word == "remove" and written:
                raise ScenarioError(
                    "{layer}: remove = '{path}': it is written here as well; use `replace` to put what is "
                    "written in its place",
                    layer=layer.name,
                    path=path,
                )
            if word == "replace" and not written:
                raise ScenarioError(
                    "{layer}: replace = '{path}': nothing is written here to put in its place; write "
                    "[{path}], or use `remove`",
                    layer=layer.name,
                    path=path,
                )
            below = without(below, keys)
    for path in _empty_on(below, own):
        raise ScenarioError(
            "{layer}: {path} is empty, which changes nothing: tables are put on top of what is "
            "there; say replace = ['{path}'] beside it, or remove = ['{path}'] in its place",
            layer=layer.name,
            path=path,
        )
    return merge(below, own)


def _empty_on(below: Any, own: Any, at: str = "") -> Iterator[str]:
    """The empty tables that are put on top of tables that are not."""
    for name, table in own.items():
        under = below.get(name)
        if isinstance(table, Mapping) and isinstance(under, Mapping) and under:
            if table:
                yield from _empty_on(under, table, f"{at}{name}.")
            else:
                yield f"{at}{name}"


def _paths(layer: Layer, word: str) -> list[str]:
    paths = layer.tables.get(word, [])
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise ScenarioError(
            "{layer}: {word} = {paths} must be a list of tables or entries, such as ['segments.small']",
            layer=layer.name,
            word=word,
            paths=short(repr(paths)),
        )
    return paths


def _matches(tables: Any, keys: list[str]) -> bool:
    """Whether a path leads somewhere; `*` stands for every name."""
    if not keys:
        return True
    if not isinstance(tables, Mapping):
        return False
    names = list(tables) if keys[0] == "*" else [keys[0]]
    return any(name in tables and _matches(tables[name], keys[1:]) for name in names)


def without(tables: Any, keys: list[str]) -> Any:
    """Tables without what a path leads to; those that are given stay as they are."""
    if not isinstance(tables, Mapping):
        return tables
    left = dict(tables)
    for name in list(tables) if keys[0] == "*" else [keys[0]]:
        if len(keys) == 1:
            left.pop(name, None)
        elif name in left:
            left[name] = without(left[name], keys[1:])
    return left


def _absent(tables: Any, keys: list[str]) -> Message:
    """Why a path leads nowhere, with the names that are near."""
    if not tables:
        return Message("nothing is extended here; leave it out")
    for number, key in enumerate(keys):
        if not isinstance(tables, Mapping):
            break
        if key == "*":
            return Message("no entry of it has that")
        if key not in tables:
            path = ".".join(keys[: number + 1])
            return Message("what is extended has no '{path}'{hint}", path=path, hint=nearest(key, tables))
        tables = tables[key]
    return Message("what is extended has no such entry")
