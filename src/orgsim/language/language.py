"""The languages of pages and reports: texts, numbers, euros. English is the key, the rest is looked up."""

import math
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from orgsim.engine.accounts import BY_KEY
from orgsim.errors import OrgsimError
from orgsim.language.numbers import euros as plain_euros
from orgsim.language.numbers import in_fitting_unit
from orgsim.language.numbers import number as plain_number
from orgsim.statistics.intervals import Estimate

LANGUAGES = {"en": "English", "fr": "Français"}
_THIN, _FIXED = "\u202f", "\u00a0"
#: the space before high punctuation and signs, and between thousands
_HIGH = re.compile(r" (?=[;?!%])|(?<=[\d}]) (?=€)|(?<=\d) (?=\d{3}\b)")
_LINES = {
    "value_adding": "value-adding work",
    "failure_demand": "failure demand",
    "overtime_premium": "overtime premium",
    "temporary_premium": "temporary premium",
    "idle": "idle time",
    "transition": "transition",
    "bounce": "bounces",
    "transfer": "transfers",
    "queue": "queues",
    "overhead": "overhead",
}


#: the files of a language: reports and terms, fields and their sources, pages, bundled scenarios, messages
_PARTS = ("", "-fields", "-sources", "-pages", "-scenarios", "-messages")
_HOLE = re.compile(r"\{(\w+)\}")
#: the values of a message that are texts themselves
_SPOKEN = ("rest", "hint", "why", "rule")
#: the path of a field
_FIELD = r"[\w.-]+(?: \d+\.\w+)?"


def typeset(text: str) -> str:
    """A French text with the spaces at which no line may break: before : ; ? ! % €, in « » and numbers."""
    text = text.replace("« ", f"«{_FIXED}").replace(" »", f"{_FIXED}»").replace(" :", f"{_FIXED}:")
    return _HIGH.sub(_THIN, text)


def line_name(line: str) -> str:
    """A ledger line for people."""
    return _LINES.get(line, line.replace("_", " "))


@cache
def catalogue(code: str) -> dict[str, str]:
    """The texts of a language by the English text; empty for English."""
    if code == "en":
        return {}
    found: dict[str, str] = {}
    for part in _PARTS:
        text = (files("orgsim.language") / "texts" / f"{code}{part}.toml").read_text(encoding="utf-8")
        for table in tomllib.loads(text).values():
            found |= {english: typeset(said) for english, said in table.items()}
    return found


@cache
def names(code: str) -> dict[str, dict[str, str]]:
    """By 'fields' and 'choices' the names in a language; none for English, whose names are the keys."""
    if code == "en":
        return {"fields": {}, "choices": {}}
    text = (files("orgsim.language") / "texts" / f"{code}-names.toml").read_text(encoding="utf-8")
    return {
        name: {key: typeset(said) for key, said in table.items()}
        for name, table in tomllib.loads(text).items()
    }


@cache
def templates(code: str) -> list[tuple[re.Pattern[str], str]]:
    """The messages of the engine as patterns with their translations, the most definite first."""
    text = (files("orgsim.language") / "texts" / f"{code}-messages.toml").read_text(encoding="utf-8")
    pairs = [pair for table in tomllib.loads(text).values() for pair in table.items()]
    pairs.sort(key=lambda pair: -len(_HOLE.sub("", pair[0])))
    return [(re.compile(_pattern(english)), typeset(translation)) for english, translation in pairs]


def _pattern(template: str) -> str:
    """A template as a regular expression with a group for each of its values."""
    parts = _HOLE.split(template)
    known: set[str] = set()
    pattern = ""
    for place, part in enumerate(parts):
        if place % 2 == 0:
            pattern += re.escape(part)
        elif part in known:
            pattern += f"(?P={part})"
        else:
            known.add(part)
            pattern += f"(?P<{part}>{_FIELD if part == 'field' else '.+?'})"
    return pattern


