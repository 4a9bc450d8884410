"""Running an experiment: chunk by chunk, each point until its answer is precise, on all cores.

A chunk is some seeds of one point under all designs. It is written to the store as soon as it is done;
what is there is never computed again, so that a sweep that was stopped, or killed, goes on where it was.
"""

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.messages import joined
from orgsim.simulation.interruption import Interruption, noted, serve_parent
from orgsim.simulation.runner import worker_count
from orgsim.studies.chunks import Answer, Chunk, run_chunk
from orgsim.studies.crate import write_crate
from orgsim.studies.design import Experiment
from orgsim.studies.engine import engine
from orgsim.studies.factors import is_number
from orgsim.studies.keys import files_of, identity, run_key, scenario_hash
from orgsim.studies.points import Point, base_case, designs_of, points_of
from orgsim.studies.provenance import provenance
from orgsim.studies.stopping import is_settled
from orgsim.studies.store import FACTS, POINT_COLUMNS, RUN_COLUMNS, WEEKLY_COLUMNS, Store
from orgsim.studies.writers import Writer, announced, others

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
    damaged: list[str] = field(default_factory=list)  #: files of the store that were put aside
    others: list[Writer] = field(default_factory=list)  #: sweeps that wrote into the store when it began

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return vars(self) | {"others": [str(writer) for writer in self.others]}


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
    with announced(store.folder) as notice:
        runner.tally.others = others(store.folder, notice)
        store.repair(alone=not runner.tally.others)
        runner.tally.damaged = store.damaged
        runner.recall()
        runner.report(runner.tally)
        if any(runner.next_seeds(point) for point in points):
            runner.work(executor, worker_count(workers))
        if not others(store.folder, notice):
            store.compact("runs")
            store.compact("weekly")
    for point in points:
        runner.next_seeds(point)  # settles whether it is precise
    runner.tally.imprecise = sum(not point.settled for point in points if point.sampled)
    store.note(tally=runner.tally.to_dict())
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
        least = len(self.designs) * sum(point.least for point in self.points)
        experiment = self.experiment.model_dump(mode="json", exclude_unset=True)
        self.store.begin(
            title=self.experiment.title, designs=list(self.designs), engine=self.engine, least=least,
            experiment=experiment | self._scenario_from_here(),
            scenario=self.store.keep(self.base).model_dump(mode="json", exclude_unset=True),
            provenance=provenance(),
        )  # fmt: skip
        self._recall_runs()
        self.tally.reused = sum(len(point.done) for point in self.points)
        self.tally.runs = self.tally.reused
        self.tally.planned = max(least, self.tally.reused)
        self._write_points()

    def _scenario_from_here(self) -> dict[str, str]:
        """The scenario's file as seen from the store, so that both can be moved together."""
        named = self.experiment.scenario
        if not named.endswith(".toml"):
            return {"scenario": named}
        try:
            return {"scenario": Path(os.path.relpath(named, self.store.folder)).as_posix()}
        except ValueError:  # on another drive
            return {"scenario": Path(named).name}

    def _recall_runs(self) -> None:
        names = self.experiment.replications.judged
        first = self.experiment.replications.first_seed
        columns = ", ".join(f'"{name}"' for name in ("key", "point", "design", "seed", *names))
        courses = self._courses()
        for key, name, design, seed, *values in self.store.query(
            f"SELECT {columns} FROM runs WHERE status = 'ok'"
        ):
            point = self.by_name.get(name)
            if point is None or design not in self.designs or not first <= seed < first + point.most:
                continue
            if self._keeps_course(point) and key not in courses:
                continue
            if key == self.key(point, design, seed):
                known = (float("nan") if value is None else value for value in values)
                point.done[design, seed] = dict(zip(names, known, strict=True))
        self.tally.outdated = self.store.outdated()

    def _courses(self) -> set[str]:
        """The runs whose weekly series are there to the last week."""
        rows = self.store.query("SELECT key FROM weekly GROUP BY key HAVING count(*) > max(week)")
        return {key for (key,) in rows}

    def _keeps_course(self, point: Point) -> bool:
        return self.experiment.weekly or point.base

    def _write_points(self) -> None:
        factors = list(self.experiment.factors)
        kinds = {name: _column_type([point.values[name] for point in self.points]) for name in factors}
        columns = POINT_COLUMNS | kinds
        rows = [
            [
                place, point.name, point.base, point.sampled, json.dumps(_settings(point)),
                *(_in_column(point.values[name], kinds[name]) for name in factors),
            ]
            for place, point in enumerate(self.points)
        ]  # fmt: skip
        self.store.replace("points", columns, rows)

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

    def _first_tasks(self, point: Point, left: dict[str, int]) -> list[_Task]:
        """What a point needs when its turn comes; `left` remembers how many chunks that is."""
        tasks = self.tasks_of(point)
        left[point.name] = len(tasks)
        return tasks

    def chunk_of(self, task: _Task) -> Chunk:
        point = self.by_name[task.point]
        settings = self.experiment.at(point.values) if point.sampled else self.base
        if files := list(files_of(settings)):
            settings = self.store.here(self.store.keep(settings))
            if scenario_hash(settings) != point.name:
                raise OrgsimError(
                    "{files} has changed since the sweep began; what is done is kept: run again",
                    files=joined(files, " or "),
                )
        return Chunk(
            task.point, settings, self.designs, task.seeds, self._keeps_course(point), self.fail_fast
        )

    def work(self, executor: Executor | None, workers: int) -> None:
        """Chunks side by side, until no point needs any more; Ctrl-C ends it between two answers."""
        with noted() as interruption:
            self._work(executor, workers, interruption)

    def _work(self, executor: Executor | None, workers: int, interruption: Interruption) -> None:
        left: dict[str, int] = {}
        waiting = _Waiting(task for point in self.points for task in self._first_tasks(point, left))
        pool = executor or _processes(workers)
        running: dict[Future[Any], _Task] = {}
        try:
            while waiting.more() or running:
                broken = self._hand_out(pool, waiting, running, 2 * workers)
                finished, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                interruption.check()
                for future in finished:
                    task = running.pop(future)
                    try:
                        answers = future.result()
                    except BrokenProcessPool:
                        broken = True
                        waiting.put(_again(task))
                        continue
                    except OrgsimError:
                        raise
                    except Exception as error:  # a cluster that gives up
                        raise OrgsimError(
                            "the workers gave up on point {point} ({name}: {error}); what is done is "
                            "kept: run again to go on",
                            point=task.point,
                            name=type(error).__name__,
                            error=error,
                        ) from None
                    self.take(task.point, answers)
                    left[task.point] -= 1
                    if left[task.point] == 0:
                        more = self.tasks_of(self.by_name[task.point])
                        left[task.point] = len(more)
                        waiting.put(*more)
                        self.tally.planned += sum(len(new.seeds) for new in more) * len(self.designs)
                if broken and executor is None:
                    waiting.put(*running.values())
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
        self, pool: Executor, waiting: "_Waiting", running: dict[Future[Any], _Task], room: int
    ) -> bool:
        """Give the pool chunks while it has room; whether it turned out to be broken."""
        while len(running) < room and waiting.more():
            task = waiting.take()
            try:
                running[pool.submit(run_chunk, self.chunk_of(task))] = task
            except BrokenProcessPool:  # a worker has died since the last answer
                waiting.put(task)
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


