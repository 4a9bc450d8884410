"""The language of a visitor, before there is a page that knows it."""

import re
from urllib.parse import parse_qs

from orgsim.language.language import LANGUAGES, Language

_TAG = re.compile(r"\s*([a-zA-Z]{2})(?:-[\w-]+)?\s*(?:;\s*q=([\d.]{1,5}))?\s*")
_LONGEST = 1000


def spoken(search: str, accepted: str = "") -> Language:
    """The language of an address (`?language=fr`), else the first that the browser accepts, else English."""
    try:
        asked = parse_qs(search.lstrip("?")[:_LONGEST]).get("language", [""])[-1]
    except ValueError:
        asked = ""
    if asked in LANGUAGES:
        return Language(asked)
    found = [_TAG.fullmatch(part) for part in accepted[:_LONGEST].split(",")]
    weighed = [(_weight(tag[2]), tag[1].lower()) for tag in found if tag and tag[1].lower() in LANGUAGES]
    return Language(max(weighed, key=lambda pair: pair[0])[1] if weighed else "en")


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
