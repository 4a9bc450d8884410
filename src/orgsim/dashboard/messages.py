"""What the dashboard tells people: an English text with its values, said in the user's language when it is
shown."""

from dataclasses import dataclass, field
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.report.language import Language

#: characters of a value and of a line, and lines, that a message shows
_LONGEST_VALUE, _LONGEST_LINE, _MOST_LINES = 400, 600, 8


@dataclass(frozen=True)
class Message:
    """A text and what fills it in; `kind` is "problem" or "news"."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    kind: str = "problem"

    def said(self, say: Language) -> str:
        """The message in a language, of a length that can be read."""
        if not self.values:
            return _short(say.message(self.text))
        values = {key: _said(value, say) if isinstance(value, str) else value
                  for key, value in self.values.items()}  # fmt: skip
        return _short(say(self.text, **values))


def _said(value: str, say: Language) -> str:
    """A value of a message: a word in the language, what a person wrote as it is."""
    text = say(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _short(text: str) -> str:
    """The first lines of a text, and of each its beginning; what no page can show is left out."""
    lines = text.encode("utf-8", "replace").decode().replace("\0", "").split("\n")
    shown = [line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines]
    return "\n".join([*shown[:_MOST_LINES], *(["…"] if len(shown) > _MOST_LINES else [])])


class InputError(OrgsimError):
    """Something a person gave cannot be used; its message is for the banner."""

    def __init__(self, text: str, **values: Any):
        super().__init__(text.format(**values) if values else text)
        self.message = Message(text, values)


def message_of(error: OrgsimError) -> Message:
    """An error as a message; that it is about the scenario goes without saying on a page."""
    if isinstance(error, InputError):
        return error.message
    return Message("\n".join(line.removeprefix("scenario: ") for line in str(error).split("\n")))