class _Waiting:
    """Chunks that wait: those that have come up meanwhile, then those of the points whose turn has not come,
    which are made one by one, so that memory stays flat."""

    def __init__(self, first: Iterator[_Task]):
        self._first, self._soon = first, list[_Task]()

    def put(self, *tasks: _Task) -> None:
        """Let chunks come next, in this order."""
        self._soon += reversed(tasks)

    def more(self) -> bool:
        """Whether a chunk waits."""
        if not self._soon:
            self._soon += [task for task in (next(self._first, None),) if task is not None]
        return bool(self._soon)

    def take(self) -> _Task:
        """The next chunk, where there is one."""
        return self._soon.pop()


def _again(task: _Task) -> _Task:
    if task.tries >= _TRIES:
        raise OrgsimError(
            "a worker died {tries} times on point {point}, seeds {first} to {last}; is there "
            "memory enough? What is done is kept: run again to go on",
            tries=task.tries,
            point=task.point,
            first=task.seeds[0],
            last=task.seeds[-1],
        )
    return _Task(task.point, task.seeds, task.tries + 1)


def _processes(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=serve_parent
    )


def _stop(pool: Executor, own: bool) -> None:
    """End what is running; what is not yet written is lost, and nothing else."""
    if not own:
        pool.shutdown(wait=False)
        return
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


def _settings(point: Point) -> list[dict[str, Any]]:
    """Every setting of the factors that comes to a point; the first one stands for them."""
    return list(({identity(point.values): point.values} | point.samples).values())


def _column_type(values: Sequence[Any]) -> str:
    """The type of the column in which these values of a factor stay what they are, as far as there is one."""
    known = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in known):
        return "BOOLEAN"
    if not all(map(is_number, known)):
        return "VARCHAR"
    return "BIGINT" if all(isinstance(value, int) for value in known) else "DOUBLE"


def _in_column(value: Any, kind: str) -> Any:
    if kind == "VARCHAR" and value is not None and not isinstance(value, str):
        return json.dumps(value)
    return value
