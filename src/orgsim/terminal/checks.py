"""The rows of `orgsim verify` for a terminal."""

from rich.console import Console
from rich.text import Text

from orgsim.language.numbers import number
from orgsim.terminal.console import plain_table
from orgsim.verification.validity import Found
from orgsim.verification.verify import Checked

_STYLES = {"as expected": "green", "opposite": "bold red", "outside": "yellow"}


def print_checks(console: Console, checks: list[Checked]) -> None:
    """The rows of `orgsim verify`."""
    table = plain_table(
        "Exact against simulated (99.9 % interval)", "Case", "Quantity", "Exact", "Simulated",
        "Verdict",
    )  # fmt: skip
    for check in checks:
        half = check.simulated.half_width
        exactly = check.replications == 1
        simulated = f"{check.simulated.mean:.5f}" + ("" if exactly else f" ± {half:.5f}")
        verdict = "holds" if check.holds else "FAILS" if check.precise else "not precise enough"
        table.add_row(
            Text(check.name), check.quantity, f"{check.exact:.5f}", simulated,
            Text(verdict, style="green" if check.holds else "bold red"),
        )  # fmt: skip
    console.print(table)
    held = sum(check.holds for check in checks)
    console.print(Text(f"{held} of {len(checks)} rows hold.", style="bold"))


def print_validity(console: Console, found: list[Found]) -> None:
    """The rows of `orgsim verify --all`, group by group, with what they come to."""
    for group in dict.fromkeys(row.fact.group for row in found):
        rows = [row for row in found if row.fact.group == group]
        table = plain_table(group, "Fact, and what it is measured by", "Expected", "Observed", "Verdict")
        table.columns[0].no_wrap = False
        for column in table.columns[1:]:
            column.no_wrap = True
        for row in rows:
            value = row.difference
            digits = 0 if abs(value.mean) >= 1000 else 2
            mean = number(value.mean, digits, signed=row.fact.other is not None)
            table.add_row(
                Text(row.fact.name).append(f"\n  {row.fact.quantity}", style="dim"), row.expectation,
                f"{mean} ± {number(value.half_width, digits)}",
                Text(row.verdict, style=_STYLES.get(row.verdict, "dim")),
            )  # fmt: skip
        console.print(table)
    expected = sum(row.verdict == "as expected" for row in found)
    console.print(
        Text(f"{expected} of {len(found)} rows as expected; what is not is reported, not mended.", "bold")
    )
