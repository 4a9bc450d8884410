"""Many machines: a sweep on a Dask cluster (`pip install "orgsim[cluster]"`)."""

import gc
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.studies.engine import engine

_PATIENCE = "10s"


@contextmanager
def connect(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor on the cluster whose scheduler has this address, and how many chunks it takes at once.

    A worker that dies costs a retry: the scheduler gives its chunks to another. Raises OrgsimError if
    nobody answers, nobody works there, or another version of the program does."""
    try:
        from distributed import Client
    except ImportError:
        raise OrgsimError('--scheduler needs Dask: pip install "orgsim[cluster]"') from None
    client, reason = None, ""
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    if client is None:
        # a client that has not come to be closes itself when it is collected: now, rather than while
        # another one holds the locks that it needs for it
        gc.collect()
        raise OrgsimError(
            "--scheduler {address}: no Dask scheduler answers there ({reason}); start one with `dask "
            "scheduler`, or leave --scheduler out to use this machine",
            address=address,
            reason=reason,
        )
    with client:
        cores = client.ncores()
        if not cores:
            raise OrgsimError(
                "--scheduler {address}: has no workers; start some with `dask worker {address}`",
                address=address,
            )
        _check_versions(client, address)
        yield client.get_executor(pure=False, retries=2), sum(cores.values())


def _check_versions(client: Any, address: str) -> None:
    try:
        found = set(client.run(engine).values())
    except Exception as error:
        raise OrgsimError(
            "--scheduler {address}: its workers cannot run orgsim ({error}); install it there too",
            address=address,
            error=error,
        ) from None
    if found != {engine()}:
        raise OrgsimError(
            "--scheduler {address}: its workers run orgsim {names}, this machine {engine}; install "
            "the same version everywhere",
            address=address,
            names=", ".join(sorted(found)),
            engine=engine(),
        )
