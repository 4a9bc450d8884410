"""What the dashboard tells people: an English text with its values, said in the user's language when it is
shown."""

from dataclasses import dataclass, field
from typing import Any

from orgsim.errors import OrgsimError, short
from orgsim.language.language import Language

#: characters of a value that a message shows
_LONGEST_VALUE = 400


@dataclass(frozen=True)
class Message:
    """A text and what fills it in; `kind` is "problem" or "news"."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    kind: str = "problem"

    def said(self, say: Language) -> str:
        """The message in a language, of a length that can be read."""
        if not self.values:
            return say.message(self.text)
        values = {key: _said(value, say) if isinstance(value, str) else value
                  for key, value in self.values.items()}  # fmt: skip
        return say(self.text, **values)


def _said(value: str, say: Language) -> str:
    """A value of a message: a word in the language, what a person wrote as it is."""
    return say(value) if len(value) <= _LONGEST_VALUE else short(value, _LONGEST_VALUE)


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
