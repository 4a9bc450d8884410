"""Answers of pages that have gone, kept for a while: whoever asks the same question again has them at once.

Runs are deterministic, so that an answer belongs to its question, whoever asked it.
"""

import threading
from collections import OrderedDict
from tempfile import TemporaryDirectory

Place = TemporaryDirectory[str]


class Shelf:
    """Folders with answers by their question; the one that lies there longest goes first."""

    def __init__(self, most: int):
        self.most = most
        self._lock = threading.Lock()
        self._places: OrderedDict[str, Place] = OrderedDict()

    def put(self, question: str, place: Place) -> None:
        """Lay an answer there; it belongs to the shelf from now on."""
        with self._lock:
            gone = [known for known in (self._places.pop(question, None),) if known is not None]
            self._places[question] = place
            while len(self._places) > self.most:
                gone.append(self._places.popitem(last=False)[1])
        for old in gone:
            old.cleanup()

    def clear(self) -> None:
        """Take away all that lies there."""
        with self._lock:
            gone, self._places = list(self._places.values()), OrderedDict()
        for old in gone:
            old.cleanup()

    def take(self, question: str) -> Place | None:
        """The answer to a question, which belongs to the one who asks from now on; None where none lies."""
        with self._lock:
            return self._places.pop(question, None)
