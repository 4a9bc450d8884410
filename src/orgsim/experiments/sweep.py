"""Running an experiment: chunk by chunk, each point until its answer is precise, on all cores.

A chunk is some seeds of one point under all designs. It is written to the store as soon as it is done;
what is there is never computed again, so that a sweep that was stopped, or killed, goes on where it was.
"""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.errors import OrgsimError
from orgsim.experiments.chunks import Answer, Chunk, run_chunk
from orgsim.experiments.crate import write_crate
from orgsim.experiments.design import Experiment
from orgsim.experiments.engine import engine
from orgsim.experiments.interruption import Interruption, ignored, noted
from orgsim.experiments.points import Point, base_case, designs_of, points_of
from orgsim.experiments.provenance import provenance
from orgsim.experiments.runner import worker_count
from orgsim.experiments.stopping import is_settled
from orgsim.experiments.store import FACTS, RUN_COLUMNS, WEEKLY_COLUMNS, Store, run_key

_SEEDS_A_CHUNK = 4
_TRIES = 3


@dataclass
class Tally:
    """How a sweep stands."""

    runs: int = 0  #: that were computed
    failed: int = 0  #: of them
    reused: int = 0  #: that the store had already
    planned: int = 0  #: runs, as far as is known
    points: int = 0  #: of the experiment's own
    imprecise: int = 0  #: points that are not as precise as was asked for
    outdated: int = 0  #: runs in the store that another version of the program made


@dataclass(frozen=True)
class _Task:
    """A chunk that waits; its scenario is made when its turn comes, so that memory stays flat."""

    point: str
    seeds: tuple[int, ...]
    tries: int = 1


Report = Callable[[Tally], None]


def sweep(
    experiment: Experiment, store: Store, workers: int | None = None, fail_fast: bool = False,
    report: Report | None = None, executor: Executor | None = None,
    points: list[Point] | None = None, seeds_a_chunk: int = _SEEDS_A_CHUNK,
) -> Tally:  # fmt: skip
    """Run what the store lacks. The answer does not depend on `workers`, nor on what was there before.

    `executor` replaces this machine's processes by any other (see `cluster`), of which `workers` says how
    many chunks it takes at once; `points` are those of the experiment, if they are known already; small
    chunks (`seeds_a_chunk`) tell of progress more often, large ones cost less.
    Raises ScenarioError for an experiment that does not fit its scenario."""
    points = points or points_of(experiment)
    runner = _Sweep(experiment, store, points, fail_fast, report or (lambda tally: None), seeds_a_chunk)
    runner.recall()
    if any(runner.next_seeds(point) for point in points):
        runner.work(executor, worker_count(workers))
    store.compact("runs")
    store.compact("weekly")
    for point in points:
        runner.next_seeds(point)  # settles whether it is precise
    runner.tally.imprecise = sum(not point.settled for point in points if point.sampled)
    store.note(tally=vars(runner.tally))
    write_crate(store)
    return runner.tally


