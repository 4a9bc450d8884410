"""The page's own components: single-file Vue components, each with its data and its events."""

from collections.abc import Callable
from typing import Any

import solara

Event = Callable[[Any], Any]


@solara.component_vue("vue/bar.vue", vuetify=False)
def Bar(
    words: dict, pages: list, links: dict, current: str, search: str, language: str, languages: list,
    theme: str, projector: bool, title: str, messages: list, beat: int, event_go: Event, event_set: Event,
    event_visit: Event, event_dismiss: Event, event_alive: Event,
    event_keep: Event,
) -> None:  # fmt: skip
    """Pages, language, theme, messages; keeps the address and tells that the page is alive."""


@solara.component_vue("vue/stage.vue", vuetify=False)
def Stage(
    words: dict, floors: list, kinds: list, dark: bool, followed: int | None, event_pick: Event,
    frame: bytes = b"", heads: tuple = ("", ""), summaries: tuple = ("", ""), flows: tuple = (),
) -> None:  # fmt: skip
    """Both organisations, drawn from keyframes."""


@solara.component_vue("vue/controls.vue", vuetify=False)
def Controls(
    words: dict, speed: float, speeds: list, scenario: str, scenarios: list, designs: list, chosen: list,
    seed: int, changes: str, places: list, curve: list, marks: list, curve_text: str, last_day: int,
    event_toggle: Event, event_step: Event, event_restart: Event, event_pace: Event, event_choose: Event,
    event_jump: Event, event_follow: Event, event_pick: Event, event_save: Event,
    playing: bool = False, now: dict | None = None,
) -> None:  # fmt: skip
    """The clock, the choice of world and designs, the curve of demand."""


@solara.component_vue("vue/measures.vue", vuetify=False)
def Measures(
    words: dict, names: list, now: dict | None = None, courses: tuple = (), fan_text: str = "",
    spoken: str = "",
) -> None:  # fmt: skip
    """Numbers, weekly lines with their fans, the ledger of paid hours."""


@solara.component_vue("vue/closer.vue", vuetify=False)
def Closer(
    words: dict, shown: dict | None, event_close: Event, event_pick: Event, event_follow: Event
) -> None:
    """The story of a case, or the facts about a unit or a person."""


@solara.component_vue("vue/saver.vue", vuetify=False)
def Saver(file: dict | None) -> None:
    """Hands a file to the browser: name, kind, content (bytes)."""


@solara.component_vue("vue/progress.vue", vuetify=False)
def Progress(
    words: dict, running: bool, done: int, planned: int, text: str, label: str, event_start: Event,
    event_cancel: Event, disabled: bool = False,
) -> None:  # fmt: skip
    """Start, cancel, how far, how long still."""


@solara.component_vue("vue/choices.vue", vuetify=False)
def Choices(
    words: dict, choices: list, downloads: list, event_choose: Event, event_save: Event,
    disabled: bool = False,
) -> None:  # fmt: skip
    """A row of choices and numbers, and what can be downloaded."""


@solara.component_vue("vue/findings.vue", vuetify=False)
def FindingsView(
    words: dict, names: list, sentence: str, cards: list, rows: list, figures: list, event_save: Event
) -> None:
    """Sentence, cards, table of differences, figures."""


@solara.component_vue("vue/map.vue", vuetify=False)
def MapView(
    words: dict, title: str, about: str, notes: list, xs: list, ys: list, x_name: str, y_name: str,
    cells: dict, border: list, better: str, worse: str, event_open: Event,
) -> None:  # fmt: skip
    """The phase map, cell by cell."""


@solara.component_vue("vue/form.vue", vuetify=False)
def Form(
    words: dict, rooms: list, room: str, search: str, groups: list, event_open: Event, event_find: Event,
    event_change: Event, event_restore: Event,
) -> None:  # fmt: skip
    """Every field of a room, with its facts; or those that a search finds."""


@solara.component_vue("vue/files.vue", vuetify=False)
def Files(
    label: str, accept: str, limit: int, buttons: list, note: str, event_take: Event, event_press: Event
) -> None:
    """A file from the person's disk, and buttons beside it."""


@solara.component_vue("vue/levers.vue", vuetify=False)
def Levers(
    words: dict, levers: list, weeks: int, curve: list, offers: list, event_move: Event, event_add: Event,
    event_remove: Event,
) -> None:  # fmt: skip
    """The levers on a timeline over the curve of demand."""


@solara.component_vue("vue/glance.vue", vuetify=False)
def Glance(words: dict, names: list, rows: list, note: str, event_go: Event) -> None:
    """What one year of one world says, at once after every change."""


@solara.component_vue("vue/lessonlist.vue", vuetify=False)
def LessonList(lessons: list, event_open: Event) -> None:
    """The lessons to choose from."""


@solara.component_vue("vue/lesson.vue", vuetify=False)
def LessonView(
    words: dict, title: str, question: str, answers: list, votes: list, kept: bool, outcome: int | None,
    event_keep: Event, event_back: Event, event_watch: Event, event_again: Event,
) -> None:  # fmt: skip
    """A lesson's question, and the prediction of the class."""


@solara.component_vue("vue/ending.vue", vuetify=False)
def LessonEnding(
    words: dict, text: str, explanation: str, exercise: str, event_go: Event, event_again: Event
) -> None:
    """What the class predicted and what came, the mechanism, the exercise."""
