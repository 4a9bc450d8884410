"""What orgsim is about, in a language: measures with their units, ledger lines, fields, choices, units."""

from orgsim.language import numbers
from orgsim.language.words import LANGUAGES as LANGUAGES
from orgsim.language.words import THIN, Words, names
from orgsim.language.words import catalogue as catalogue
from orgsim.measures import BY_KEY
from orgsim.statistics.intervals import Estimate

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


def line_name(line: str) -> str:
    """A ledger line for people."""
    return _LINES.get(line, line.replace("_", " "))


class Language(Words):
    """The words of a language, and what it calls the things of the model."""

    def amount(self, measure: str, value: float, digits: int | None = None, signed: bool = False) -> str:
        """A value of a measure with its unit; with a sign it is a difference, and shares differ by points."""
        facts = BY_KEY[measure]
        if facts.unit.startswith("€"):
            return self.euros(value, signed) + self(facts.unit.removeprefix("€"))
        points = facts.unit in ("0–100", "−100–100") or facts.unit.startswith("%")
        unit = "points" if signed and points else facts.unit.replace("−100–100", "").replace("0–100", "")
        text = self.number(value, facts.digits if digits is None else digits, signed)
        return f"{text}{THIN}{self(unit)}" if unit else text

    def difference(self, measure: str, value: Estimate) -> tuple[str, str]:
        """A difference and its interval, with as many digits as the interval is worth."""
        mean, low, high = self._ends(measure, value)
        return mean, self("95 % interval {low} to {high}", low=low, high=high)

    def interval(self, measure: str, value: Estimate) -> str:
        """The interval of a difference, where its heading says what it is."""
        _, low, high = self._ends(measure, value)
        return self("{low} to {high}", low=low, high=high)

    def _ends(self, measure: str, value: Estimate) -> tuple[str, str, str]:
        """A difference and the ends of its interval, the unit of points said once."""
        digits = numbers.digits_worth(value.half_width, BY_KEY[measure].digits)
        mean, low, high = (
            self.amount(measure, end, digits, True) for end in (value.mean, value.low, value.high)
        )
        unit = f"{THIN}{self('points')}"
        return mean, low.removesuffix(unit) if high.endswith(unit) else low, high

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

    def unit(self, name: str) -> str:
        """The name of a unit: "Team: segment, segment", part by part."""
        team, colon, whom = name.partition(": ")
        parts = ", ".join(self(part) for part in whom.split(", "))
        return f"{self(team)}{self.sign('colon')}{parts}" if colon else self(name)
