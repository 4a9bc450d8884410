"""The version of what computes a run: its sources, and everything below them that can change a bit."""

import hashlib
import importlib.metadata
import platform
from functools import cache
from pathlib import Path

import orgsim

#: rooms whose sources decide what a run gives
ROOMS = (
    "fields.py",
    "working_time.py",
    "intake",
    "kernel",
    "mechanisms",
    "measures",
    "scenario",
    "engine",
    "organisation",
    "world",
    "simulation",
)
#: packages that compute: the arrays, the compiler and its back end
_PACKAGES = ("numpy", "numba", "llvmlite")


@cache
def sources() -> str:
    """The version of the program, and a hash of the sources that compute a run."""
    root = Path(orgsim.__file__).parent
    digest = hashlib.sha256()
    for name in ROOMS:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return f"{orgsim.__version__}+{digest.hexdigest()[:12]}"


@cache
def engine() -> str:
    """The sources, and what they run on: Python, the packages that compute, the system's mathematical
    functions and the kind of processor. Two runs of the same engine are the same to the bit."""
    python = ".".join(platform.python_version_tuple()[:2])
    packages = [f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES]
    mathematics = " ".join(part for part in platform.libc_ver() if part)
    below = [f"python {python}", *packages, platform.system(), mathematics, platform.machine()]
    return ", ".join([sources(), *(part for part in below if part)])
