"""Running: one run, or many side by side on threads (the compiled core releases Python's lock)."""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from orgsim.errors import ScenarioError
from orgsim.kernel.policies import OWN, Policies
from orgsim.kernel.randomness import LARGEST_SEED
from orgsim.scenario import Scenario, load
from orgsim.simulation.interruption import Interruption, noted
from orgsim.simulation.result import RunResult
from orgsim.simulation.schedule import Simulation

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]


def stage(progress: Progress | None, before: int, total: int) -> Progress | None:
    """The progress of one part of a work of `total` runs, of which `before` have been done."""
    return progress and (lambda done, _: progress(before + done, total))


def run(
    scenario: str | Path | dict[str, Any] | Scenario,
    design: str | None = None,
    seed: int = 0,
    overrides: Iterable[str] = (),
    policies: Policies = OWN,
) -> RunResult:
    """Run one design of a scenario (the first, if none is named) under one seed; `policies` replaces
    rules of the model (see `orgsim.kernel.policies`).

    The same seed gives the same bits. Raises ScenarioError or DesignError for bad input.
    """
    settings = load(scenario, overrides)
    return run_settings(settings, design or next(iter(settings.designs)), seed, policies=policies)


def run_settings(
    settings: Scenario,
    design: str,
    seed: int,
    stop: threading.Event | None = None,
    policies: Policies = OWN,
) -> RunResult:
    """Run a loaded scenario to its horizon. `stop` ends it early, between two weeks."""
    simulation = Simulation(settings, design, seed, policies)
    simulation.run(stop.is_set if stop is not None else None)
    if not simulation.finished:
        raise KeyboardInterrupt
    return simulation.result()


def worker_count(workers: int | None) -> int:
    """The number of workers asked for, or one for each core that this process may use."""
    if workers is not None:
        return max(1, workers)
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def seeds_from(first: int, replications: int) -> tuple[int, ...]:
    """The seeds of a comparison; ScenarioError if they are too few for an interval, or do not fit."""
    if replications < 2:
        raise ScenarioError(
            "replications = {replications} must be 2 or more, for an interval", replications=replications
        )
    if not 0 <= first <= LARGEST_SEED - replications:
        raise ScenarioError(
            "seed = {first} must be from 0 to {most}", first=first, most=LARGEST_SEED - replications
        )
    return tuple(range(first, first + replications))


def by_design(
    work: Callable[[str, int, threading.Event], Answer],
    designs: Sequence[str],
    seeds: Sequence[int],
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, list[Answer]]:
    """`work` for every design under every seed, side by side: the answers by design, seed by seed."""
    tasks = [(design, seed) for seed in seeds for design in designs]
    answers = side_by_side(lambda task, stop: work(*task, stop), tasks, workers, progress)
    found: dict[str, list[Answer]] = {design: [] for design in designs}
    for (design, _), answer in zip(tasks, answers, strict=True):
        found[design].append(answer)
    return found


def side_by_side(
    work: Callable[[Task, threading.Event], Answer],
    tasks: Sequence[Task],
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[Answer]:
    """`work` on every task, answers in the order of the tasks whatever the number of workers.

    Ctrl-C, or the first error, stops all of them within a simulated week.
    """
    stop = threading.Event()
    count = min(worker_count(workers), max(1, len(tasks)))
    report = progress or (lambda done, total: None)
    report(0, len(tasks))
    if count == 1:
        answers = []
        for task in tasks:
            answers.append(work(task, stop))
            report(len(answers), len(tasks))
        return answers
    with noted() as interruption, ThreadPoolExecutor(count) as pool:
        finished: SimpleQueue[Future[Answer]] = SimpleQueue()
        futures = [pool.submit(work, task, stop) for task in tasks]
        for future in futures:
            future.add_done_callback(finished.put)
        try:
            for done in range(1, len(futures) + 1):
                _next(finished, interruption).result()
                report(done, len(futures))
        except BaseException:
            stop.set()
            for future in futures:
                future.cancel()
            raise
    return [future.result() for future in futures]


def _next(finished: SimpleQueue[Future[Answer]], interruption: Interruption) -> Future[Answer]:
    """The next task that has ended; Ctrl-C is looked for meanwhile."""
    while True:
        interruption.check()
        try:
            return finished.get(timeout=0.2)
        except Empty:
            continue
