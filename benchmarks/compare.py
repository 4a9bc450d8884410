"""Two checkouts of orgsim on the same work: how much CPU time one takes of the other, and whether the
bits are the same.

    python benchmarks/compare.py BEFORE AFTER [--pairs 15]

BEFORE and AFTER are folders with a checkout. Each is run by a worker that stays, with its core compiled,
in the checkout's own `.venv` if it has one. The two take turns, and every pair gives a ratio, so that what
slows the machine down slows both down. Compare a checkout with itself first: a ratio that is no further
from 1 than that one says nothing.
"""

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
#: scenario, overrides and design of what is run
CASES = {
    "silos, 3 years": ("default", [], "silos"),
    "teams, 3 years": ("default", [], "teams"),
    "crisis, teams": ("french-hospitality-2020", [], "teams"),
    "network of queues": (str(HERE / "network.toml"), ["horizon.weeks=2"], "departments"),
}


class Worker:
    """A process that runs what it is asked for with one checkout, and stays."""

    def __init__(self, checkout):
        root = Path(checkout).resolve()
        if not (root / "src" / "orgsim").is_dir():
            sys.exit(f"{checkout}: is no checkout of orgsim; name a folder that holds src/orgsim")
        own = root / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        command = [str(own) if own.exists() else sys.executable, str(HERE / "compare.py"), "--worker"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(root / "src")},
        )  # fmt: skip

    def run(self, *task):
        """CPU seconds of a run, and hashes of what came out of it by name."""
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit("a worker has failed; its message is above")
        return json.loads(answer)


def outcome(simulation):
    """Everything that a run comes to, by name, as bytes."""
    result = simulation.result()
    market = simulation.market
    tables = {"people": simulation.staff.persons, "customers": market.customers[: market.rows]}
    found = {}
    for group in ("measures", "costs", "lead_time"):
        found |= {f"{group}.{name}": repr(value).encode() for name, value in getattr(result, group).items()}
    found |= {f"weekly.{name}": values.tobytes() for name, values in result.weekly.items()}
    for group, table in tables.items():
        found |= {f"{group}.{name}": table[name].tobytes() for name in table.dtype.names}
    found["paid hours"] = simulation.core.paid.tobytes()
    return {name: hashlib.sha256(value).hexdigest()[:16] for name, value in found.items()}


def work():
    """The worker: a task a line, an answer a line. The first run of a case compiles and is not timed."""
    from orgsim.scenario import load
    from orgsim.simulation.schedule import Simulation

    ready = {}
    for line in sys.stdin:
        scenario, overrides, design, seed = json.loads(line)
        if (scenario, design) not in ready:
            ready[scenario, design] = load(scenario, overrides)
            Simulation(ready[scenario, design], design, seed).run()
        started = time.process_time()
        simulation = Simulation(ready[scenario, design], design, seed)
        simulation.run()
        simulation.result()
        seconds = time.process_time() - started
        print(json.dumps([seconds, outcome(simulation)]), flush=True)


def compare(before, after, task, pairs):
    """Ratios of CPU time, the CPU seconds of both sides, and the names of what differs."""
    times, differing, alone = [], set(), set()
    for seed in range(pairs):
        sides = (before, after) if seed % 2 == 0 else (after, before)
        answers = {side: side.run(*task, seed) for side in sides}
        times.append((answers[before][0], answers[after][0]))
        one, other = answers[before][1], answers[after][1]
        differing |= {name for name in one.keys() & other.keys() if one[name] != other[name]}
        alone |= one.keys() ^ other.keys()
    return times, sorted(differing), sorted(alone)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("before", nargs="?")
    parser.add_argument("after", nargs="?")
    parser.add_argument("--pairs", type=int, default=15, help="runs of each side, each with its seed")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work()
        return
    if arguments.after is None or arguments.pairs < 2:
        parser.error("name two checkouts, and at least two pairs")
    before, after = Worker(arguments.before), Worker(arguments.after)
    print(f"{'':20} {'CPU before':>11} {'after':>9} {'ratio':>7} {'middle half':>13}  bits")
    for name, task in CASES.items():
        times, differing, alone = compare(before, after, task, arguments.pairs)
        ratios = [second / first for first, second in times]
        low, _, high = statistics.quantiles(ratios, n=4)
        first, second = (statistics.median(column) for column in zip(*times, strict=True))
        print(
            f"{name:20} {1000 * first:8.1f} ms {1000 * second:6.1f} ms {statistics.median(ratios):7.3f} "
            f"{low:6.3f}–{high:.3f}  {'differ: ' + ', '.join(differing) if differing else 'the same'}",
            flush=True,
        )
        if alone:
            print(f"{'':20} only one side has {', '.join(alone)}")


if __name__ == "__main__":
    main()
