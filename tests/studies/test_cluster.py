"""Many machines: the same bits on a Dask cluster, one of whose workers is killed; who does not answer."""

import gc
import os
import signal
import socket
import threading
import time

import pytest

from orgsim.errors import OrgsimError
from orgsim.studies.cluster import connect
from orgsim.studies.design import load_experiment
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep

EXPERIMENT = load_experiment(
    {
        "title": "Many machines",
        "overrides": ["horizon.weeks=20"],
        "designs": ["silos", "teams"],
        "factors": {"transfer": {"field": "frictions.handoff.transfer_hours", "values": [0.5, 2.0, 8.0]}},
        "replications": {"min": 8, "base": 8},
    }
)


def rows(store):
    return sorted(store.query("SELECT key, status, result, cycle_time, cost_overhead FROM runs"))


@pytest.mark.filterwarnings("ignore")
def test_the_same_bits_on_a_cluster_though_a_worker_is_killed(tmp_path):
    from distributed import LocalCluster

    here = Store(tmp_path / "here", create=True)
    sweep(EXPERIMENT, here, 2)
    there = Store(tmp_path / "there", create=True)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        victim = next(iter(cluster.workers.values())).pid

        def kill():
            while len(there.parts("runs")) < 2:
                time.sleep(0.02)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        with connect(cluster.scheduler_address) as (executor, slots):
            assert slots == 2
            tally = sweep(EXPERIMENT, there, slots, executor=executor)
        killer.join()
        stopped = Store(tmp_path / "stopped", create=True)

        def stop(tally):
            raise KeyboardInterrupt

        with connect(cluster.scheduler_address) as (executor, slots), pytest.raises(KeyboardInterrupt):
            sweep(EXPERIMENT, stopped, slots, report=stop, executor=executor)
    assert (tally.runs, tally.failed) == (64, 0)
    assert rows(there) == rows(here)


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_not_there(monkeypatch):
    monkeypatch.setattr("orgsim.studies.cluster._PATIENCE", "1s")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
    for bad in (address, "nonsense://x"):
        with pytest.raises(OrgsimError, match="no Dask scheduler answers there"), connect(bad):
            pass
        # a client that is left over closes itself at any moment, also when that locks the program up
        assert not any(type(one).__name__ == "Client" for one in gc.get_objects())


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_without_workers():
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as cluster,
        pytest.raises(OrgsimError, match="has no workers"),
        connect(cluster.scheduler_address),
    ):
        pass
