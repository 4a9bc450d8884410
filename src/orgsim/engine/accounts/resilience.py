"""Resilience: how deep a fall is, how long until it is made good, and what is lost between."""

import math

import numpy as np

_SMOOTH = 4
_BEFORE = 4
_RECOVERED = 0.95


def resilience(weekly: np.ndarray, event: int | None) -> dict[str, float]:
    """Depth (% of the level before), weeks from the event to 95 % of it (counted from the lowest point
    on; not a number if never), and the area of loss, of a weekly series smoothed over four weeks
    (Bruneau et al. 2003). Not a number without an event, or with less than four weeks before it."""
    none = dict.fromkeys(("resilience_depth", "resilience_weeks", "resilience_loss"), float("nan"))
    if event is None or event < _BEFORE or event >= len(weekly):
        return none
    normal = math.fsum(weekly[:event]) / event
    if normal <= 0:
        return none
    ends = range(event + 1, len(weekly) + 1)
    course = np.array([math.fsum(weekly[end - _SMOOTH : end]) / _SMOOTH for end in ends])
    lowest = int(course.argmin())
    back = np.flatnonzero(course[lowest:] >= _RECOVERED * normal)
    until = lowest + int(back[0]) if len(back) else len(course)
    lost = math.fsum(np.maximum(0.0, normal - weekly[event : event + until]))
    return {
        "resilience_depth": 100 * max(0.0, 1.0 - float(course[lowest]) / normal),
        "resilience_weeks": float(until) if len(back) else float("nan"),
        "resilience_loss": lost,
    }
