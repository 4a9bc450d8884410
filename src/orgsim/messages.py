"""What is told to people, before it is known in which language: a template with named places, and what
fills them in. The English template is the message's name, under which other languages have theirs (as in
gettext)."""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Number
from typing import Any


@dataclass(frozen=True, init=False)
class Message:
    """A template and its values: `Message("{path}: there is no such file", path=path)`.

    Without values the template is said as it stands, braces and all. A value may be a message itself. A
    number whose place has a format ("{count:,}") is written as the language writes numbers; without one, and
    with "{share:g}", it stands as a person writes it in a file."""

    template: str
    values: Mapping[str, Any]

    def __init__(self, template: str, /, **values: Any):
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", {name: _plain(value) for name, value in values.items()})

    def __str__(self) -> str:
        return ENGLISH.said(self)


@dataclass(frozen=True)
class Joined:
    """Several texts or messages as one, with the same text between any two."""

    parts: tuple[Any, ...]
    between: str = "\n"

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(_plain(part) for part in self.parts))

    def __str__(self) -> str:
        return ENGLISH.said(self)

    def __bool__(self) -> bool:
        return bool(self.parts)


#: whatever can be said: a finished text, or what becomes one in a language
Said = str | Message | Joined


def joined(parts: Iterable[Any], between: str = ", ") -> Joined:
    """Texts or messages, one after the other."""
    return Joined(tuple(parts), between)


class Wording(string.Formatter):
    """How messages become sentences: English, as the templates are. A language says where it differs."""

    def text(self, template: str) -> str:
        """The template in this language."""
        return template

    def written(self, digits: str) -> str:
        """A number that is written the way Python does, in this language."""
        return digits

    def said(self, what: Said) -> str:
        """A message in this language; what is a text already stays as it is."""
        if isinstance(what, Message):
            template = self.text(what.template)
            return self.vformat(template, (), what.values) if what.values else template
        if isinstance(what, Joined):
            return self.text(what.between).join(self.said(part) for part in what.parts)
        return what

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """A value for its place; a message is said first."""
        value = kwargs[str(key)]
        return self.said(value) if isinstance(value, Message | Joined) else value

    def is_one(self, number: str) -> bool:
        """Whether what is counted stands in the singular after this number."""
        return number == "1"

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as its place asks: numbers as the language writes them, but with "g" as files do. After a
        space stands what is counted, one and several: "{count:, run is|runs are} kept"."""
        format_spec, counted, forms = format_spec.partition(" ")
        if counted:
            one, _, several = forms.partition("|")
            return f"{self.format_field(value, format_spec)} {one if self.is_one(str(value)) else several}"
        shown = str(format(value, format_spec))
        for_people = format_spec and not format_spec.endswith("g") and isinstance(value, Number)
        return self.written(shown) if for_people else shown


ENGLISH = Wording()


def _plain(value: Any) -> Any:
    """A value as a message keeps it: a number, a text, a message; of an error what it says."""
    if value is None or isinstance(value, Number | str | Message | Joined):
        return value
    said = getattr(value, "message", None)
    return said if isinstance(said, Message | Joined) else str(value)
