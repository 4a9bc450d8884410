"""Why two designs differ, and where the answer turns, for a terminal."""

from rich.console import Console
from rich.text import Text

from orgsim.answers.attribution import Attribution
from orgsim.answers.turning import BreakEvenCurve
from orgsim.language.language import Language
from orgsim.language.numbers import number
from orgsim.measures import BY_KEY
from orgsim.report.turning import turning_sentence
from orgsim.statistics.intervals import Estimate
from orgsim.terminal.console import plain_table

_BAR = 24


def _interval(value: Estimate, digits: int) -> str:
    return f"{number(value.mean, digits, signed=True)} ± {number(value.half_width, digits)}"


def _bar(value: float, largest: float) -> str:
    length = round(_BAR * abs(value) / largest) if largest and value == value else 0
    return ("█" if value > 0 else "▒") * length


def print_attribution(console: Console, found: Attribution) -> None:
    """A bar for each group, the largest first, and what they sum to."""
    measure = BY_KEY[found.measure]
    base, other = found.designs
    title = f"{measure.label}, {other} − {base}: who makes the difference ({measure.unit})"
    table = plain_table(title, "Mechanisms", "Share (95 % interval)", "")
    table.columns[2].justify = "left"
    ranked = sorted(found.shares.items(), key=lambda item: -abs(item[1].mean))
    largest = max((abs(value.mean) for _, value in [*ranked, ("", found.rest)]), default=0.0)
    idle = [name for name, value in ranked if value.low == value.high == 0]
    for name, value in [*ranked, ("everything else", found.rest)]:
        if name in idle:
            continue
        table.add_row(Text(name), _interval(value, measure.digits), _bar(value.mean, largest))
    table.add_section()
    table.add_row("Difference", _interval(found.total, measure.digits), "")
    console.print(table)
    if idle:
        console.print(f"Without any effect here: {', '.join(idle)}.", style="dim")
    over = (
        f"{2 ** len(found.shares)} combinations, {len(found.seeds)} seeds"
        if found.orders is None
        else f"{found.orders} sampled orders, each with its reverse, {len(found.seeds)} seeds"
    )
    console.print(
        f"Shapley values over {over}; a share is the mean contribution of a group over all orders of "
        "switching the groups on.",
        style="dim",
    )


def print_break_even(console: Console, found: BreakEvenCurve) -> None:
    """The curve, and where it crosses 0."""
    measure = BY_KEY[found.measure]
    base, other = found.designs
    table = plain_table(f"{measure.label}, {other} − {base}, along {found.field}", "Value", "Difference", "")
    table.columns[2].justify = "left"
    largest = max((abs(d.mean) for d in found.differences if d.mean == d.mean), default=0.0)
    for value, point in zip(found.values, found.differences, strict=True):
        table.add_row(f"{value:g}", _interval(point, measure.digits), _bar(point.mean, largest))
    console.print(table)
    console.print(Text(turning_sentence(Language(), found.values, found.differences, other), style="bold"))
