"""Why two designs differ, and where the answer turns, for a terminal."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text

from orgsim.answers.attribution import Attribution
from orgsim.answers.turning import BreakEvenCurve
from orgsim.answers.wording import turning_sentence
from orgsim.language.numbers import digits_worth
from orgsim.measures import BY_KEY, Measure
from orgsim.statistics.intervals import Estimate
from orgsim.terminal.console import plain_table
from orgsim.terminal.speaking import number, say, spoken

_BAR = 24


def _digits(values: Iterable[Estimate], measure: Measure) -> int:
    """Digits for a column: as many as its narrowest interval needs."""
    halves = [value.half_width for value in values if value.half_width > 0]
    return digits_worth(min(halves, default=0.0), measure.digits)


def _interval(value: Estimate, digits: int) -> str:
    return f"{number(value.mean, digits, signed=True)} ± {number(value.half_width, digits)}"


def _bar(value: float, largest: float) -> str:
    length = round(_BAR * abs(value) / largest) if largest and value == value else 0
    return ("█" if value > 0 else "▒") * length


def print_attribution(console: Console, found: Attribution) -> None:
    """A bar for each group, the largest first, and what they sum to."""
    measure = BY_KEY[found.measure]
    base, other = found.designs
    title = say(
        "{measure}, {other} − {base}: who makes the difference ({unit})",
        measure=say(measure.label), other=other, base=base, unit=say(measure.unit),
    )  # fmt: skip
    table = plain_table(title, say("Mechanisms"), say("Share (95 % interval)"), "")
    table.columns[2].justify = "left"
    ranked = sorted(found.shares.items(), key=lambda item: -abs(item[1].mean))
    largest = max((abs(value.mean) for _, value in [*ranked, ("", found.rest)]), default=0.0)
    digits = _digits([*found.shares.values(), found.total], measure)
    idle = [name for name, value in ranked if value.low == value.high == 0]
    for name, value in [*ranked, ("everything else", found.rest)]:
        if name in idle:
            continue
        table.add_row(Text(_family(name)), _interval(value, digits), _bar(value.mean, largest))
    table.add_section()
    table.add_row(say("Difference"), _interval(found.total, digits), "")
    console.print(table)
    if idle:
        names = ", ".join(_family(name) for name in idle)
        console.print(say("Without any effect here: {names}.", names=names), style="dim")
    told = (
        "Shapley values over {count: combination|combinations}, {seeds: seed|seeds}; a share is the mean "
        "contribution of a "
        "group over all orders of switching the groups on."
        if found.orders is None
        else "Shapley values over {count} sampled orders, each with its reverse, {seeds: seed|seeds}; a "
        "share is "
        "the mean contribution of a group over all orders of switching the groups on."
    )
    count = 2 ** len(found.shares) if found.orders is None else found.orders
    console.print(say(told, count=count, seeds=len(found.seeds)), style="dim")


def _family(name: str) -> str:
    """A group of mechanisms: its name, in the language where it is one of the families."""
    known = say(name.capitalize())
    return say(name) if known == name.capitalize() else known.lower()


def print_break_even(console: Console, found: BreakEvenCurve, labels: Mapping[str, str]) -> None:
    """The curve, and where it crosses 0; designs by their labels."""
    measure = BY_KEY[found.measure]
    base, other = (say(labels[design]) for design in found.designs)
    title = say(
        "{measure}, {other} − {base}, along {field}",
        measure=say(measure.label), other=other, base=base, field=found.field,
    )  # fmt: skip
    table = plain_table(title, say("Value"), say("Difference"), "")
    table.columns[2].justify = "left"
    largest = max((abs(d.mean) for d in found.differences if d.mean == d.mean), default=0.0)
    digits = _digits(found.differences, measure)
    for value, point in zip(found.values, found.differences, strict=True):
        table.add_row(spoken().short(value), _interval(point, digits), _bar(point.mean, largest))
    console.print(table)
    console.print(Text(turning_sentence(spoken(), found.values, found.differences, other), style="bold"))
