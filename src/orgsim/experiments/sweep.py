"""Running an experiment: chunk by chunk, each point until its answer is precise, on all cores.

A chunk is some seeds of one point under all designs. It is written to the store as soon as it is done;
what is there is never computed again, so that a sweep that was stopped, or killed, goes on where it was.
"""

import hashlib
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from orgsim.errors import OrgsimError, ScenarioError
from orgsim.experiments.design import Experiment, Value, scenario_at
from orgsim.experiments.runner import run_settings, worker_count
from orgsim.experiments.statistics import paired
from orgsim.experiments.store import RUN_COLUMNS, Store, canonical, engine, run_key, scenario_hash
from orgsim.organisation import stages
from orgsim.recording import WEEKLY
from orgsim.scenario import Scenario

_SEEDS_A_CHUNK = 4
_TRIES = 3
WEEKLY_COLUMNS = {"key": "VARCHAR", "week": "INTEGER"} | dict.fromkeys(WEEKLY, "DOUBLE")


@dataclass
class Point:
    """A point of the experiment and what is known about it."""

    name: str
    values: dict[str, Value]
    settings: Scenario
    designs: tuple[str, ...]
    hash: str
    done: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    precise: bool = False

    def seeds(self) -> list[int]:
        """Seeds that every design has answered."""
        found = {seed for _, seed in self.done}
        return sorted(s for s in found if all((design, s) in self.done for design in self.designs))


@dataclass(frozen=True)
class Chunk:
    """Seeds of one point, to be run under all designs."""

    point: str
    settings: Scenario
    designs: tuple[str, ...]
    seeds: tuple[int, ...]
    weekly: bool
    fail_fast: bool = False


@dataclass(frozen=True)
class Answer:
    """One run of a chunk."""

    design: str
    seed: int
    status: str
    reason: str
    seconds: float
    measures: dict[str, float]
    weekly: dict[str, list[float]]


def point_name(values: Mapping[str, Value]) -> str:
    """The name of a point: a hash of its values."""
    return hashlib.sha256(json.dumps(canonical(values), sort_keys=True).encode()).hexdigest()[:12]


def points_of(experiment: Experiment) -> list[Point]:
    """The points with their scenarios, each of whose designs can be built. Raises ScenarioError."""
    points: dict[str, Point] = {}
    for values in experiment.sampled():
        settings = scenario_at(experiment, values)
        designs = experiment.designs or tuple(settings.designs)
        if not points:
            for design in designs:
                stages(settings, design)
            for measure in experiment.replications.half_width:
                if len(designs) < 2:
                    raise ScenarioError(
                        f"replications.half_width.{measure}: a difference needs two designs; "
                        "add one to `designs`"
                    )
        name = point_name(values)
        points.setdefault(name, Point(name, values, settings, designs, scenario_hash(settings)))
    return list(points.values())


def run_chunk(chunk: Chunk) -> list[Answer]:
    """Every run of a chunk; a run that fails is an answer with its reason."""
    answers = []
    for seed in chunk.seeds:
        for design in chunk.designs:
            started = time.perf_counter()
            status, reason = "ok", ""
            measures: dict[str, float] = {}
            weekly: dict[str, list[float]] = {}
            try:
                result = run_settings(chunk.settings, design, seed)
                measures = result.measures
                if chunk.weekly:
                    weekly = {name: values.tolist() for name, values in result.weekly.items()}
            except Exception as error:
                if chunk.fail_fast:
                    raise
                status, reason = "failed", f"{type(error).__name__}: {error}"
            spent = time.perf_counter() - started
            answers.append(Answer(design, seed, status, reason, spent, measures, weekly))
    return answers


@dataclass
class Tally:
    """How a sweep stands."""

    runs: int = 0
    failed: int = 0
    reused: int = 0
    planned: int = 0
    points: int = 0
    imprecise: int = 0


Report = Callable[[Tally], None]


