"""The live page's run: two organisations in the same world, played side by side for one session."""

import threading
import time
from collections.abc import Callable

import numpy as np

from orgsim.dashboard.choosing import Chosen
from orgsim.dashboard.fans import FANS, SERIES, WORLDS, Fan
from orgsim.dashboard.floor import Floor, floor_of
from orgsim.dashboard.keyframes import keyframe
from orgsim.dashboard.pace import PacedSimulation
from orgsim.working_time import DAYS_PER_WEEK, HOURS_PER_DAY
from orgsim.world import environment

#: simulated days a second
SPEEDS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0)
_FRAMES_A_SECOND = 10
#: so many frames may follow each other at once after a delay
_BEHIND = 3
#: without a sign of life from the page for so long, nobody is looking
_SILENCE = 20.0


class Live:
    """Two runs and their clock. `on_frame` gets every keyframe, `on_numbers` the measures twice a second.

    All methods may be called from any thread."""

    def __init__(self, chosen: Chosen, seed: int, day: int = 0, speed: float = 1.0):
        self.lock = threading.RLock()
        self.on_frame: Callable[[bytes], None] = lambda frame: None
        self.on_numbers: Callable[[], None] = lambda: None
        self.on_problem: Callable[[Exception], None] = lambda error: None
        self.speed = speed
        self.heard = time.monotonic()
        self._sign = threading.Event()
        self.playing = threading.Event()
        self._thread: threading.Thread | None = None
        self.begin(chosen, seed, day)

    def begin(self, chosen: Chosen, seed: int, day: int) -> None:
        """Start these organisations in this world, and go to a day."""
        with self.lock:
            self.chosen, self.seed = chosen, seed
            self.runs = [PacedSimulation(chosen.settings, design, seed) for design in chosen.designs]
            self.last_day = chosen.settings.horizon.weeks * DAYS_PER_WEEK
            self.demand = environment(chosen.settings).index[chosen.settings.horizon.warmup_weeks :]
            self.hour = 0.0
            self.go_to(min(day, self.last_day) * HOURS_PER_DAY)
            self.fans: list[Fan] = []

    @property
    def day(self) -> int:
        """Whole days since the measures began."""
        return int(self.hour // HOURS_PER_DAY)

    @property
    def finished(self) -> bool:
        """Whether the horizon is reached."""
        return self.day >= self.last_day

    def floors(self) -> tuple[Floor, Floor]:
        """Both floor plans as they are now: a transition changes them."""
        with self.lock:
            return floor_of(self.runs[0]), floor_of(self.runs[1])

    def frame(self) -> bytes:
        """Both organisations at this moment: the length of the first part, then the parts."""
        with self.lock:
            first, second = (keyframe(run.core, run.staff) for run in self.runs)
        return len(first).to_bytes(4, "little") + first + second

    def go_to(self, hour: float) -> None:
        """Run both to an hour; back to the start first where it lies behind."""
        with self.lock:
            hour = min(max(0.0, hour), self.last_day * HOURS_PER_DAY)
            if hour < self.hour:
                chosen = self.chosen
                self.runs = [PacedSimulation(chosen.settings, name, self.seed) for name in chosen.designs]
            for run in self.runs:
                run.go_to(hour)
            self.hour = hour

    def step(self, days: float) -> None:
        """Some days on, or back where it is less than none."""
        self.go_to(self.hour + days * HOURS_PER_DAY)
        self.show()

    def show(self) -> None:
        """Send what is there now."""
        self.on_frame(self.frame())
        self.on_numbers()

    def want_fans(self, session: int) -> None:
        """Begin the background worlds, and let those of other scenarios be."""
        self.fans = [FANS.of(self.chosen.settings, name, session) for name in self.chosen.designs]
        FANS.forget(session, lambda fan: fan in self.fans)

    # playing

    def hear(self) -> None:
        """The page has given a sign of life: what waited for it goes on."""
        self.heard = time.monotonic()
        self._sign.set()

    def play(self) -> None:
        """Let time pass. It stands while nobody looks, and goes on with the next sign of life."""
        if self.playing.is_set() or self.finished:
            return
        self.playing.set()
        self.hear()
        self._thread = threading.Thread(target=self._play, name="live", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Stop the clock; returns when it stands."""
        self.stop()
        if self._thread is not None and not self.is_player:
            self._thread.join(5.0)

    def stop(self) -> None:
        """Have the clock stop, without waiting until it stands."""
        self.playing.clear()
        self._sign.set()

    @property
    def is_player(self) -> bool:
        """Whether this is asked by the thread that plays."""
        return threading.current_thread() is self._thread

    @property
    def _unseen(self) -> bool:
        return time.monotonic() - self.heard > _SILENCE

    def _play(self) -> None:
        try:
            self._go_on()
        except Exception as error:
            self.on_problem(error)
        self.playing.clear()
        self.on_numbers()

    def _go_on(self) -> None:
        """Frame after frame, until the end or a pause."""
        tick, count = 1.0 / _FRAMES_A_SECOND, 0
        due = time.monotonic()
        while self.playing.is_set() and not self.finished:
            if self._unseen:
                self._sign.clear()  # before it is asked once more: no sign is missed
                if self._unseen and self.playing.is_set():
                    self._sign.wait()
                due = time.monotonic()
                continue
            self.go_to(self.hour + self.speed * HOURS_PER_DAY * tick)
            self.on_frame(self.frame())
            count += 1
            if count % (_FRAMES_A_SECOND // 2) == 0:
                self.on_numbers()
            due += tick
            if time.monotonic() - due > _BEHIND * tick:  # too far behind to catch up
                due = time.monotonic()
            time.sleep(max(0.0, due - time.monotonic()))

    # the course so far

    def course(self, side: int, series: str) -> list[float]:
        """A weekly series since the measures began."""
        run = self.runs[side]
        values = run.weekly[series][self.chosen.settings.horizon.warmup_weeks :]
        return [round(float(value), 4) for value in values]

    def bands(self) -> list[dict[str, dict[str, list[float]]]]:
        """Both fans by series, since the measures began."""
        skip = self.chosen.settings.horizon.warmup_weeks
        return [
            {name: {end: values[skip:] for end, values in band.items()} for name, band in fan.bands().items()}
            for fan in self.fans
        ]

    def worlds(self) -> tuple[int, int]:
        """How many background worlds both have lived through, of how many."""
        return min((fan.done for fan in self.fans), default=0), WORLDS


def ends(values: list[np.ndarray]) -> tuple[float, float]:
    """A range for drawing: all values but the outermost hundredth, with a little room."""
    together = np.concatenate([np.asarray(v, float) for v in values if len(v)] or [np.zeros(1)])
    together = together[np.isfinite(together)]
    low, high = np.percentile(together, [0.5, 99.5]).tolist() if len(together) else (0.0, 1.0)
    room = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    return low - room, high + room


__all__ = ["SERIES", "SPEEDS", "Live", "ends"]
