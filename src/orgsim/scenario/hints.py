"""Hints at what was meant by a name that is not known."""

import difflib
from collections.abc import Iterable

from orgsim.errors import listed, short

_MOST_COMPARED = 300


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint at the nearest of the names that are known."""
    known = [short(one) for one in names]
    close = difflib.get_close_matches(short(name), known[:_MOST_COMPARED], n=3, cutoff=0.5)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; known are: {listed(known)}" if known else ""
