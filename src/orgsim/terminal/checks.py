"""The rows of `orgsim verify` for a terminal."""

from rich.console import Console
from rich.text import Text

from orgsim.terminal.console import plain_table
from orgsim.terminal.speaking import number, say, spoken
from orgsim.verification.facts import Fact
from orgsim.verification.validity import Found
from orgsim.verification.verify import Checked

_STYLES = {"as expected": "green", "opposite": "bold red", "outside": "yellow"}


def print_checks(console: Console, checks: list[Checked]) -> None:
    """The rows of `orgsim verify`."""
    heads = ("Case", "Quantity", "Exact", "Simulated", "Verdict")
    table = plain_table(say("Exact against simulated (99.9 % interval)"), *map(say, heads))
    for check in checks:
        half = check.simulated.half_width
        exactly = check.replications == 1
        simulated = number(check.simulated.mean, 5) + ("" if exactly else f" ± {number(half, 5)}")
        verdict = "holds" if check.holds else "FAILS" if check.precise else "not precise enough"
        table.add_row(
            Text(say(check.case)), say(check.quantity), number(check.exact, 5), simulated,
            Text(say(verdict), style="green" if check.holds else "bold red"),
        )  # fmt: skip
    console.print(table)
    held = sum(check.holds for check in checks)
    console.print(Text(say("{held} of {count} rows hold.", held=held, count=len(checks)), style="bold"))


def print_validity(console: Console, found: list[Found]) -> None:
    """The rows of `orgsim verify --all`, group by group, with what they come to."""
    for group in dict.fromkeys(row.fact.group for row in found):
        rows = [row for row in found if row.fact.group == group]
        heads = (group, "Fact, and what it is measured by", "Expected", "Observed", "Verdict")
        table = plain_table(*map(say, heads))
        for column in table.columns[1:]:
            column.no_wrap = True
        for row in rows:
            value = row.difference
            digits = 0 if abs(value.mean) >= 1000 else 2
            mean = number(value.mean, digits, signed=row.fact.other is not None)
            table.add_row(
                Text(say(row.fact.name)).append(f"\n  {say(row.fact.quantity)}", style="dim"),
                _expectation(row.fact),
                f"{mean} ± {number(value.half_width, digits)}",
                Text(say(row.verdict), style=_STYLES.get(row.verdict, "dim")),
            )  # fmt: skip
        console.print(table)
    expected = sum(row.verdict == "as expected" for row in found)
    told = say(
        "{expected} of {count} rows as expected; what is not is reported, not mended.",
        expected=expected, count=len(found),
    )  # fmt: skip
    console.print(Text(told, "bold"))


def _expectation(fact: Fact) -> str:
    """What is expected, in a few signs."""
    if not fact.expected:
        return say("{low} to {high}", low=spoken().short(fact.low), high=spoken().short(fact.high))
    return "> 0" if fact.expected > 0 else "< 0"
