"""Reading a scenario: TOML, `extends`, overrides, and messages that name the remedy."""

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from orgsim import gate
from orgsim.errors import ScenarioError, short
from orgsim.gate import read_toml
from orgsim.messages import Message
from orgsim.scenario.catalogue import bundled_file, bundled_name, preset_names, preset_tables
from orgsim.scenario.explaining import explain as explain
from orgsim.scenario.hints import nearest as nearest
from orgsim.scenario.layers import DIRECTIVES, Layer, stacked
from orgsim.scenario.layers import merge as merge
from orgsim.scenario.schema import Scenario


def locate(name: str | Path, beside: Path | None = None) -> Path:
    """The file of a scenario given as a path or as the name of a bundled one."""
    text = str(name)
    if not text.endswith(".toml"):
        if gate.is_file(Path(text)):
            raise ScenarioError("{path}: is no scenario; name a TOML file (.toml)", path=short(text, 200))
        return bundled_file(text)
    path = Path(text)
    return path if path.is_absolute() or beside is None else beside / path


def resolve(path: Path) -> dict[str, Any]:
    """The tables of a file on top of those that it extends."""
    return stacked(_file_layers(path, (), {}))


def _file_layers(path: Path, seen: tuple[Path, ...], known: dict[Path, list[Layer]]) -> list[Layer]:
    """A file on top of those that it extends, the lowest first; `known` are those that were read already."""
    path = gate.full_path(path)
    if path in seen:
        chain = " → ".join(p.name for p in (*seen[seen.index(path) :], path))
        raise ScenarioError("{path}: extends itself ({chain}); remove one `extends`", path=path, chain=chain)
    if len(seen) == gate.LONGEST_CHAIN:
        raise ScenarioError(
            "{path}: extends a chain of more than {most} files; put some into one",
            path=seen[0],
            most=gate.LONGEST_CHAIN,
        )
    if path not in known:
        known[path] = _resolved(path, seen, known)
    return known[path]


def _resolved(path: Path, seen: tuple[Path, ...], known: dict[Path, list[Layer]]) -> list[Layer]:
    tables = read_toml(path)
    parent = tables.pop("extends", None)
    for crisis in _crises(tables):
        if isinstance(crisis.get("file"), str):
            crisis["file"] = str(path.parent / crisis["file"])
    below = _parents(parent, str(path), path.parent, (*seen, path), known)
    return [*below, Layer(bundled_name(path) or str(path), tables, bundled_name(path) is not None)]


def _parents(
    extends: Any, where: str, beside: Path | None = None, seen: tuple[Path, ...] = (),
    known: dict[Path, list[Layer]] | None = None,
) -> list[Layer]:  # fmt: skip
    """What `extends` names: nothing, one scenario, or several, later ones on top."""
    names = [] if extends is None else [extends] if isinstance(extends, str) else extends
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ScenarioError(
            "{where}: extends = {value} must be the name or path of a scenario, or a list of them",
            where=where,
            value=short(repr(extends)),
        )
    known = {} if known is None else known
    layers = [layer for name in names for layer in _file_layers(locate(name, beside), seen, known)]
    if len(layers) > gate.MOST_LAYERS:
        raise ScenarioError(
            "{path}: extends more than {most} files in all; put some into one",
            path=where,
            most=gate.MOST_LAYERS,
        )
    return layers


def override_text(field: str, value: Any) -> str:
    """A value of a field as the text of an override."""
    return f"{field}={json.dumps(value, ensure_ascii=False)}"


def parse_override(text: str) -> dict[str, Any]:
    """`crisis.depth=0.4` as tables; the value is read as TOML, else as text."""
    field, sign, value = text.partition("=")
    keys = [key.strip() for key in field.split(".")]
    if not sign or not all(keys):
        raise ScenarioError(
            "--set {text}: write it as field=value, for example crisis.depth=0.4", text=short(text)
        )
    where = f"--set {short(field)}"
    parsed = gate.toml_value(value.strip(), where)
    for key in reversed(keys):
        parsed = {key: parsed}
    return dict(gate.plain(parsed, where))


