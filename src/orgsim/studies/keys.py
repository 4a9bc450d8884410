"""What identifies a run: everything that it is computed from, by contents, wherever it lies."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from orgsim.errors import ScenarioError
from orgsim.scenario import Scenario


def canonical(value: Any) -> Any:
    """Plain data in which equal settings are equal: 8 is 8.0, but neither true nor "8"."""
    if isinstance(value, Mapping):
        return {str(key): canonical(inner) for key, inner in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [canonical(inner) for inner in value]
    return _as_float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_float(value: int) -> float | int:
    """A whole number as a float, where no digit is lost."""
    try:
        return float(value) if int(float(value)) == value else value
    except OverflowError:
        return value


def identity(value: Any) -> str:
    """A text that is the same for equal settings, and for no others."""
    return json.dumps(canonical(value), sort_keys=True)


def scenario_hash(settings: Scenario) -> str:
    """What identifies a resolved scenario: all that it states, and the contents of the files that it reads,
    not their places; what changes no run (title, description, what matters) does not count."""
    silent = {"title", "description", "matters"}
    told = with_files(settings, digest_of).model_dump(mode="json", exclude=silent)
    return hashlib.sha256(identity(told).encode()).hexdigest()[:16]


def run_key(of_scenario: str, design: str, seed: int, of_engine: str) -> str:
    """The key of a run: of the resolved scenario, the design, the seed and the engine."""
    text = f"{of_scenario}|{design}|{seed}|{of_engine}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def files_of(settings: Scenario) -> Iterator[Path]:
    """The files that a run of the scenario reads."""
    for crisis in (settings.crisis, *settings.crises.values()):
        if crisis.file is not None:
            yield Path(crisis.file)


def with_files(settings: Scenario, place: Callable[[Path], Any]) -> Scenario:
    """The scenario with `place(file)` for every file that it reads."""
    if not any(files_of(settings)):
        return settings

    def placed(crisis: Any) -> Any:
        if crisis.file is None:
            return crisis
        return crisis.model_copy(update={"file": str(place(Path(crisis.file)))})

    crises = {name: placed(crisis) for name, crisis in settings.crises.items()}
    changed = {"crisis": placed(settings.crisis)} | ({"crises": crises} if crises else {})
    return settings.model_copy(update=changed)


def digest_of(file: Path) -> str:
    """The hash of a file's contents. Raises ScenarioError where it cannot be read."""
    return hash_of(contents_of(file))


def hash_of(content: bytes) -> str:
    """What identifies contents."""
    return hashlib.sha256(content).hexdigest()


def contents_of(file: Path) -> bytes:
    """The contents of a file that a scenario names. Raises ScenarioError where it cannot be read."""
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ScenarioError(
            "crisis.file = '{file}' cannot be read: {reason}", file=file, reason=reason
        ) from None
