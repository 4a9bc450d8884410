"""What can go wrong because of what a person wrote, in one family of exceptions."""

from collections.abc import Iterable
from typing import Any

from orgsim.messages import ENGLISH, Message, Said, Wording, joined

#: a message has at most so many lines, each of so many characters
_MOST_LINES, _LONGEST_LINE = 11, 500
#: names that a message lists
_MOST_LISTED = 12
#: characters that would steer a terminal
_CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code != 10}


class OrgsimError(Exception):
    """Base of every error that a user can cause; its text alone must be enough to mend it.

    `OrgsimError("{path}: there is no such file", path=path)`: the error keeps the message with its values, so
    that it can be said in any language (`said`); as a text it is English. Whatever a file may hold, the text
    is short: what is long keeps its beginning and its end."""

    message: Said

    def __init__(self, text: Said = "", /, **values: Any):
        self.message = Message(text, **values) if isinstance(text, str) else text
        super().__init__(self.said(ENGLISH))

    def said(self, wording: Wording) -> str:
        """What the error tells, in a language."""
        return brief(self.message, wording)


class ScenarioError(OrgsimError):
    """What a person gave (a scenario, an override, a series, a file of any kind) cannot be used."""


class DesignError(OrgsimError):
    """An organisation design contradicts the company that it is to organise."""


class RuleError(ValueError):
    """What a validator of the schema finds against a table: a ValueError, as pydantic wants it, that keeps
    its message with the values."""

    def __init__(self, text: Said, /, **values: Any):
        self.message = Message(text, **values) if isinstance(text, str) else text
        super().__init__(str(self.message))


def short(value: object, most: int = 60) -> str:
    """A value as a message shows it: on one line, and cut where it is longer than `most` characters."""
    text = value if isinstance(value, str) else str(value)
    line = text[:most].replace("\n", " ").translate(_CONTROL)
    return line if len(text) <= most else line[: most - 1] + "…"


def listed(names: Iterable[str]) -> Said:
    """Names for a message: the first dozen, and how many more there are."""
    known = list(names)
    shown = joined(short(name) for name in known[:_MOST_LISTED])
    if len(known) <= _MOST_LISTED:
        return shown
    return Message("{names} and {count:,} more", names=shown, count=len(known) - _MOST_LISTED)


def brief(message: Said, wording: Wording = ENGLISH) -> str:
    """A message in a language, of a length that can be read, without what would steer a terminal."""
    text = wording.said(message)
    lines = text[: 100 * _LONGEST_LINE].translate(_CONTROL).split("\n")
    kept = [line if len(line) <= _LONGEST_LINE else f"{line[:300]} … {line[-190:]}" for line in lines]
    if len(lines) > _MOST_LINES:
        more = Message("… and {count:,} more", count=len(lines) - _MOST_LINES + 1)
        kept = [*kept[: _MOST_LINES - 1], wording.said(more)]
    return "\n".join(kept)