def _crises(tables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every table that describes a crisis."""
    further = tables.get("crises")
    several = list(further.values()) if isinstance(further, dict) else []
    return [crisis for crisis in (tables.get("crisis"), *several) if isinstance(crisis, dict)]


def _with_preset(crisis: Any, where: str) -> Any:
    if not isinstance(crisis, dict) or not isinstance(crisis.get("preset"), str):
        return crisis
    preset = preset_tables(crisis["preset"])
    if preset is None:
        raise ScenarioError(
            "{where}: crisis.preset = '{name}' is unknown{hint}",
            where=where,
            name=short(crisis["preset"]),
            hint=nearest(crisis["preset"], preset_names()),
        )
    return merge(preset, crisis)


def _with_presets(tables: dict[str, Any], where: str) -> dict[str, Any]:
    """The tables with every crisis on top of the preset that it names."""
    filled = dict(tables)
    if "crisis" in tables:
        filled["crisis"] = _with_preset(tables["crisis"], where)
    if isinstance(tables.get("crises"), dict):
        filled["crises"] = {key: _with_preset(crisis, where) for key, crisis in tables["crises"].items()}
    return filled


def _with_likeness(tables: dict[str, Any], where: str) -> dict[str, Any]:
    """The tables with every design on top of the one that it is `like`."""
    designs = tables.get("designs")
    if not isinstance(designs, dict):
        return tables

    whole: dict[str, Any] = {}
    for key in designs:
        chain = [key]
        while chain[-1] not in whole and (model := _model(designs, chain, where)) is not None:
            chain.append(model)
        if chain[-1] not in whole:
            whole[chain[-1]] = designs[chain[-1]]
        for model, name in pairwise(reversed(chain)):
            whole[name] = merge(_inherited(whole[model]), designs[name])
    return tables | {"designs": {key: whole[key] for key in designs}}


def _model(designs: dict[str, Any], chain: list[str], where: str) -> str | None:
    """The design that the last of a chain of them is like, if it is like one."""
    design = designs[chain[-1]]
    model = design.get("like") if isinstance(design, dict) else None
    if not isinstance(model, str):
        return None
    if model in chain:
        why = Message("leads back to itself")
    elif model not in designs:
        why = Message("is no design{hint}", hint=nearest(model, designs))
    elif not isinstance(designs[model], dict):
        why = Message("is no table; write it as one")
    else:
        return model
    raise ScenarioError(
        "{where}: designs.{key}.like = '{model}' {why}",
        where=where,
        key=short(chain[-1]),
        model=short(model),
        why=why,
    )


def _inherited(design: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in design.items() if key not in ("incumbent", "label")}


Source = str | Path | Mapping[str, Any] | Scenario


def layers_of(source: Source, overrides: Iterable[str] = (), where: str = "scenario") -> list[Layer]:
    """What a scenario is made of, the lowest first: what it extends, itself, overrides; `where` names
    tables in messages. Raises ScenarioError for files that cannot be read."""
    if isinstance(source, Scenario):
        layers = [Layer(where, source.model_dump(exclude_unset=True))]
    elif isinstance(source, Mapping):
        tables = dict(gate.plain(source, where))
        layers = [*_parents(tables.pop("extends", None), where), Layer(where, tables)]
    else:
        layers = _file_layers(locate(source), (), {})
    return [*layers, *override_layers(overrides)]


def override_layers(overrides: Iterable[str], name: str = "--set") -> list[Layer]:
    """All overrides as one layer, later ones on top; what they remove and replace adds up. `name` is what
    messages call it. Raises ScenarioError for what is no override."""
    tables: dict[str, Any] = {}
    for override in overrides:
        parsed = parse_override(override)
        for word in DIRECTIVES:
            if isinstance(parsed.get(word), list) and isinstance(tables.get(word), list):
                parsed[word] = [*tables[word], *parsed[word]]
        tables = merge(tables, parsed)
    return [Layer(name, tables)] if tables else []


def load(
    source: Source, overrides: Iterable[str] = (), where: str = "scenario", above: Iterable[Layer] = ()
) -> Scenario:
    """A checked scenario from a bundled name, a file, tables or a scenario, with overrides on top, then what
    is to lie `above` them; `where` names tables in messages.

    Raises ScenarioError with the file, the field, the value, the bound and the remedy; TypeError if
    `overrides` is one text, whose letters would be taken for overrides.
    """
    if isinstance(overrides, str):
        raise TypeError(f"overrides = {overrides!r} is one text; give a list of texts: [{overrides!r}]")
    if not isinstance(source, (Scenario, Mapping)):
        where = str(locate(source))
    upper = [*override_layers(overrides), *above]
    tables = stacked([*layers_of(source, (), where), *upper])
    tables = _with_likeness(_with_presets(tables, where), where)
    try:
        return Scenario.model_validate(tables)
    except ValidationError as error:
        raise ScenarioError(explain(error, where, upper=upper)) from None
