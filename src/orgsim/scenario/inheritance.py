"""What a file has in common with what it extends: tables of names, which merge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from orgsim.messages import Message, joined
from orgsim.scenario.layers import DIRECTIVES, Layer, merge, put_on
from orgsim.scenario.schema import Scenario

#: numbers of a table of names that are worth adding up
_SUMS = {"company.functions": "staff", "segments": "customers"}


@dataclass(frozen=True)
class Merged:
    """A table of names that a file writes on top of the same table below it."""

    table: str
    origins: tuple[str, ...]  # what has brought the entries that were there
    kept: tuple[str, ...]  # from below, as they were
    changed: tuple[str, ...]  # from below, and written here too
    new: tuple[str, ...]  # written here only
    total: Message | None  # of all entries together, or nothing

    def told(self) -> Message:
        """The table in words."""
        parts = [
            Message(
                "{count} from {origins} ({names})",
                count=len(self.kept) + len(self.changed),
                origins=joined((f"'{origin}'" for origin in self.origins), " and "),
                names=joined((*self.kept, *self.changed)),
            )
        ]
        if self.changed:
            names = joined(self.changed)
            parts.append(
                Message("{count} of them changed here ({names})", count=len(self.changed), names=names)
            )
        if self.new:
            parts.append(Message("{count} new here ({names})", count=len(self.new), names=joined(self.new)))
        end = Message("; {total}", total=self.total) if self.total else ""
        return Message("{table}: {parts}{end}", table=self.table, parts=joined(parts), end=end)

    def __str__(self) -> str:
        return str(self.told())


def own_layers(layers: Sequence[Layer]) -> list[Layer]:
    """The layers that somebody has written for this scenario: all that are not bundled, or the file itself
    where all are."""
    own = [layer for layer in layers if not layer.bundled]
    return own or list(layers[-1:])


def written(layers: Sequence[Layer]) -> dict[str, Any]:
    """All that the own layers write, as one."""
    tables: dict[str, Any] = {}
    for layer in own_layers(layers):
        tables = merge(tables, {k: v for k, v in layer.tables.items() if k not in DIRECTIVES})
    return tables


def merged_tables(layers: Sequence[Layer]) -> list[Merged]:
    """Every table of names in which entries of the own layers stand beside, or on top of, entries that
    what they extend has brought."""
    own = own_layers(layers)
    below: dict[str, Any] = {}
    for layer in layers:
        if layer not in own:
            below = put_on(below, layer)
    base, inherited = below, [layer for layer in layers if layer not in own]
    for layer in own:
        below = put_on(below, layer)
    found = []
    wrote = written(layers)
    for path in tables_of_names(wrote):
        before, mine, now = (at(tables, path) for tables in (base, wrote, below))
        left = [key for key in before if key in now and key not in mine]
        changed = [key for key in before if key in now and key in mine and before[key] != now[key]]
        if not left or not mine:
            continue
        name = ".".join(path)
        brought = [layer.name for layer in inherited if any(key in at(layer.tables, path) for key in before)]
        amount = _SUMS.get(name)
        total = None
        if amount:
            count = sum(entry.get(amount, 0) for entry in now.values())
            total = Message("{count} {what} in all", count=count, what=Message(amount))
        found.append(
            Merged(name, tuple(dict.fromkeys(brought)), tuple(left), tuple(changed),
                   tuple(key for key in mine if key not in before), total)
        )  # fmt: skip
    return found


def tables_of_names(
    tables: Mapping[str, Any], model: type[BaseModel] = Scenario
) -> Iterator[tuple[str, ...]]:
    """The paths in `tables` of a scenario under which a user chooses the names."""
    for key, field in model.model_fields.items():
        inside = tables.get(key)
        if not isinstance(inside, Mapping):
            continue
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from ((key, *path) for path in tables_of_names(inside, field.annotation))
        elif get_origin(field.annotation) is dict:
            yield (key,)
            entry = get_args(field.annotation)[1]
            if isinstance(entry, type) and issubclass(entry, BaseModel):
                for name, table in inside.items():
                    if isinstance(table, Mapping):
                        yield from ((key, name, *path) for path in tables_of_names(table, entry))


def at(tables: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any]:
    """The table under a path; empty where there is none."""
    here: Any = tables
    for key in path:
        here = here.get(key, {}) if isinstance(here, Mapping) else {}
    return here if isinstance(here, Mapping) else {}
