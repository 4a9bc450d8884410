"""Help and mistakes on the command line in the language that is spoken."""

import copy
import inspect
from typing import Any

import click

from orgsim.language.words import LANGUAGES
from orgsim.terminal.speaking import OPTION, VARIABLE, say

#: of Click, where its own sentences stand
_ROOMS = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def translate_click() -> None:
    """Let Click say its own sentences in our languages: it marks them for gettext, by the English text."""
    for room in _ROOMS:
        for name, translation in (("_", _one), ("ngettext", _one_or_several)):
            if hasattr(room, name):
                setattr(room, name, translation)


def _one(text: str) -> str:
    return say(text)


def _one_or_several(one: str, several: str, count: int) -> str:
    return say(one if count == 1 else several)


def language_option() -> click.Option:
    """`--language`, which every command has: it is read before the command line is (`wanted`), and here for
    help and for refusing what is no language."""
    return click.Option(
        [OPTION], type=click.Choice(list(LANGUAGES)), expose_value=False,
        help=f"Of what is printed [default: {VARIABLE}, then the locale].",
    )  # fmt: skip


def in_language(command: click.Command) -> click.Command:
    """The same command with its help in the language that is spoken."""
    found = copy.copy(command)
    found.help = _paragraphs(command.help) if command.help else command.help
    found.params = [_parameter(parameter) for parameter in command.params]
    found._help_option = None  # Click keeps the one that was asked for first, in its language
    return found


def _parameter(parameter: click.Parameter) -> Any:
    found = copy.copy(parameter)
    if isinstance(found, click.Option) and found.help:
        found.help = say(found.help)
    return found


def _paragraphs(text: str) -> str:
    """A docstring in the language, paragraph by paragraph."""
    return "\n\n".join(say(part) for part in help_texts(text))


def help_texts(text: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]
