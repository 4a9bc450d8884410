"""Lessons: Markdown files with a head, which a trainer can write and load.

A lesson has a head between lines of `+++` (TOML: title, scenario, designs, measure, answers …) and the
parts `## Question`, `## Explanation` and `## Exercise`, in that order. A lesson in another language has the
name of the first one and its own texts; what its head does not say is taken from there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import ValidationError, model_validator

from orgsim.dashboard.messages import InputError
from orgsim.errors import RuleError, ScenarioError
from orgsim.fields import REQUIRED, Table, quantity, text
from orgsim.gate import toml_tables
from orgsim.measures import BY_KEY
from orgsim.messages import Message
from orgsim.scenario.loading import explain

UPLOAD_LIMIT = 100_000  # bytes
_PARTS = ("question", "explanation", "exercise")
_HEAD = re.compile(r"\A\+\+\+\s*\n(.*?)\n\+\+\+\s*\n(.*)\Z", re.DOTALL)
_PARAGRAPH, _TAG = re.compile(r"<p>(.*?)</p>", re.DOTALL), re.compile(r"<[^>]*>")
_TITLES = {
    "question": "question", "explanation": "explanation", "explication": "explanation",
    "exercise": "exercise", "exercice": "exercise",
}  # fmt: skip


class Head(Table):
    """What a lesson runs and asks."""

    lesson: str = text(REQUIRED, "name of the lesson, the same in every language")
    language: str = text("en", "language of the texts")
    order: int = quantity(100, "", "place in the list", 0)
    title: str = text(REQUIRED, "title")
    minutes: int = quantity(15, "minutes", "that it takes", 1, 240)
    scenario: str = text("default", "bundled scenario")
    designs: tuple[str, ...] = text((), "the two designs, the baseline first")
    changes: dict[str, Any] = text({}, "fields that the lesson sets, path = value")
    measure: str = text("result", "measure that the question is about")
    also: tuple[str, ...] = text((), "measures that are shown beside it")
    replications: int = quantity(12, "worlds", "that are run", 4, 60)
    watch_from_day: int = quantity(0, "days", "day from which it is watched live", 0)
    answers: tuple[str, ...] = text((), "what the class can predict: better, worse, no difference")

    @model_validator(mode="after")
    def _names_exist(self) -> "Head":
        for name in (self.measure, *self.also):
            if name not in BY_KEY:
                raise RuleError("'{name}' is no measure", name=name)
        if len(self.answers) not in (0, 3):
            raise RuleError("answers: give three (the other design is better, it is worse, no difference)")
        return self


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language; its parts are HTML."""

    head: Head
    parts: dict[str, str]
    own: bool = False  # loaded by the trainer
    source: str = ""  # of one that was loaded on a page

    @property
    def name(self) -> str:
        """Its name, the same in every language."""
        return self.head.lesson

    @property
    def asks(self) -> str:
        """What it asks, as plain text: the last paragraph of its question."""
        paragraphs = _PARAGRAPH.findall(self.parts["question"])
        return unescape(_TAG.sub("", paragraphs[-1])).strip() if paragraphs else ""


def bundled_lessons(folders: Iterable[str] = ()) -> list[Lesson]:
    """The lessons that come with orgsim, and those in folders that were named, by their order."""
    texts: list[tuple[str, str, bool]] = []
    for file in files("orgsim.dashboard").joinpath("lessons").iterdir():
        if file.name.endswith(".md"):
            texts.append((file.name, file.read_text(encoding="utf-8"), False))
    for folder in folders:
        texts += [
            (path.name, path.read_text(encoding="utf-8"), True) for path in sorted(Path(folder).glob("*.md"))
        ]
    raw = [(name, *split(content), own) for name, content, own in texts]
    first = {head["lesson"]: head for _, head, _, _ in raw if head.get("language", "en") == "en"}
    found = [replace(_lesson(name, _completed(head, first), body), own=own) for name, head, body, own in raw]
    return sorted(found, key=lambda lesson: (lesson.head.order, lesson.name))


def too_large(size: int) -> InputError:
    """A lesson of so many kB is more than a page takes."""
    return InputError(
        "The lesson is too large: {size} kB; it may have {limit} kB.",
        size=size, limit=UPLOAD_LIMIT // 1000,
    )  # fmt: skip


def read_lesson(content: bytes) -> Lesson:
    """A lesson that a trainer loads. Raises OrgsimError for anything else."""
    if len(content) > UPLOAD_LIMIT:
        raise too_large(len(content) // 1000)
    try:
        text_ = content.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("The lesson is no text in UTF-8; save it as a Markdown file.") from None
    head, body = split(text_)
    return replace(_lesson("lesson", head, body), own=True, source=text_)


def split(content: str) -> tuple[dict[str, Any], str]:
    """Head and body. Raises OrgsimError where the head is missing or broken."""
    found = _HEAD.match(content.replace("\r\n", "\n"))
    if found is None:
        raise InputError("A lesson begins with a head between two lines of “+++”; see the trainer's guide.")
    try:
        return toml_tables(found[1], "lesson"), found[2]
    except ScenarioError as error:
        raise InputError("The head of the lesson: {error}", error=error) from None


def _completed(head: dict[str, Any], first: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {**first.get(head.get("lesson", ""), {}), **head}


def _lesson(where: str, head: dict[str, Any], body: str) -> Lesson:
    try:
        checked = Head.model_validate(head)
    except ValidationError as error:
        raise InputError("The head of the lesson: {error}", error=explain(error, where, Head)) from None
    parts = _parts(body)
    missing = [name for name in _PARTS if not parts.get(name, "").strip()]
    if missing:
        raise InputError("The lesson lacks the part “## {name}”.", name=Message(missing[0].capitalize()))
    return Lesson(checked, {name: to_html(parts[name]) for name in _PARTS})


def _parts(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    here = ""
    for line in body.split("\n"):
        if line.startswith("## ") and line[3:].strip().lower() in _TITLES:
            here = _TITLES[line[3:].strip().lower()]
            found[here] = ""
        elif here:
            found[here] += line + "\n"
    return found


def to_html(markdown: str) -> str:
    """Markdown as HTML: no HTML of its own passes, no script, no picture from elsewhere."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image").render(markdown)
