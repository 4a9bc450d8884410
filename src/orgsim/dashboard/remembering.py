"""What a tab remembers of its page, for a server that does not: one that was started again, or that has
forgotten a page which nobody could reach for long.

It is said as text to the tab, which keeps it (`static/tab.js`) and says it again when it is loaded at the
same address. So it comes from outside like any other data: only addresses, sources of lessons and counts
travel, and whatever is asked is made of them again.
"""

from dataclasses import astuple, dataclass, field, replace
from typing import Any

from orgsim.dashboard.address import as_data
from orgsim.dashboard.budget import LONGEST_MEMORY
from orgsim.dashboard.messages import InputError
from orgsim.errors import OrgsimError
from orgsim.gate import json_value

Prediction = tuple[tuple[str, ...], tuple[int, ...], int | None]


@dataclass(frozen=True)
class Asked:
    """A study that was asked for: the address at which it was, the measure that was explained then."""

    search: str
    explained: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class Memory:
    """What was done on a page beyond what its address says."""

    studies: dict[str, Asked] = field(default_factory=dict)
    lessons: tuple[str, ...] = ()  # sources of the trainer's own
    #: by lesson: the answers, the votes of the class, which came out
    predictions: dict[str, Prediction] = field(default_factory=dict)
    speed: float = 1.0

    def with_study(self, name: str, asked: Asked) -> "Memory":
        """With a study in place of what was asked under that name before."""
        return replace(self, studies=self.studies | {name: asked})

    def with_prediction(self, lesson: str, prediction: Prediction) -> "Memory":
        """With what a class has predicted."""
        return replace(self, predictions=self.predictions | {lesson: prediction})

    @property
    def text(self) -> str:
        """For the tab; empty where there is nothing to remember. Lessons too long to travel are left out."""
        if self == Memory():
            return ""
        text = self._said()
        return text if len(text) <= LONGEST_MEMORY else replace(self, lessons=())._said()

    def _said(self) -> str:
        return as_data({
            "studies": [[name, *astuple(asked)] for name, asked in self.studies.items()],
            "lessons": self.lessons, "speed": self.speed,
            "predictions": [[lesson, *one] for lesson, one in self.predictions.items()],
        })  # fmt: skip


def recall(text: str) -> Memory:
    """What a tab remembers. Raises InputError for anything else."""
    try:
        if len(text) > LONGEST_MEMORY:
            raise ValueError("too long")
        tables: Any = json_value(text.encode(), "memory")
        return Memory(
            {_text(name): _asked(*asked) for name, *asked in tables["studies"]},
            tuple(map(_text, tables["lessons"])),
            {_text(lesson): _prediction(*one) for lesson, *one in tables["predictions"]},
            float(tables["speed"]),
        )
    except (ValueError, LookupError, TypeError, OrgsimError):
        raise InputError("What this tab remembered of the page cannot be read.") from None


def _asked(search: Any, explained: Any, cancelled: Any) -> Asked:
    return Asked(_text(search), _text(explained), bool(cancelled))


def _prediction(answers: Any, votes: Any, outcome: Any) -> Prediction:
    found = tuple(map(_text, answers)), tuple(map(int, votes)), None if outcome is None else int(outcome)
    if len(found[0]) != len(found[1]):
        raise ValueError(votes)
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
