"""The languages that there are, one folder each under `texts/`: how they write numbers (`language.toml`),
what they call fields and choices (`names.toml`), and their texts by the English ones (all other files).

Nothing else in the package knows which languages there are; another one is another folder."""

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

from orgsim.errors import OrgsimError
from orgsim.language import numbers
from orgsim.messages import Message, Said, Wording, joined

FOLDER = Path(__file__).parent / "texts"
#: the language in which the code is written: its texts are the others' names
SOURCE = "en"
THIN, _FIXED = "\u202f", "\u00a0"
#: the spaces before high punctuation and signs, and between thousands
_HIGH = re.compile(r" (?=[;?!%])|(?<=[\d}]) (?=€)|(?<=\d) (?=\d{3}\b)")
_FACTS, _NAMES, _OF_FIELDS = "language.toml", "names.toml", "names"


@cache
def facts(code: str) -> dict[str, Any]:
    """What a language is called, and how it writes numbers and signs."""
    return _read(FOLDER / code / _FACTS)


@cache
def catalogue(code: str) -> dict[str, str]:
    """The texts of a language by the English text; none for English itself."""
    found: dict[str, str] = {}
    for tables in _texts(code):
        for name, table in tables.items():
            if name != _OF_FIELDS:
                found |= {template: typeset(code, said) for template, said in table.items()}
    return found


@cache
def names(code: str) -> dict[str, dict[str, str]]:
    """By 'fields' and 'choices' the names in a language; none for English, whose names are the keys. A file
    of texts may name fields too, in a table `names`: all that a mechanism says can stand in one file."""
    file = FOLDER / code / _NAMES
    found = {"fields": {}, "choices": {}} | (_read(file) if file.is_file() else {})
    for tables in _texts(code):
        found["fields"] |= tables.get(_OF_FIELDS, {})
    return {name: {key: typeset(code, said) for key, said in table.items()} for name, table in found.items()}


def typeset(code: str, text: str) -> str:
    """A text with the spaces at which no line may break, where the language has some: before : ; ? ! % €,
    inside « » and numbers."""
    if not facts(code)["signs"].get("fixed"):
        return text
    text = text.replace("« ", f"«{_FIXED}").replace(" »", f"{_FIXED}»").replace(" :", f"{_FIXED}:")
    return _HIGH.sub(THIN, text)


def _texts(code: str) -> list[dict[str, dict[str, str]]]:
    files = sorted((FOLDER / code).glob("*.toml"))
    return [_read(file) for file in files if file.name not in (_FACTS, _NAMES)]


def _read(file: Path) -> dict[str, Any]:
    import tomllib  # English help reads no file, and should not wait for this

    return tomllib.loads(file.read_text(encoding="utf-8"))


#: the codes of the languages that there are, English first
LANGUAGES = tuple(
    sorted((path.parent.name for path in FOLDER.glob(f"*/{_FACTS}")), key=lambda code: (code != SOURCE, code))
)


class Words(Wording):
    """How to say things in a language, without knowing what orgsim is about: texts, lists, numbers, euros.
    `say("{count:, run|runs}", count=3)` translates, then fills in.

    Raises OrgsimError for a language that there is not."""

    def __init__(self, code: str = SOURCE):
        if code not in LANGUAGES:
            raise OrgsimError(
                "language '{code}' is not there; choose {known}",
                code=code, known=joined(LANGUAGES, " or "),
            )  # fmt: skip
        self.code = code
        self._texts = catalogue(code)

    def __call__(self, text: Said, /, **values: Any) -> str:
        """A text or a message, translated where there is a translation, with its values filled in."""
        return self.said(Message(text, **values) if isinstance(text, str) else text)

    def text(self, template: str) -> str:
        """The template in this language, or in English where there is no translation."""
        return self._texts.get(template, template)

    def written(self, digits: str) -> str:
        """A number with the signs of the language, as in sentences."""
        signs = facts(self.code)["numbers"]
        return digits.translate({ord(","): signs["grouping"], ord("."): signs["decimal"]})

    def is_one(self, number: str) -> bool:
        """Whether what is counted stands in the singular after this number."""
        return number in facts(self.code)["numbers"]["singular"]

    def number(self, value: float, digits: int = 0, signed: bool = False) -> str:
        """A number with the signs of the language; a dash where there is none."""
        return self._signed(numbers.number(value, digits, signed))

    def _signed(self, digits: str) -> str:
        signs = facts(self.code)["numbers"]
        return digits.translate({ord(THIN): signs["thousands"], ord("."): signs["decimal"]})

    def short(self, value: Any) -> str:
        """A value of a factor: four significant digits are enough to read."""
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self("yes") if value else self("no")
        return self.written(f"{value:.4g}") if isinstance(value, (int, float)) else str(value)

    def euros(self, value: float, signed: bool = False) -> str:
        """Euros in the unit that fits: €1.23 M in English, 1,23 M€ in French."""
        if not math.isfinite(value):
            return "–"
        sign, amount, unit = numbers.in_fitting_unit(value, signed)
        pattern: str = facts(self.code)["numbers"]["euros"]
        return pattern.format(sign=sign, amount=self._signed(amount), unit=unit).strip()

    def locale(self) -> dict[str, Any]:
        """How charts write numbers (the format of Vega, that is of d3)."""
        signs = facts(self.code)["numbers"]
        return {
            "number": {name: signs[name] for name in ("decimal", "thousands", "currency")} | {"grouping": [3]}
        }

    def sign(self, name: str) -> str:
        """A sign with the spaces that the language puts around it: 'colon' or 'semicolon'."""
        found: str = facts(self.code)["signs"][name]
        return found

    def joined(self, parts: Any) -> str:
        """a; b; c."""
        return self.sign("semicolon").join(parts)

    def listed(self, parts: list[str]) -> str:
        """a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self('and')} {parts[-1]}"