class _Sweep:
    def __init__(
        self, experiment: Experiment, store: Store, points: list[Point], fail_fast: bool, report: Report,
        seeds_a_chunk: int = _SEEDS_A_CHUNK,
    ):  # fmt: skip
        self.experiment, self.store, self.points = experiment, store, points
        self.base = base_case(experiment)
        self.designs = designs_of(experiment, self.base)
        self.by_name = {point.name: point for point in points}
        self.fail_fast, self.report, self.seeds_a_chunk = fail_fast, report, seeds_a_chunk
        self.engine = engine()
        self.tally = Tally(points=sum(point.sampled for point in points))

    def key(self, point: Point, design: str, seed: int) -> str:
        return run_key(point.name, design, seed, self.engine)

    # what is there

    def recall(self) -> None:
        """Take from the store what it has of this experiment, and write what is about to be swept."""
        self.store.begin(
            title=self.experiment.title, designs=list(self.designs), engine=self.engine,
            experiment=self.experiment.model_dump(mode="json", exclude_unset=True),
            scenario=self.base.model_dump(mode="json", exclude_unset=True), provenance=provenance(),
        )  # fmt: skip
        if self.store.parts("runs"):
            self._recall_runs()
        self.tally.reused = sum(len(point.done) for point in self.points)
        self.tally.runs = self.tally.reused
        planned = len(self.designs) * sum(point.least for point in self.points)
        self.tally.planned = max(planned, self.tally.reused)
        self._write_points()

    def _recall_runs(self) -> None:
        names = self.experiment.replications.judged
        first = self.experiment.replications.first_seed
        columns = ", ".join(f'"{name}"' for name in ("key", "point", "design", "seed", *names))
        for key, name, design, seed, *values in self.store.query(
            f"SELECT {columns} FROM runs WHERE status = 'ok'"
        ):
            point = self.by_name.get(name)
            if point is None or design not in self.designs or not first <= seed < first + point.most:
                continue
            if key == self.key(point, design, seed):
                known = (float("nan") if value is None else value for value in values)
                point.done[design, seed] = dict(zip(names, known, strict=True))
        self.tally.outdated = self.store.outdated()

    def _write_points(self) -> None:
        factors = list(self.experiment.factors)
        kinds = {
            name: "DOUBLE" if all(_is_number(point.values[name]) for point in self.points) else "VARCHAR"
            for name in factors
        }
        columns = {"point": "VARCHAR", "base": "BOOLEAN", "sampled": "BOOLEAN"} | kinds
        text = json.dumps([list(columns), [[point.name, point.sampled] for point in self.points]])
        rows = [
            [
                point.name,
                point.base,
                point.sampled,
                *(_plain(point.values[name], kinds[name]) for name in factors),
            ]
            for point in self.points
        ]
        part = self.store.add("points", columns, rows, hashlib.sha256(text.encode()).hexdigest()[:20])
        for other in map(Path, self.store.parts("points")):
            if other != part:
                other.unlink()

    # what is to be done

    def next_seeds(self, point: Point) -> tuple[int, ...]:
        """The seeds that a point needs next; none when it is settled, or has had its share."""
        first = self.experiment.replications.first_seed
        have = point.seeds(self.designs)
        if len(have) >= point.least:
            point.settled = is_settled(self.experiment, point, self.designs, self.tally.points)
            if point.settled or len(have) >= point.most:
                return ()
        known = set(have)
        missing = [seed for seed in range(first, first + point.most) if seed not in known]
        batch = point.least - len(have) if len(have) < point.least else len(have)
        return tuple(missing[:batch])

    def tasks_of(self, point: Point) -> list[_Task]:
        """What a point needs next, in chunks."""
        seeds = self.next_seeds(point)
        size = self.seeds_a_chunk
        return [_Task(point.name, seeds[at : at + size]) for at in range(0, len(seeds), size)]

    def chunk_of(self, task: _Task) -> Chunk:
        point = self.by_name[task.point]
        settings = self.experiment.at(point.values) if point.sampled else self.base
        return Chunk(
            task.point, settings, self.designs, task.seeds, self.experiment.weekly or point.base,
            self.fail_fast,
        )  # fmt: skip

    def work(self, executor: Executor | None, workers: int) -> None:
        """Chunks side by side, until no point needs any more; Ctrl-C ends it between two answers."""
        with noted() as interruption:
            self._work(executor, workers, interruption)

    def _work(self, executor: Executor | None, workers: int, interruption: Interruption) -> None:
        waiting = [task for point in self.points for task in self.tasks_of(point)]
        left = dict.fromkeys(self.by_name, 0)
        for task in waiting:
            left[task.point] += 1
        waiting.reverse()
        pool = executor or _processes(workers)
        running: dict[Future, _Task] = {}
        try:
            while waiting or running:
                broken = self._hand_out(pool, waiting, running, 2 * workers)
                finished, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                interruption.check()
                for future in finished:
                    task = running.pop(future)
                    try:
                        answers = future.result()
                    except BrokenProcessPool:
                        broken = True
                        waiting.append(_again(task))
                        continue
                    except OrgsimError:
                        raise
                    except Exception as error:  # a cluster that gives up
                        raise OrgsimError(
                            f"the workers gave up on point {task.point} ({type(error).__name__}: {error}); "
                            "what is done is kept: run again to go on"
                        ) from None
                    self.take(task.point, answers)
                    left[task.point] -= 1
                    if left[task.point] == 0:
                        more = self.tasks_of(self.by_name[task.point])
                        left[task.point] = len(more)
                        waiting += reversed(more)
                        self.tally.planned += sum(len(new.seeds) for new in more) * len(self.designs)
                if broken and executor is None:
                    waiting += running.values()
                    running.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = _processes(workers)
                self.report(self.tally)
        except BaseException:
            for future in running:
                future.cancel()
            _stop(pool, executor is None)
            raise
        if executor is None:
            pool.shutdown()

    def _hand_out(
        self, pool: Executor, waiting: list[_Task], running: dict[Future, _Task], room: int
    ) -> bool:
        """Give the pool chunks while it has room; whether it turned out to be broken."""
        while waiting and len(running) < room:
            task = waiting.pop()
            try:
                running[pool.submit(run_chunk, self.chunk_of(task))] = task
            except BrokenProcessPool:  # a worker has died since the last answer
                waiting.append(task)
                return True
        return False

    def take(self, name: str, answers: Sequence[Answer]) -> None:
        """Write a chunk's answers to the store and remember what decides about precision."""
        point = self.by_name[name]
        rows, weeks = [], []
        blank = dict.fromkeys(list(RUN_COLUMNS)[len(FACTS) :], float("nan"))
        for answer in answers:
            key = self.key(point, answer.design, answer.seed)
            values = blank | answer.values
            rows.append(
                [key, name, answer.design, answer.seed, self.engine, answer.status, answer.reason,
                 answer.seconds, *values.values()]
            )  # fmt: skip
            series = list(answer.weekly.values())
            weeks += [[key, week, *line] for week, line in enumerate(zip(*series, strict=True))]
            self.tally.runs += 1
            self.tally.failed += answer.status != "ok"
            judged = self.experiment.replications.judged
            point.done[answer.design, answer.seed] = {measure: values[measure] for measure in judged}
        if weeks:
            self.store.add("weekly", WEEKLY_COLUMNS, weeks)
        self.store.add("runs", RUN_COLUMNS, rows)


def _again(task: _Task) -> _Task:
    if task.tries >= _TRIES:
        raise OrgsimError(
            f"a worker died {task.tries} times on point {task.point}, seeds {task.seeds[0]} to "
            f"{task.seeds[-1]}; is there memory enough? What is done is kept: run again to go on"
        )
    return _Task(task.point, task.seeds, task.tries + 1)


def _processes(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=ignored)


def _stop(pool: Executor, own: bool) -> None:
    """End what is running; what is not yet written is lost, and nothing else."""
    if not own:
        pool.shutdown(wait=False)
        return
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


def _is_number(value: Any) -> bool:
    return value is None or (
        isinstance(value, (int, float)) and not isinstance(value, bool) and bool(np.isfinite(value))
    )


def _plain(value: Any, kind: str) -> Any:
    if kind == "DOUBLE":
        return float("nan") if value is None else float(value)
    return "" if value is None else str(value)
