"""The one decorator of the compiled code.

The core is many small functions at the speed of one flat loop, thanks to two options:

- `_nrt=False` switches off numba's reference counting: every array is allocated outside. It is a
  private keyword, hence it stands here only and `tests/kernel/test_compiled.py` holds that it still works.
- `forceinline=True`: passing the core's arrays to a function that is not inlined costs more than
  most functions do. So that inlining stays cheap to compile, a large function is called from one
  place: handlers say what happened, and the day's loop acts on it.

A disk cache does not notice an edited callee in another file, so the cache folder is named after a hash of
all compiled sources.
"""

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba as _numba
import numpy as np

from orgsim.kernel.blas import take_blas_for_granted
from orgsim.kernel.cache import KernelCache, leave_recent, own_folder
from orgsim.kernel.indices import count_from_the_front

Function = TypeVar("Function", bound=Callable[..., Any])

#: numba's own types know neither its private keywords nor its configuration
numba: Any = _numba

count_from_the_front()
take_blas_for_granted()

_ROOT = Path(__file__).parents[1]
_COMPILED_ROOMS = ("kernel", "mechanisms", "engine", "world")


def _source_hash() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for room in _COMPILED_ROOMS:
        for file in sorted((_ROOT / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


_CACHE = own_folder(f"kernel-{_source_hash()}")
if _CACHE is not None:
    leave_recent(_CACHE)


def wrapping_keys() -> contextlib.AbstractContextManager[Any]:
    """Keys wrap around at 64 bits: compiled code does so silently, plain Python has to be told."""
    if numba.config.DISABLE_JIT:
        return np.errstate(over="ignore")
    return contextlib.nullcontext()


def is_cached() -> bool:
    """Whether the core has been compiled before by this version on this machine."""
    return bool(numba.config.DISABLE_JIT) or (_CACHE is not None and any(_CACHE.rglob("*advance*.nbc")))


def _compile(function: Function, callable_from_python: bool, keep: bool = True) -> Function:
    before = numba.config.CACHE_DIR
    try:
        numba.config.CACHE_DIR = str(_CACHE) if _CACHE else before
        made = numba.njit(
            function,
            _nrt=False,
            forceinline=True,
            nogil=True,
            error_model="numpy",
            no_cpython_wrapper=not callable_from_python,
            no_cfunc_wrapper=True,
        )
        if keep and _CACHE is not None and hasattr(made, "py_func"):
            made._cache = KernelCache(made.py_func)
    finally:
        numba.config.CACHE_DIR = before
    return cast(Function, made)


def compiled(function: Function, keep: bool = True) -> Function:
    """Compile a function that other compiled functions call; plain Python if NUMBA_DISABLE_JIT=1.
    `keep` it on disk, unless it is a user's own."""
    return _compile(function, callable_from_python=False, keep=keep)


def compiled_entry(function: Function) -> Function:
    """Compile a function that Python calls (its wrapper takes most of the time to compile)."""
    return _compile(function, callable_from_python=True)
