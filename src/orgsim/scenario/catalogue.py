"""The bundled scenarios and crisis presets."""

import difflib
from pathlib import Path
from typing import Any

from orgsim import gate
from orgsim.errors import ScenarioError, short
from orgsim.messages import Message, joined

_HERE = Path(__file__).resolve()
_INSTALLED = _HERE.parents[1] / "_scenarios"
_CHECKOUT = _HERE.parents[3] / "scenarios"


def folder() -> Path:
    """Where the bundled scenarios are: inside the installed package, or in the checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def names() -> list[str]:
    """The bundled scenarios that make sense by themselves."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def preset_names() -> list[str]:
    """The bundled crises, for `crisis.preset`: files of their own, and those of bundled scenarios."""
    own = [path.stem for path in (folder() / "crises").glob("*.toml")]
    return sorted([*own, *(name for name in names() if preset_tables(name))])


def preset_tables(name: str) -> dict[str, Any] | None:
    """The `crisis` table of a bundled crisis, or None."""
    own, scenario = find_bundled(f"crises/{name}"), find_bundled(name)
    if own is not None:
        return gate.read_toml(own)
    if scenario is not None:
        crisis = gate.read_toml(scenario).get("crisis")
        return None if crisis is None or "preset" in crisis else crisis
    return None


def names_in(part: str) -> list[str]:
    """The bundled scenarios of a folder: verification, validity, claims, practices."""
    return sorted(f"{part}/{path.stem}" for path in (folder() / part).glob("*.toml"))


def experiments_folder() -> Path:
    """Where the bundled experiments are."""
    installed = _HERE.parents[1] / "_experiments"
    return installed if installed.is_dir() else _HERE.parents[3] / "experiments"


def experiment_names() -> list[str]:
    """The bundled experiments."""
    return sorted(path.stem for path in experiments_folder().glob("*.toml"))


def bundled_experiment(name: str) -> Path:
    """The file of a bundled experiment. Raises ScenarioError with the nearest names."""
    path = _inside(experiments_folder(), name)
    if path is None:
        raise ScenarioError(
            "'{name}' is no bundled experiment; {hint} Or name a file (.toml).",
            name=short(name), hint=_hint(name, experiment_names()),
        )  # fmt: skip
    return path


def find_bundled(name: str) -> Path | None:
    """The file of a bundled name, or None."""
    return _inside(folder(), name)


def _inside(folder: Path, name: str) -> Path | None:
    """The file of a name in a folder, or None; no name leads out of the folder."""
    path = folder / f"{name}.toml"
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts
    return path if inside and gate.is_file(path) else None


def bundled_name(path: Path) -> str | None:
    """The name under which a file is bundled, or None."""
    inside = path.is_relative_to(folder().resolve())
    return path.relative_to(folder().resolve()).with_suffix("").as_posix() if inside else None


def bundled_file(name: str) -> Path:
    """The file of a bundled scenario. Raises ScenarioError with the nearest names."""
    found = find_bundled(name)
    if found is None:
        raise ScenarioError(
            "'{name}' is no bundled scenario; {hint} Or name a file (.toml).",
            name=short(name),
            hint=_hint(name, names()),
        )
    return found


def _hint(name: str, known: list[str]) -> Message:
    """What was meant by a name, or what there is."""
    close = difflib.get_close_matches(short(name), known, n=3, cutoff=0.4)
    if close:
        return Message("did you mean {names}?", names=joined(close, " or "))
    return Message("bundled are: {names}.", names=joined(known))
