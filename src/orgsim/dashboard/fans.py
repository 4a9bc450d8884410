"""Background replications: behind each live line the fan of thirty other worlds.

They are shared by all sessions of the process: the same scenario and design are computed once.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from orgsim.errors import OrgsimError
from orgsim.messages import Said
from orgsim.scenario import Scenario
from orgsim.simulation.runner import run_settings, worker_count
from orgsim.studies.keys import scenario_hash

WORLDS = 30
#: the weekly series that are drawn
SERIES = ("cost", "satisfaction", "customers", "open_cases")
_FIRST_SEED = 1_000_001  # apart from the seeds that people choose
_PERCENTILES = {"low": 5, "lower": 25, "upper": 75, "high": 95}
_MOST_FANS = 48


class Fan:
    """The worlds of one scenario and design, as far as they have come."""

    def __init__(self, settings: Scenario, design: str):
        self.settings, self.design = settings, design
        self.worlds: list[np.ndarray] = []  # each [series, week]
        self.failed: Said = ""
        self.stop = threading.Event()
        self.wanted_by: set[int] = set()

    @property
    def done(self) -> int:
        """How many worlds are there."""
        return len(self.worlds)

    def bands(self) -> dict[str, dict[str, list[float]]]:
        """By series the ends of the bands, week by week; empty before five worlds are there."""
        if self.done < 5:
            return {}
        data = np.stack(self.worlds[:])
        found = np.nanpercentile(data, list(_PERCENTILES.values()), axis=0)
        return {
            series: {name: [round(float(v), 4) for v in found[k, row]] for k, name in enumerate(_PERCENTILES)}
            for row, series in enumerate(SERIES)
        }


class Fans:
    """All fans of the process; the oldest that nobody looks at are forgotten."""

    def __init__(self) -> None:
        self._fans: OrderedDict[tuple[str, str], Fan] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max(1, worker_count(None) - 1), thread_name_prefix="fan")

    def of(self, settings: Scenario, design: str, session: int) -> Fan:
        """The fan of a design; it is begun, or goes on, as long as some session wants it."""
        key = (scenario_hash(settings), design)
        with self._lock:
            fan = self._fans.get(key)
            if fan is None or (fan.stop.is_set() and fan.done < WORLDS):
                kept = list(fan.worlds) if fan else []  # a last world of the old one may still come
                fan = Fan(settings, design)
                fan.worlds = kept
                self._fans[key] = fan
                self._pool.submit(self._next_world, fan)
            fan.wanted_by.add(session)
            self._fans.move_to_end(key)
            while len(self._fans) > _MOST_FANS:
                self._fans.popitem(last=False)[1].stop.set()
        return fan

    def forget(self, session: int, keep: Callable[[Fan], bool] = lambda fan: False) -> None:
        """A session looks at other fans, or is gone; what nobody wants stops."""
        with self._lock:
            for fan in self._fans.values():
                if not keep(fan):
                    fan.wanted_by.discard(session)
                    if not fan.wanted_by and fan.done < WORLDS:
                        fan.stop.set()

    def _next_world(self, fan: Fan) -> None:
        """One world, then to the end of the queue: every session's fans grow in turn."""
        if fan.stop.is_set() or fan.done >= WORLDS:
            return
        try:
            result = run_settings(fan.settings, fan.design, _FIRST_SEED + fan.done, fan.stop)
        except KeyboardInterrupt:  # it was stopped
            return
        except OrgsimError as error:
            fan.failed = error.message
            return
        fan.worlds.append(np.stack([np.asarray(result.weekly[name], float) for name in SERIES]))
        self._pool.submit(self._next_world, fan)


#: those of this process
FANS = Fans()