class Language:
    """How to say things. `say("{count} runs", count=3)` translates, then fills in.

    Raises OrgsimError for a language that there is not."""

    def __init__(self, code: str = "en"):
        if code not in LANGUAGES:
            raise OrgsimError(f"language '{code}' is not there; choose {' or '.join(LANGUAGES)}")
        self.code = code
        self._texts = catalogue(code)

    def __call__(self, text: str, /, **values: Any) -> str:
        """A text, translated where there is a translation, with its values filled in."""
        found = self._texts.get(text, text)
        return found.format(**values) if values else found

    def number(self, value: float, digits: int = 0, signed: bool = False) -> str:
        """A number with the decimal sign of the language."""
        text = plain_number(value, digits, signed)
        return text.replace(".", ",") if self.code == "fr" else text

    def short(self, value: Any) -> str:
        """A value of a factor: four significant digits are enough to read."""
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self("yes") if value else self("no")
        if not isinstance(value, (int, float)):
            return str(value)
        text = f"{value:.4g}"
        return text.replace(".", ",") if self.code == "fr" else text

    def euros(self, value: float, signed: bool = False) -> str:
        """Euros in the unit that fits: €1.23 M in English, 1,23 M€ in French."""
        if self.code != "fr" or not math.isfinite(value):
            return plain_euros(value, signed).replace(" ", _THIN)
        sign, amount, unit = in_fitting_unit(value, signed)
        return f"{sign}{amount.replace('.', ',')}{_THIN}{unit}€"

    def amount(self, measure: str, value: float, digits: int | None = None, signed: bool = False) -> str:
        """A value of a measure with its unit; with a sign it is a difference, and shares differ by points."""
        facts = BY_KEY[measure]
        if facts.unit.startswith("€"):
            return self.euros(value, signed) + self(facts.unit.removeprefix("€"))
        points = facts.unit in ("0–100", "−100–100") or facts.unit.startswith("%")
        unit = "points" if signed and points else facts.unit.replace("−100–100", "").replace("0–100", "")
        text = self.number(value, facts.digits if digits is None else digits, signed)
        return f"{text}{_THIN}{self(unit)}" if unit else text

    def difference(self, measure: str, value: Estimate) -> tuple[str, str]:
        """A difference and its interval, with as many digits as the interval is worth."""
        half = value.half_width
        fine = -math.floor(math.log10(half)) if half > 0 else 0
        digits = min(4, max(BY_KEY[measure].digits, fine))
        mean, low, high = (
            self.amount(measure, end, digits, True) for end in (value.mean, value.low, value.high)
        )
        unit = f"{_THIN}{self('points')}"
        low = low.removesuffix(unit) if high.endswith(unit) else low
        return mean, self("95 % interval {low} to {high}", low=low, high=high)

    def field(self, path: str) -> str:
        """The name of a field or a table of the scenario: 'transfer hours', « délai de transfert »."""
        known = names(self.code)["fields"]
        _, _, name = path.rpartition(".")
        near = ".".join(path.split(".")[-2:])
        return known.get(near) or known.get(name) or name.replace("_", " ")

    def factor(self, name: str) -> str:
        """A factor of an experiment: as its author has named it, or its field's name where that is a path."""
        return self.field(name) if "." in name else name

    def choice(self, value: str) -> str:
        """One of the values that a field can have."""
        return names(self.code)["choices"].get(value, value)

    def measure(self, key: str) -> str:
        """The name of a measure."""
        return self(BY_KEY[key].label)

    def line(self, line: str) -> str:
        """The name of a line of a ledger."""
        return self(line_name(line).capitalize())

    def joined(self, parts: Sequence[str]) -> str:
        """a; b; c."""
        return ("\u00a0; " if self.code == "fr" else "; ").join(parts)

    def unit(self, name: str) -> str:
        """The name of a unit: "Team: segment, segment", part by part."""
        team, colon, whom = name.partition(": ")
        parts = ", ".join(self(part) for part in whom.split(", "))
        between = "\u00a0: " if self.code == "fr" else ": "
        return f"{self(team)}{between}{parts}" if colon else self(name)

    def message(self, text: str) -> str:
        """A message of the engine, line by line: the translation of the template that it was made from."""
        if self.code == "en":
            return text
        return "\n".join(self._one_message(line) for line in text.split("\n"))

    def _one_message(self, line: str) -> str:
        if line in self._texts:
            return self._texts[line]
        for pattern, translation in templates(self.code):
            if found := pattern.fullmatch(line):
                values = {
                    name: self._one_message(value) if name in _SPOKEN else value
                    for name, value in found.groupdict().items()
                }
                return translation.format(**values)
        return line

    def listed(self, parts: list[str]) -> str:
        """a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self('and')} {parts[-1]}"
