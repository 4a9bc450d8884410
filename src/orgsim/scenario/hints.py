"""Hints at what was meant by a name that is not known."""

import difflib
from collections.abc import Iterable

from orgsim.errors import listed, short
from orgsim.messages import Message, Said, joined

_MOST_COMPARED = 300


def nearest(name: str, names: Iterable[str]) -> Said:
    """A hint at the nearest of the names that are known."""
    known = [short(one) for one in names]
    close = difflib.get_close_matches(short(name), known[:_MOST_COMPARED], n=3, cutoff=0.5)
    if close:
        return Message("; did you mean {names}?", names=joined(close, " or "))
    return Message("; known are: {names}", names=listed(known)) if known else ""
