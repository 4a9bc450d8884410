"""What the commands share: the terminal, in any encoding and for any reader; the line about compiling."""

import codecs
import contextlib
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from orgsim.terminal.speaking import say

if TYPE_CHECKING:
    from rich.console import Console

#: what is printed instead where an encoding lacks a character
_PLAIN = {
    "€": "EUR", "±": "+/-", "−": "-", "–": "-", "—": "-", "─": "-", "━": "-", "×": "x", "→": ">", "…": "...",
    "·": "-", "•": "-", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "≤": "<=", "≥": ">=", "œ": "oe",
    "Œ": "OE", "§": "par.", "█": "#", "▓": "%", "▒": "=", "░": ".", "▁": "_", "▂": "_", "▃": "-", "▄": "-",
    "▅": "=", "▆": "=", "▇": "#",
}  # fmt: skip
_IN_PLAIN = "orgsim.plain"


def _in_plain(error: UnicodeError) -> tuple[str, int]:
    """A handler of codecs: letters without their accents, and signs as people write them in ASCII."""
    assert isinstance(error, UnicodeEncodeError)
    found = ""
    for letter in error.object[error.start : error.end]:
        bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        found += _PLAIN.get(letter) or bare or "?"
    return found, error.end


codecs.register_error(_IN_PLAIN, _in_plain)


def speak_any_encoding() -> None:
    """Let what is printed never fail for its encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_IN_PLAIN)


def flush() -> None:
    """Send off what is printed. Raises OSError where nobody takes it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def fall_silent(*streams: Any) -> None:
    """Print nothing more there, so that nothing fails once more when the program ends."""
    for stream in streams:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def console(stderr: bool = False) -> "Console":
    """A terminal to print on; loaded when it is needed. Raises BrokenPipeError where nobody reads."""
    from rich.console import Console

    class Terminal(Console):
        def render_str(self, text: str, **options: Any) -> Any:
            """What the encoding lacks is replaced before columns are measured, not after."""
            return super().render_str(text.encode(self.encoding, _IN_PLAIN).decode(self.encoding), **options)

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Terminal(stderr=stderr)


def print_json(data: Any, indent: int | None = None, default: Callable[[Any], Any] | None = None) -> None:
    """Print data as JSON, what JSON has no form for by `default`: no character is lost, whatever the encoding
    of the terminal."""
    whole = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "").startswith("utf")
    click.echo(json.dumps(data, indent=indent, ensure_ascii=not whole, default=default))


def say_if_compiling() -> None:
    """Say that the first run takes longer."""
    from orgsim.kernel.compiled import is_cached

    if not is_cached():
        click.echo(say("Compiling the core, once on this machine (up to a minute)…"), err=True)
