"""Sweeps: overhead of the runner, speed-up, against `mesa.batch_run`, and how many runs pairing saves.

python sweeps.py [RUNS]      RUNS: of the large sweep, 2,000 by default
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import orgsim
from orgsim.studies.design import load_experiment
from orgsim.studies.planning import warm_up
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep

HERE = Path(__file__).parent
MEASURES = ("result", "total_cost", "satisfaction", "retention", "cycle_time")
CRISIS = ["crisis.shape=v", "crisis.depth=0.5", "crisis.start_week=26", "crisis.duration_weeks=52"]


def experiment(points, seeds):
    return load_experiment(
        {
            "title": "Benchmark",
            "scenario": "default",
            "designs": ["silos", "teams"],
            "sampling": "lhs",
            "samples": points,
            "factors": {"transfer": {"field": "frictions.handoff.transfer_hours", "low": 3.0, "high": 5.0}},
            "replications": {"min": seeds, "base": 2},
        }
    )


def swept(points, seeds, workers):
    """Runs, seconds of the whole sweep, and of the runs alone."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder, create=True)
        started = time.perf_counter()
        tally = sweep(experiment(points, seeds), store, workers)
        seconds = time.perf_counter() - started
        (inside,) = store.query("SELECT sum(seconds) FROM runs")[0]
    return {"runs": tally.runs, "seconds": seconds, "inside": inside, "failed": tally.failed}


def pairing(overrides, seeds):
    """By measure, how many times as many runs independent seeds need for the same half-width."""
    found = orgsim.compare("default", seeds, 1, ["silos", "teams"], overrides)
    return {measure: found.difference("teams", measure).variance_reduction for measure in MEASURES}


def two_alone():
    """How much slower a run is while another process runs: what the machine itself costs."""
    program = (
        "import time\nfrom orgsim.simulation.runner import run\nrun('default', 'silos', 1)\n"
        "t = time.perf_counter()\nfor s in range(40): run('default', 'silos', s)\n"
        "print(time.perf_counter() - t)"
    )

    def times(count):
        together = [
            subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        return max(float(process.communicate()[0]) for process in together)

    return times(2) / times(1)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    warm_up(experiment(2, 2))
    large = swept(runs // 16, 8, 2)
    one, two = swept(25, 8, 1), swept(25, 8, 2)
    batch = json.loads(
        subprocess.run(
            [sys.executable, "-W", "ignore", HERE / "peers" / "mesa_batch.py", "2", "100"],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()[-1]
    )  # fmt: skip
    objects = json.loads(
        subprocess.run(
            [sys.executable, HERE / "peers" / "objects.py"],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONPATH": str(HERE.parent / "tests")},
        ).stdout.splitlines()[-1]
    )
    calm, crisis = pairing([], 60), pairing(CRISIS, 60)
    print(
        json.dumps(
            {
                "large": large, "one": one, "two": two, "batch": batch, "objects": objects,
                "calm": calm, "crisis": crisis, "two_alone": two_alone(),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            },
            default=lambda value: float(np.float64(value)),
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
