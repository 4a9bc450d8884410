"""What the dashboard tells people: an English text with its values, said in the user's language when it is
shown."""

from dataclasses import dataclass, field
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.report.language import Language


@dataclass(frozen=True)
class Message:
    """A text and what fills it in; `kind` is "problem" or "news"."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    kind: str = "problem"

    def said(self, say: Language) -> str:
        """The message in a language."""
        return say.message(self.text) if not self.values else say(self.text, **self.values)


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
