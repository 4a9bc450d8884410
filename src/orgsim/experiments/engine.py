"""The version of what computes a run, by its sources."""

import hashlib
from functools import cache
from pathlib import Path

import orgsim

#: rooms whose sources decide what a run gives
_ENGINE = (
    "compiled.py", "randomness.py", "policies.py", "simulation.py", "recording.py", "result.py", "scenario",
    "organisation", "world", "operations", "people", "market", "accounts", "management",
)  # fmt: skip


@cache
def engine() -> str:
    """The version of what computes a run: the program's, and a hash of its sources."""
    root = Path(orgsim.__file__).parent
    digest = hashlib.sha256()
    for name in _ENGINE:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return f"{orgsim.__version__}+{digest.hexdigest()[:12]}"
