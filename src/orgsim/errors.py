"""What can go wrong because of what a person wrote, in one family of exceptions."""

#: a message has at most so many lines, each of so many characters
_MOST_LINES, _LONGEST_LINE = 11, 500
#: characters that would steer a terminal
_CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code != 10}


class OrgsimError(Exception):
    """Base of every error that a user can cause; its text alone must be enough to mend it.

    Whatever a file may hold, the text is short: what is long keeps its beginning and its end."""

    def __init__(self, text: str = ""):
        super().__init__(_brief(text))


class ScenarioError(OrgsimError):
    """What a person gave (a scenario, an override, a series, a file of any kind) cannot be used."""


class DesignError(OrgsimError):
    """An organisation design contradicts the company that it is to organise."""


def short(value: object, most: int = 60) -> str:
    """A value as a message shows it: on one line, and cut where it is longer than `most` characters."""
    text = value if isinstance(value, str) else str(value)
    line = text[:most].replace("\n", " ").translate(_CONTROL)
    return line if len(text) <= most else line[: most - 1] + "…"


def _brief(text: str) -> str:
    lines = text[: 100 * _LONGEST_LINE].translate(_CONTROL).split("\n")
    kept = [line if len(line) <= _LONGEST_LINE else f"{line[:300]} … {line[-190:]}" for line in lines]
    if len(lines) > _MOST_LINES:
        kept = [*kept[: _MOST_LINES - 1], f"… and {len(lines) - _MOST_LINES + 1:,} more"]
    return "\n".join(kept)
