"""Reading a scenario: TOML, `extends`, overrides, and messages that name the remedy."""

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from orgsim.errors import ScenarioError
from orgsim.scenario.catalogue import bundled_file, preset_names, preset_tables
from orgsim.scenario.schema import Scenario


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` on `base`, table by table; anything that is not a table is replaced."""
    merged = dict(base)
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of one file, without following `extends`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise ScenarioError(f"{path}: is a folder; name a scenario file (.toml)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{path}: is not valid TOML: {error}") from None


def locate(name: str | Path, beside: Path | None = None) -> Path:
    """The file of a scenario given as a path or as the name of a bundled one."""
    text = str(name)
    if not text.endswith(".toml"):
        return bundled_file(text)
    path = Path(text)
    return path if path.is_absolute() or beside is None else beside / path


def resolve(path: Path, seen: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The tables of a file on top of those that it extends."""
    path = path.resolve()
    if path in seen:
        chain = " → ".join(p.name for p in (*seen[seen.index(path) :], path))
        raise ScenarioError(f"{path}: extends itself ({chain}); remove one `extends`")
    tables = read_toml(path)
    parent = tables.pop("extends", None)
    for crisis in _crises(tables):
        if isinstance(crisis.get("file"), str):
            crisis["file"] = str(path.parent / crisis["file"])
    return merge(_parents(parent, str(path), path.parent, (*seen, path)), tables)


def _parents(
    extends: Any, where: str, beside: Path | None = None, seen: tuple[Path, ...] = ()
) -> dict[str, Any]:
    """The tables of what `extends` names: nothing, one scenario, or several, later ones on top."""
    names = [] if extends is None else [extends] if isinstance(extends, str) else extends
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ScenarioError(
            f"{where}: extends = {extends!r} must be the name or path of a scenario, or a list of them"
        )
    tables: dict[str, Any] = {}
    for name in names:
        tables = merge(tables, resolve(locate(name, beside), seen))
    return tables


def override_text(field: str, value: Any) -> str:
    """A value of a field as the text of an override."""
    return f"{field}={json.dumps(value, ensure_ascii=False)}"


def parse_override(text: str) -> dict[str, Any]:
    """`crisis.depth=0.4` as tables; the value is read as TOML, else as text."""
    field, sign, value = text.partition("=")
    keys = [key.strip() for key in field.split(".")]
    if not sign or not all(keys):
        raise ScenarioError(f"--set {text}: write it as field=value, for example crisis.depth=0.4")
    try:
        parsed: Any = tomllib.loads(f"value = {value.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        parsed = value.strip()
    for key in reversed(keys):
        parsed = {key: parsed}
    return dict(parsed)


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
            f"{where}: crisis.preset = '{crisis['preset']}' is unknown"
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

    def complete(key: str, seen: tuple[str, ...]) -> Any:
        design = designs[key]
        model = design.get("like") if isinstance(design, dict) else None
        if not isinstance(model, str):
            return design
        if model in seen or model not in designs:
            why = "leads back to itself" if model in seen else "is no design" + nearest(model, designs)
            raise ScenarioError(f"{where}: designs.{key}.like = '{model}' {why}")
        return merge(_inherited(complete(model, (*seen, model))), design)

    return tables | {"designs": {key: complete(key, (key,)) for key in designs}}


def _inherited(design: Any) -> Any:
    return {key: value for key, value in design.items() if key not in ("incumbent", "label")}


def load(
    source: str | Path | Mapping[str, Any] | Scenario, overrides: Iterable[str] = (), where: str = "scenario"
) -> Scenario:
    """A checked scenario from a bundled name, a file, tables or a scenario, with overrides on top; `where`
    names tables in messages.

    Raises ScenarioError with the file, the field, the value, the bound and the remedy; TypeError if
    `overrides` is one text, whose letters would be taken for overrides.
    """
    if isinstance(overrides, str):
        raise TypeError(f"overrides = {overrides!r} is one text; give a list of texts: [{overrides!r}]")
    if isinstance(source, Scenario):
        tables = source.model_dump(exclude_unset=True)
    elif isinstance(source, Mapping):
        tables = dict(source)
        tables = merge(_parents(tables.pop("extends", None), where), tables)
    else:
        path = locate(source)
        where = str(path)
        tables = resolve(path)
    for override in overrides:
        tables = merge(tables, parse_override(override))
    tables = _with_likeness(_with_presets(tables, where), where)
    try:
        return Scenario.model_validate(tables)
    except ValidationError as error:
        raise ScenarioError(explain(error, where)) from None


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint at the nearest of the names that are known."""
    known = list(names)
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; known are: {', '.join(known)}" if known else ""


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


def explain(error: ValidationError, where: str, model: type[BaseModel] = Scenario) -> str:
    """A validation error as messages that name file, field, value and remedy."""
    lines = []
    for problem in error.errors():
        location = tuple(part + 1 if isinstance(part, int) else part for part in problem["loc"])
        field = ".".join(str(part) for part in location).replace(".route.", ".route ")
        shown = json.dumps(problem.get("input"), default=str, ensure_ascii=False)
        value = shown if len(shown) <= 60 else shown[:57] + "…"
        match problem["type"]:
            case "extra_forbidden":
                hint = nearest(str(problem["loc"][-1]), _fields_at(problem["loc"], model))
                lines.append(f"{where}: {field} is no known field{hint}")
            case "missing":
                lines.append(f"{where}: {field} is missing; add it")
            case "value_error":
                at = f"{field}: " if field else ""
                lines.append(f"{where}: {at}{problem['msg'].removeprefix('Value error, ')}")
            case _:
                rule = problem["msg"].replace("Input should be", "must be")
                lines.append(f"{where}: {field} = {value} {rule}")
    return "\n".join(lines)
