"""An experiment of a page: run in the background, with progress, remaining time and cancel; what has been
found so far can be read at any time. It is the experiment of the command line, with the same answers. What a
page that has gone had found lies on a shelf for a while, for whoever asks the same again.
"""

import logging
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from orgsim.answers.attribution import Attribution, attribute
from orgsim.answers.findings import Findings, read
from orgsim.dashboard.address import as_data
from orgsim.dashboard.budget import MOST_KEPT_ANSWERS
from orgsim.dashboard.choosing import Chosen, as_toml
from orgsim.dashboard.messages import Message, message_of
from orgsim.dashboard.shelf import Shelf
from orgsim.errors import OrgsimError
from orgsim.simulation.runner import worker_count
from orgsim.studies.design import load_experiment
from orgsim.studies.keys import hash_of
from orgsim.studies.store import Store
from orgsim.studies.sweep import Tally, sweep

_WORKERS = worker_count(None)
#: one pool for all sessions: everybody's chunks are taken in turn
_POOL = ThreadPoolExecutor(_WORKERS, thread_name_prefix="study")
_ORDERS = 12
SHELF = Shelf(MOST_KEPT_ANSWERS)


class _Cancelled(BaseException):
    """The person has pressed Cancel, or has gone."""


class _Share(Executor):
    """A study's part of the common pool, which outlives it."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        return _POOL.submit(work, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        return None


class Study:
    """One experiment. `changed` is called, from another thread, whenever there is something to show."""

    def __init__(self, changed: Callable[[], None]):
        self.changed = changed
        self.state = "idle"  # idle, running, done, cancelled, failed
        self.problem: Message | None = None
        self.done = self.planned = 0
        self.chosen: Chosen | None = None
        self.tables: dict[str, Any] = {}
        self.what = ""
        self._started = 0.0
        self._place: tempfile.TemporaryDirectory[str] | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    @property
    def remaining(self) -> float | None:
        """Seconds that are left, once that can be told."""
        spent = time.monotonic() - self._started
        if self.state != "running" or not self.done or spent < 1.0:
            return None
        return spent * (self.planned - self.done) / self.done

    def start(self, chosen: Chosen, tables: dict[str, Any], explained: str = "") -> None:
        """Run an experiment on a scenario, and explain a measure then; one that is running ends."""
        self.cancel()
        with self._lock:
            self._begin("runs")
            self.chosen, self.tables = chosen, tables
            self._clear()
            # it goes away with the study, and with the program
            self._place = tempfile.TemporaryDirectory(prefix="orgsim-", ignore_cleanup_errors=True)
            stop, folder = self._stop, Path(self._place.name)
        work = (chosen, tables, folder, stop, explained)
        threading.Thread(target=self._run, args=work, daemon=True).start()

    def fetch(self, chosen: Chosen, tables: dict[str, Any]) -> bool:
        """Take the answer to this question off the shelf; whether it lay there."""
        place = SHELF.take(_question(chosen, tables))
        if place is None:
            return False
        self.cancel()
        with self._lock:
            self._clear()
            self.chosen, self.tables, self._place = chosen, tables, place
            self.state, self.what, self.problem = "done", "runs", None
        self.changed()
        return True

    def answers(self, chosen: Chosen, tables: dict[str, Any]) -> bool:
        """Whether this is what it was asked last."""
        return self.chosen == chosen and self.tables == tables

    @property
    def explained(self) -> str:
        """The measure whose mechanisms its answer explains; empty where none was asked for."""
        found = self.findings()
        return str(found.store.notes.get("why", {}).get("measure", "")) if found else ""

    def explain(self, measure: str) -> None:
        """Share the difference out among the mechanisms; the answer goes to the store of this study."""
        chosen, folder = self.chosen, self._folder
        if chosen is None or folder is None or self.state != "done":
            return
        with self._lock:
            self._begin("explain")
            stop = self._stop
        threading.Thread(target=self._explain, args=(chosen, measure, folder, stop), daemon=True).start()

    def cancel(self) -> None:
        """End what is running; what has been found stays."""
        self._stop.set()
        if self.state == "running":
            self.state = "done" if self.what == "explain" else "cancelled"
            self.changed()

    def start_over(self) -> None:
        """Forget what was found."""
        self.cancel()
        with self._lock:
            self._clear()
            self.state, self.problem = "idle", None
        self.changed()

    def close(self) -> None:
        """End it, and take its results away: what is whole to the shelf."""
        self._stop.set()
        self.changed = lambda: None
        with self._lock:
            if self.state == "done" and self.chosen is not None and self._place is not None:
                SHELF.put(_question(self.chosen, self.tables), self._place)
                self._place = None
            self._clear()

    def findings(self) -> Findings | None:
        """What has been found so far; None before the base case has an answer."""
        if self._folder is None:
            return None
        try:
            return read(Store(self._folder / "store"))
        except OrgsimError:
            return None

    # behind the page

    @property
    def _folder(self) -> Path | None:
        return Path(self._place.name) if self._place else None

    def _begin(self, what: str) -> None:
        self._stop.set()
        self._stop = threading.Event()
        self.state, self.what, self.problem = "running", what, None
        self.done, self.planned, self._started = 0, 0, time.monotonic()

    def _clear(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            place.cleanup()

    def _run(
        self, chosen: Chosen, tables: dict[str, Any], folder: Path, stop: threading.Event, explained: str
    ) -> None:  # fmt: skip
        def report(tally: Tally) -> None:
            if stop.is_set():
                raise _Cancelled
            self._progress(tally.runs, max(tally.planned, tally.runs))

        def work() -> None:
            file = folder / "scenario.toml"
            file.write_text(as_toml(chosen.settings), encoding="utf-8")
            plan = {"title": chosen.settings.title, "designs": list(chosen.designs), **tables}
            experiment = load_experiment(plan | {"scenario": str(file)})
            store = Store(folder / "store", create=True)
            seeds = 4 if experiment.factors else 1  # a comparison tells of every world
            sweep(experiment, store, _WORKERS, report=report, executor=_Share(), seeds_a_chunk=seeds)

        self._watched(work, stop)
        if explained and not stop.is_set():
            self.explain(explained)

    def _explain(self, chosen: Chosen, measure: str, folder: Path, stop: threading.Event) -> None:
        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise _Cancelled
            self._progress(done, total)

        def work() -> None:
            found: Attribution = attribute(
                chosen.settings, chosen.designs, measure, orders=_ORDERS, progress=progress
            )
            Store(folder / "store").note(why=found.to_dict())

        self._watched(work, stop)

    def _watched(self, work: Callable[[], None], stop: threading.Event) -> None:
        """Do it; whatever goes wrong becomes a message."""
        try:
            work()
            state, problem = "done", None
        except _Cancelled:
            return
        except OrgsimError as error:
            state, problem = "failed", message_of(error)
        except Exception as error:
            state = "failed"
            logging.getLogger("orgsim.dashboard").error("a study failed", exc_info=error)
            problem = Message("The run failed: {reason}", {"reason": f"{type(error).__name__}: {error}"})
        if not stop.is_set():
            self.state, self.problem = state, problem
            self.changed()

    def _progress(self, done: int, planned: int) -> None:
        if (done, planned) != (self.done, self.planned):
            self.done, self.planned = done, planned
            self.changed()


def _question(chosen: Chosen, tables: dict[str, Any]) -> str:
    """What was asked, as a name: whatever the answer depends on."""
    return hash_of(as_data([as_toml(chosen.settings), chosen.designs, tables]).encode())
