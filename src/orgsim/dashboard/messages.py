"""What the dashboard tells people in its banner, said in the user's language when it is shown."""

from dataclasses import dataclass, field
from typing import Any

from orgsim import messages
from orgsim.errors import OrgsimError, brief
from orgsim.language.language import Language
from orgsim.messages import Said

#: what an error about tables that are no file calls them
_TABLES = "scenario"


@dataclass(frozen=True)
class Message:
    """A text and what fills it in; `kind` is "problem" or "news"."""

    text: Said
    values: dict[str, Any] = field(default_factory=dict)
    kind: str = "problem"

    def said(self, say: Language) -> str:
        """The message in a language, of a length that can be read; that a problem is about the scenario goes
        without saying on a page."""
        what = messages.Message(self.text, **self.values) if isinstance(self.text, str) else self.text
        scenario = say("{where}: {problem}", where=_TABLES, problem="")
        return "\n".join(line.removeprefix(scenario) for line in brief(what, say).split("\n"))


class InputError(OrgsimError):
    """Something a person gave cannot be used; its message is for the banner."""


def message_of(error: OrgsimError) -> Message:
    """An error as a message."""
    return Message(error.message)
