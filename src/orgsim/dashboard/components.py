"""The page's own components: single-file Vue components, each with its data and its events."""

from collections.abc import Callable
from typing import Any

from orgsim.dashboard.events import vue

Event = Callable[[Any], Any]
#: What changes while a run plays is never an argument of an element: it is pushed to its widget, and what
#: was an argument once is set again whenever something else is drawn. Until the first push there is nothing.
_NO_MOMENT = {"hour": 0, "text": "", "finished": False}
_NO_NUMBERS: dict[str, list] = {"rows": [], "ledger": []}


@vue("vue/bar.vue")
def Bar(
    words: dict, pages: list, links: dict, current: str, search: str, language: str, languages: list,
    theme: str, projector: bool, title: str, messages: list, event_go: Event, event_set: Event,
    event_visit: Event, event_dismiss: Event, event_alive: Event,
    event_keep: Event, memory: str, event_resume: Event, beat: int = 0,
) -> None:  # fmt: skip
    """Pages, language, theme, messages; keeps the address, what the tab remembers, and tells that the page
    is alive."""


@vue("vue/stage.vue")
def Stage(
    words: dict, floors: list, kinds: list, dark: bool, followed: int | None, event_pick: Event,
    frame: bytes = b"", heads: tuple = ("", ""), summaries: tuple = ("", ""), flows: tuple = (),
) -> None:  # fmt: skip
    """Both organisations, drawn from keyframes."""


@vue("vue/controls.vue")
def Controls(
    words: dict, speeds: list, scenario: str, scenarios: list, designs: list, chosen: list,
    seed: int, changes: str, places: list, curve: list, marks: list, curve_text: str, last_day: int,
    event_toggle: Event, event_step: Event, event_restart: Event, event_pace: Event, event_choose: Event,
    event_jump: Event, event_follow: Event, event_pick: Event, event_save: Event,
    playing: bool = False, speed: float = 1.0, now: dict = _NO_MOMENT,
) -> None:  # fmt: skip
    """The clock, the choice of world and designs, the curve of demand."""


@vue("vue/measures.vue")
def Measures(
    words: dict, names: list, now: dict = _NO_NUMBERS, courses: tuple = (), fan_text: str = "",
    spoken: str = "",
) -> None:  # fmt: skip
    """Numbers, weekly lines with their fans, the ledger of paid hours."""


@vue("vue/closer.vue")
def Closer(
    words: dict, shown: dict | None, event_close: Event, event_pick: Event, event_follow: Event
) -> None:
    """The story of a case, or the facts about a unit or a person."""


@vue("vue/saver.vue")
def Saver(file: dict | None) -> None:
    """Hands a file to the browser: name, kind, content (bytes)."""


@vue("vue/progress.vue")
def Progress(
    words: dict, running: bool, done: int, planned: int, text: str, label: str, event_start: Event,
    event_cancel: Event, disabled: bool = False,
) -> None:  # fmt: skip
    """Start, cancel, how far, how long still."""


@vue("vue/choices.vue")
def Choices(
    words: dict, choices: list, downloads: list, event_choose: Event, event_save: Event,
    disabled: bool = False,
) -> None:  # fmt: skip
    """A row of choices and numbers, and what can be downloaded."""


@vue("vue/findings.vue")
def FindingsView(
    words: dict,
    names: list,
    sentence: str,
    cards: list,
    note: str,
    rows: list,
    figures: list,
    event_save: Event,
) -> None:
    """Sentence, cards, table of differences, figures."""


@vue("vue/map.vue")
def MapView(
    words: dict, title: str, about: str, notes: list, xs: list, ys: list, x_name: str, y_name: str,
    cells: dict, border: list, better: str, worse: str, event_open: Event,
) -> None:  # fmt: skip
    """The phase map, cell by cell."""


@vue("vue/form.vue")
def Form(
    words: dict, rooms: list, room: str, search: str, groups: list, event_open: Event, event_find: Event,
    event_change: Event, event_restore: Event,
) -> None:  # fmt: skip
    """Every field of a room, with its facts; or those that a search finds."""


@vue("vue/files.vue")
def Files(
    label: str, accept: str, limit: int, buttons: list, note: str, event_take: Event, event_press: Event
) -> None:
    """A file from the person's disk, and buttons beside it."""


@vue("vue/levers.vue")
def Levers(
    words: dict, levers: list, weeks: int, curve: list, offers: list, event_move: Event, event_add: Event,
    event_remove: Event,
) -> None:  # fmt: skip
    """The levers on a timeline over the curve of demand."""


@vue("vue/glance.vue")
def Glance(words: dict, names: list, rows: list, note: str, remarks: list, event_go: Event) -> None:
    """What one year of one world says, at once after every change."""


@vue("vue/lessonlist.vue")
def LessonList(lessons: list, event_open: Event) -> None:
    """The lessons to choose from."""


@vue("vue/lesson.vue")
def LessonView(
    words: dict, title: str, question: str, answers: list, votes: list, kept: bool, outcome: int | None,
    event_keep: Event, event_back: Event, event_watch: Event, event_again: Event,
) -> None:  # fmt: skip
    """A lesson's question, and the prediction of the class."""


@vue("vue/ending.vue")
def LessonEnding(
    words: dict, text: str, explanation: str, exercise: str, event_go: Event, event_again: Event
) -> None:
    """What the class predicted and what came, the mechanism, the exercise."""