def sweep(
    experiment: Experiment, store: Store, workers: int | None = None, fail_fast: bool = False,
    report: Report | None = None, executor: Executor | None = None,
    points: list[Point] | None = None,
) -> Tally:  # fmt: skip
    """Run what the store lacks. The answer does not depend on `workers`, nor on what was there before.

    `executor` replaces this machine's processes by any other (Dask's `client.get_executor()`); `points`
    are those of the experiment, if they are known already. Raises ScenarioError for
    an experiment that does not fit its scenario."""
    points = points or points_of(experiment)
    runner = _Sweep(experiment, store, points, fail_fast, report or (lambda tally: None))
    runner.recall()
    store.note(title=experiment.title, designs=list(points[0].designs), engine=runner.engine)
    if any(runner.next_seeds(point) for point in points):
        runner.work(executor, worker_count(workers))
    store.compact("runs")
    store.compact("weekly")
    for point in points:
        runner.next_seeds(point)  # settles whether it is precise
    runner.tally.imprecise = sum(not point.precise for point in points)
    return runner.tally


class _Sweep:
    def __init__(
        self, experiment: Experiment, store: Store, points: list[Point], fail_fast: bool, report: Report
    ):
        self.experiment, self.store, self.points = experiment, store, points
        self.by_name = {point.name: point for point in points}
        self.fail_fast, self.report = fail_fast, report
        self.engine = engine()
        self.tally = Tally(points=len(points))

    def key(self, point: Point, design: str, seed: int) -> str:
        return run_key(point.hash, design, seed, self.engine)

    # what is there

    def recall(self) -> None:
        """Take from the store what it has of this experiment, and write its points."""
        rules = self.experiment.replications
        names = list(self.experiment.replications.half_width)
        wanted = {}
        for point in self.points:
            for seed in range(rules.first_seed, rules.first_seed + self._most):
                for design in point.designs:
                    wanted[self.key(point, design, seed)] = (point, design, seed)
        if self.store.parts("runs"):
            columns = ", ".join(f'"{name}"' for name in ["key", *names])
            for row in self.store.query(f"SELECT {columns} FROM runs WHERE status = 'ok'"):
                if row[0] in wanted:
                    point, design, seed = wanted[row[0]]
                    point.done[design, seed] = dict(zip(names, row[1:], strict=True))
        self.tally.reused = sum(len(point.done) for point in self.points)
        self.tally.runs = self.tally.reused
        self.tally.planned = sum(len(p.designs) for p in self.points) * max(rules.min, 1)
        self.tally.planned = max(self.tally.planned, self.tally.reused)
        factors = self.experiment.factors
        kinds = {"point": "VARCHAR"} | {
            name: "DOUBLE" if all(_is_number(p.values[name]) for p in self.points) else "VARCHAR"
            for name in factors
        }
        text = json.dumps([list(kinds), [p.name for p in self.points]])
        part = hashlib.sha256(text.encode()).hexdigest()[:20]
        rows = [
            [p.name, *(p.values[n] if kinds[n] == "DOUBLE" else str(p.values[n]) for n in factors)]
            for p in self.points
        ]
        new = self.store.add("points", kinds, rows, part)
        for old in map(Path, self.store.parts("points")):
            if old != new:
                old.unlink()

    @property
    def _most(self) -> int:
        rules = self.experiment.replications
        return max(rules.min, rules.max) if rules.half_width else rules.min

    # what is to be done

    def next_seeds(self, point: Point) -> tuple[int, ...]:
        """The seeds that a point needs next; none when it is precise, or has had its share."""
        rules = self.experiment.replications
        have = point.seeds()
        every = range(rules.first_seed, rules.first_seed + self._most)
        if len(have) >= rules.min:
            point.precise = self._is_precise(point, have)
            if point.precise or len(have) >= self._most:
                return ()
        missing = [seed for seed in every if seed not in set(have)]
        batch = max(_SEEDS_A_CHUNK, rules.min - len(have)) if len(have) < rules.min else len(have)
        return tuple(missing[:batch])

    def _is_precise(self, point: Point, seeds: list[int]) -> bool:
        base = point.designs[0]
        for measure, width in self.experiment.replications.half_width.items():
            for design in point.designs[1:]:
                one, other = ([point.done[name, seed][measure] for seed in seeds] for name in (base, design))
                half = paired(one, other).difference.half_width
                if not half <= width:
                    return False
        return True

    def chunks_of(self, point: Point) -> Iterator[Chunk]:
        seeds = self.next_seeds(point)
        for first in range(0, len(seeds), _SEEDS_A_CHUNK):
            yield Chunk(
                point.name, point.settings, point.designs, seeds[first : first + _SEEDS_A_CHUNK],
                self.experiment.weekly, self.fail_fast,
            )  # fmt: skip

    def work(self, executor: Executor | None, workers: int) -> None:
        """Chunks side by side, until no point needs any more."""
        waiting = [(chunk, 1) for point in self.points for chunk in self.chunks_of(point)]
        open_chunks = {point.name: 0 for point in self.points}
        for chunk, _ in waiting:
            open_chunks[chunk.point] += 1
        waiting.reverse()
        pool = executor or _processes(workers)
        running: dict[Future, tuple[Chunk, int]] = {}
        try:
            while waiting or running:
                broken = False
                while waiting and len(running) < 2 * workers and not broken:
                    chunk, tries = waiting.pop()
                    try:
                        running[pool.submit(run_chunk, chunk)] = (chunk, tries)
                    except BrokenProcessPool:  # a worker has died since the last answer
                        waiting.append((chunk, tries))
                        broken = True
                finished, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
                for future in finished:
                    chunk, tries = running.pop(future)
                    try:
                        self.take(chunk, future.result())
                    except BrokenProcessPool:
                        broken = True
                        waiting.append(self._again(chunk, tries))
                        continue
                    open_chunks[chunk.point] -= 1
                    if open_chunks[chunk.point] == 0:
                        more = list(self.chunks_of(self.by_name[chunk.point]))
                        open_chunks[chunk.point] += len(more)
                        waiting += [(new, 1) for new in reversed(more)]
                        self.tally.planned += sum(len(new.seeds) * len(new.designs) for new in more)
                if broken and executor is None:
                    waiting += [self._again(chunk, tries - 1) for chunk, tries in running.values()]
                    running.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = _processes(workers)
                self.report(self.tally)
        except BaseException:
            _stop(pool, executor is None)
            raise
        if executor is None:
            pool.shutdown()

    def _again(self, chunk: Chunk, tries: int) -> tuple[Chunk, int]:
        if tries >= _TRIES:
            raise OrgsimError(
                f"a worker died {tries} times on point {chunk.point}, seeds {chunk.seeds[0]} to "
                f"{chunk.seeds[-1]}; is there memory enough? What is done is kept: run again to go on"
            )
        return chunk, tries + 1

    def take(self, chunk: Chunk, answers: list[Answer]) -> None:
        """Write a chunk's answers to the store and remember what decides about precision."""
        point = self.by_name[chunk.point]
        rows, weeks = [], []
        blank = dict.fromkeys(list(RUN_COLUMNS)[7:], float("nan"))
        for answer in answers:
            key = self.key(point, answer.design, answer.seed)
            measures = blank | answer.measures
            rows.append(
                [key, point.name, answer.design, answer.seed, answer.status, answer.reason, answer.seconds,
                 *measures.values()]
            )  # fmt: skip
            series = list(answer.weekly.values())
            weeks += [[key, week, *values] for week, values in enumerate(zip(*series, strict=True))]
            self.tally.runs += 1
            self.tally.failed += answer.status != "ok"
            names = self.experiment.replications.half_width
            point.done[answer.design, answer.seed] = {name: measures[name] for name in names}
        self.store.add("runs", RUN_COLUMNS, rows)
        if weeks:
            self.store.add("weekly", WEEKLY_COLUMNS, weeks)


def _processes(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _stop(pool: Executor, own: bool) -> None:
    """End what is running; what is not yet written is lost, and nothing else."""
    processes = list((getattr(pool, "_processes", None) or {}).values()) if own else []
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and bool(np.isfinite(value))
