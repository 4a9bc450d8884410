"""The language of the terminal: what is printed is said in it. JSON keys and values of files are not."""

import os
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from orgsim.errors import OrgsimError
from orgsim.language.words import LANGUAGES, SOURCE, Words
from orgsim.messages import Said, joined

if TYPE_CHECKING:
    from orgsim.language.language import Language

VARIABLE, OPTION = "ORGSIM_LANGUAGE", "--language"
#: where the system says in which language it speaks, the strongest first (POSIX)
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")

_spoken: ContextVar[str] = ContextVar("language", default=SOURCE)


def wanted(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The code of the language to speak: that of `--language`, else of ORGSIM_LANGUAGE, else of the locale
    where it is one of ours, else English. A wrong `--language` is left to the command that has it.

    Raises OrgsimError for a wrong ORGSIM_LANGUAGE."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        name, sign, value = argument.partition("=")
        if name == OPTION and (code := value if sign else following) in LANGUAGES:
            return code
    asked = environment.get(VARIABLE, "")
    if asked and asked not in LANGUAGES:
        raise OrgsimError(
            "{variable} = '{code}' is no language; choose {known}",
            variable=VARIABLE, code=asked, known=joined(LANGUAGES, " or "),
        )  # fmt: skip
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    code = re.split(r"[._@]", locale)[0].lower()
    return asked or (code if code in LANGUAGES else SOURCE)


def speak(code: str) -> None:
    """Speak a language from now on."""
    _spoken.set(code)


def words() -> Words:
    """The words of the language that is spoken."""
    return _words(_spoken.get())


def spoken() -> "Language":
    """The same with the names of the model's things; loads the model."""
    return _language(_spoken.get())


def say(text: Said, /, **values: Any) -> str:
    """A text or a message in the language that is spoken."""
    return words()(text, **values)


def number(value: float, digits: int = 0, signed: bool = False) -> str:
    """A number in the language that is spoken."""
    return words().number(value, digits, signed)


def euros(value: float, signed: bool = False) -> str:
    """Euros in the language that is spoken."""
    return words().euros(value, signed)


@cache
def _words(code: str) -> Words:
    return Words(code)


@cache
def _language(code: str) -> "Language":
    from orgsim.language.language import Language

    return Language(code)
