"""Reading a scenario: TOML, `extends`, overrides, and messages that name the remedy."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from orgsim import gate
from orgsim.errors import ScenarioError, short
from orgsim.gate import read_toml
from orgsim.scenario.catalogue import bundled_file, bundled_name, preset_names, preset_tables
from orgsim.scenario.hints import nearest as nearest
from orgsim.scenario.layers import DIRECTIVES, Layer, stacked
from orgsim.scenario.layers import merge as merge
from orgsim.scenario.schema import Scenario

_MOST_PROBLEMS = 10


def locate(name: str | Path, beside: Path | None = None) -> Path:
    """The file of a scenario given as a path or as the name of a bundled one."""
    text = str(name)
    if not text.endswith(".toml"):
        if gate.is_file(Path(text)):
            raise ScenarioError(f"{short(text, 200)}: is no scenario; name a TOML file (.toml)")
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
        raise ScenarioError(f"{path}: extends itself ({chain}); remove one `extends`")
    if len(seen) == gate.LONGEST_CHAIN:
        raise ScenarioError(
            f"{seen[0]}: extends a chain of more than {gate.LONGEST_CHAIN} files; put some into one"
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
            f"{where}: extends = {short(repr(extends))} must be the name or path of a scenario, "
            "or a list of them"
        )
    known = {} if known is None else known
    layers = [layer for name in names for layer in _file_layers(locate(name, beside), seen, known)]
    if len(layers) > gate.MOST_LAYERS:
        raise ScenarioError(f"{where}: extends more than {gate.MOST_LAYERS} files in all; put some into one")
    return layers


def override_text(field: str, value: Any) -> str:
    """A value of a field as the text of an override."""
    return f"{field}={json.dumps(value, ensure_ascii=False)}"


def parse_override(text: str) -> dict[str, Any]:
    """`crisis.depth=0.4` as tables; the value is read as TOML, else as text."""
    field, sign, value = text.partition("=")
    keys = [key.strip() for key in field.split(".")]
    if not sign or not all(keys):
        raise ScenarioError(f"--set {short(text)}: write it as field=value, for example crisis.depth=0.4")
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
            f"{where}: crisis.preset = '{short(crisis['preset'])}' is unknown"
            + nearest(crisis["preset"], preset_names())
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
        why = "leads back to itself"
    elif model not in designs:
        why = "is no design" + nearest(model, designs)
    elif not isinstance(designs[model], dict):
        why = "is no table; write it as one"
    else:
        return model
    raise ScenarioError(f"{where}: designs.{short(chain[-1])}.like = '{short(model)}' {why}")


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
    return [*layers, *_override_layers(overrides)]


def _override_layers(overrides: Iterable[str]) -> list[Layer]:
    """All overrides as one layer, later ones on top; what they remove and replace adds up."""
    tables: dict[str, Any] = {}
    for override in overrides:
        parsed = parse_override(override)
        for word in DIRECTIVES:
            if isinstance(parsed.get(word), list) and isinstance(tables.get(word), list):
                parsed[word] = [*tables[word], *parsed[word]]
        tables = merge(tables, parsed)
    return [Layer("--set", tables)] if tables else []


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
    upper = [*_override_layers(overrides), *above]
    tables = stacked([*layers_of(source, (), where), *upper])
    tables = _with_likeness(_with_presets(tables, where), where)
    try:
        return Scenario.model_validate(tables)
    except ValidationError as error:
        raise ScenarioError(explain(error, where, upper=upper)) from None


def _fields_at(location: tuple[Any, ...], root: type[BaseModel]) -> list[str]:
    """The field names of the table that holds the last part of `location`."""
    model: Any = root
    for part in location[:-1]:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(str(part))
            if field is None:
                return []
            model = field.annotation
        else:
            model = next((a for a in reversed(get_args(model)) if isinstance(a, type)), None)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return list(model.model_fields)
    return []


def explain(
    error: ValidationError, where: str, model: type[BaseModel] = Scenario, upper: Sequence[Layer] = ()
) -> str:
    """A validation error as messages that name file, field, value and remedy: the first ten, and how many
    more there are. What a layer `upper` of the file has brought is said to be of that layer."""
    problems = error.errors(include_url=False, include_context=True)
    lines = [
        f"{_brought_by(problem['loc'], upper) or where}: {_explained(problem, model)}"
        for problem in problems[:_MOST_PROBLEMS]
    ]
    if len(problems) > _MOST_PROBLEMS:
        lines.append(f"{where}: and {len(problems) - _MOST_PROBLEMS:,} more")
    return "\n".join(lines)


def _brought_by(location: tuple[Any, ...], layers: Sequence[Layer]) -> str:
    """The name of the last layer that says something of a place; empty where none does."""
    for layer in reversed(layers):
        found: Any = layer.tables
        for part in location:
            if not isinstance(found, Mapping):
                break
            found = found.get(part)
        if location and found is not None:
            return layer.name
    return ""


def _explained(problem: Any, model: type[BaseModel]) -> str:
    location = tuple(part + 1 if isinstance(part, int) else short(part, 40) for part in problem["loc"])
    field = ".".join(str(part) for part in location).replace(".route.", ".route ")
    match problem["type"]:
        case "extra_forbidden":
            hint = nearest(str(problem["loc"][-1]), _fields_at(problem["loc"], model))
            return f"{field} is no known field{hint}"
        case "missing":
            return f"{field} is missing; add it"
        case "value_error":
            at = f"{field}: " if field else ""
            return f"{at}{problem['msg'].removeprefix('Value error, ')}"
        case "int_from_float" | "int_parsing" | "int_type":
            return f"{field} = {_value(problem)} must be a whole number"
        case "too_long":
            most, found = problem["ctx"]["max_length"], len(problem["input"])
            return f"{field} has {found:,} entries; at most {most:,} can be computed"
        case _:
            rule = problem["msg"].replace("Input should be", "must be")
            return f"{field} = {_value(problem)} {rule}"


def _value(problem: Any) -> str:
    return short(json.dumps(problem.get("input"), default=str, ensure_ascii=False))
