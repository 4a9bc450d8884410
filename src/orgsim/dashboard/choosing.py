"""The scenario that a page is about: a bundled or an uploaded one, with the changes of the page.

What comes from outside (links, uploads) is data: it may extend bundled scenarios only, names no file, and
is limited in size, so that one guest cannot slow down the others.
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import tomli_w

from orgsim.dashboard.address import Address, as_data, unpack
from orgsim.dashboard.budget import check_size, check_tables
from orgsim.dashboard.messages import InputError
from orgsim.gate import plain, toml_tables
from orgsim.organisation import stages
from orgsim.scenario import Scenario, load
from orgsim.scenario.catalogue import names, names_in, preset_names
from orgsim.scenario.loading import locate, resolve

UPLOAD_LIMIT = 200_000  # bytes
_FOLDERS = ("practices", "validity", "claims")


@dataclass(frozen=True)
class Chosen:
    """A scenario as the page has it, and as it was before the page's changes."""

    settings: Scenario
    base: Scenario
    designs: tuple[str, str]
    set_fields: frozenset[str] = frozenset()  # that the page sets; others may follow, of a preset say

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every field as plain data."""
        return self.settings.model_dump(mode="json")

    @cached_property
    def base_values(self) -> dict[str, Any]:
        """The same, before the changes."""
        return self.base.model_dump(mode="json")

    def label(self, design: str) -> str:
        """A design's name for people."""
        return self.settings.designs[design].label or design


@cache
def bundled() -> dict[str, list[str]]:
    """The scenarios that can be chosen, by heading: those with two designs or more."""
    groups = {
        "Scenarios": names(), "Practices": names_in("practices"), "Stress tests": names_in("validity"),
        "Claims of the sources": names_in("claims"),
    }  # fmt: skip
    return {
        heading: [name for name in members if len(bundled_tables(name).get("designs", {})) >= 2]
        for heading, members in groups.items()
    }


def title_of(name: str) -> str:
    """A bundled scenario's title."""
    return str(bundled_tables(name).get("title", name))


def allowed() -> frozenset[str]:
    """The scenarios that others may build on."""
    return frozenset([*names(), *(name for part in _FOLDERS for name in names_in(part))])


def choose(address: Address) -> Chosen:
    """The scenario of an address. Raises OrgsimError for what does not fit."""
    changes = _as_text(plain(address.changes, "scenario"))
    chosen = _settings(address.scenario, address.own, changes)
    base = _settings(address.scenario, address.own, "[]")
    designs = _designs(chosen, address.designs, address.scenario)
    return Chosen(chosen, base, designs, frozenset(path for path, _ in address.changes))


def _designs(settings: Scenario, wanted: tuple[str, ...], name: str) -> tuple[str, str]:
    """The two that are wanted; else the first two, or, where a scenario tries something out, the first
    and the last, which is what is tried."""
    known = list(settings.designs)
    if len(known) < 2:
        raise InputError("This scenario has one design only; the pages compare two.")
    if not wanted:
        tries = name.startswith(("practices/", "claims/"))
        return known[0], known[-1 if tries else 1]
    missing = [name for name in wanted if name not in known]
    if missing or len(set(wanted)) != 2:
        raise InputError(
            "The designs “{names}” are not two of this scenario's: {known}.",
            names=", ".join(wanted), known=", ".join(known),
        )  # fmt: skip
    return wanted[0], wanted[1]


@cache
def bundled_tables(name: str) -> dict[str, Any]:
    """The tables of a bundled scenario, on top of those that it extends."""
    return resolve(locate(name))


@lru_cache(maxsize=64)
def _settings(name: str, own: str, changes: str) -> Scenario:
    tables = _tables(name, own)
    for path, value in json.loads(changes):
        tables = with_value(tables, path, value)
    settings = load(checked(tables))
    check_size(settings)
    for design in settings.designs:
        stages(settings, design)
    return settings


def _tables(name: str, own: str) -> dict[str, Any]:
    if own:
        return unpack(own)
    if name not in allowed():
        raise InputError("There is no scenario “{name}” here; choose one from the list.", name=name)
    return copy.deepcopy(bundled_tables(name))


def with_value(tables: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The tables with one field set; numbers in a path are places in a list; None takes a field away."""
    changed = copy.deepcopy(dict(tables))
    *above, last = path.split(".")
    here: Any = changed
    try:
        for key in above:
            here = here[int(key)] if isinstance(here, list) else here.setdefault(key, {})
        if isinstance(here, list):
            here[int(last)] = value
        elif value is None:
            here.pop(last, None)
        else:
            here[last] = value
    except (ValueError, LookupError, AttributeError, TypeError):
        raise InputError("There is no field “{path}” in this scenario.", path=path) from None
    return changed


def too_large(size: int) -> InputError:
    """A file of so many kB is more than a page takes."""
    return InputError(
        "The file is too large: {size} kB; a scenario may have {limit} kB.",
        size=size, limit=UPLOAD_LIMIT // 1000,
    )  # fmt: skip


def read_upload(content: bytes, name: str = "scenario") -> dict[str, Any]:
    """The tables of an uploaded scenario file of that name. Raises OrgsimError for anything else."""
    if len(content) > UPLOAD_LIMIT:
        raise too_large(len(content) // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("The file is no text in UTF-8; save the scenario as a TOML file.") from None
    tables = toml_tables(text, name)
    _as_text(tables)
    return checked(tables)


def _as_text(value: Any) -> str:
    """Plain data as text. Raises InputError for what no field takes."""
    try:
        return as_data(value)
    except (TypeError, ValueError):
        raise InputError("A date, a time or an endless number stands there; no field takes one.") from None


def checked(tables: dict[str, Any]) -> dict[str, Any]:
    """Tables that come from outside, if they build on what is bundled only and name no file."""
    check_tables(tables)
    extends = tables.get("extends", [])
    for name in [extends] if isinstance(extends, str) else extends if isinstance(extends, list) else []:
        if name not in allowed():
            raise InputError(
                "“extends = {name}”: a file that is uploaded can extend bundled scenarios only.", name=name
            )
    _no_files(tables)
    return tables


def _no_files(tables: Mapping[str, Any]) -> None:
    further = tables.get("crises")
    several = list(further.values()) if isinstance(further, dict) else []
    for crisis in (tables.get("crisis"), *several):
        preset = crisis.get("preset") if isinstance(crisis, dict) else None
        if preset is not None and preset not in preset_names():
            raise InputError("There is no bundled crisis “{name}”; choose one from the list.", name=preset)
        if isinstance(crisis, dict) and crisis.get("file") and not _is_bundled(str(crisis["file"])):
            raise InputError("A crisis from a file cannot be used here; give its figures in the scenario.")


def _is_bundled(file: str) -> bool:
    """Whether a crisis file is one that comes with a bundled scenario."""
    return any(file == crisis.get("file") for name in names()
               if isinstance(crisis := bundled_tables(name).get("crisis"), dict))  # fmt: skip


def as_toml(settings: Scenario) -> str:
    """A scenario as a file that stands on its own."""
    return tomli_w.dumps(_without_none(settings.model_dump(mode="json", exclude_unset=True)))


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return [_without_none(inner) for inner in value] if isinstance(value, list) else value
