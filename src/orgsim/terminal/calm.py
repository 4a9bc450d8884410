"""The health of the calm for a terminal: who is loaded with what, and what is to be changed."""

from itertools import zip_longest

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from orgsim.answers.health import Calm, Health
from orgsim.answers.remarks import FULL, told_once
from orgsim.terminal.console import plain_table
from orgsim.terminal.speaking import number, say

#: length of a bar, where there is room for one
_BAR, _WIDE = 10, 100
_KINDS = {"function": "Function", "unit": "Unit", "managers": "Managers"}


def print_health(console: Console, found: Health) -> None:
    """Loads of every design, what is wrong, and whether anything can be concluded."""
    told = say(
        "{title} · {weeks: week|weeks} without crises, levers and rules, in {count: world|worlds}",
        title=say(found.scenario.title), weeks=found.weeks, count=len(found.seeds),
    )  # fmt: skip
    console.print(Text(told, style="bold"))
    for calm in found.calm:
        _print_loads(console, calm, say(found.label(calm.design)))
        _print_customers(console, calm)
        print_remarks(console, calm)
    if found.sound:
        console.print(say("The calm is sound: designs can be compared."), style="green")
    else:
        names = _unsound_designs(found)
        told = say("The calm is not sound, and nothing is concluded about: {names}.", names=names)
        console.print(Text(told, style="bold red"))


def _unsound_designs(found: Health) -> str:
    return ", ".join(dict.fromkeys(say(found.label(design)) for design, _ in found.reasons))


def warn_of_unsound(console: Console, found: Health) -> None:
    """That an answer stands on a calm that is not sound."""
    if not found.sound:
        names = _unsound_designs(found)
        told = say(
            "Nothing should be concluded from this: in calm, before anything happens, the company does not "
            "hold in: {names}. `orgsim check` says why.",
            names=names,
        )
        console.print(Text(told, style="bold red"))


def _print_loads(console: Console, calm: Calm, label: str) -> None:
    wide = console.width >= _WIDE
    heads = ["Load, % of time", "Staff", "Total", "Work", "Again", "Coordination", "Decisions"]
    table = plain_table(label, *map(say, heads), *([""] if wide else []))
    table.columns[0].min_width = 14
    for kind, heading in _KINDS.items():
        if not (loads := [load for load in told_once(calm.loads) if load.kind == kind]):
            continue
        table.add_row(Text(say(heading), style="dim"))
        for load in loads:
            parts = (load.total, load.work, load.again, load.coordination, load.decisions)
            cells = [number(part) if part >= 0.5 else "·" for part in parts]
            filled = min(_BAR, round(_BAR * load.total / 100))
            style = "bold red" if load.total >= FULL else ""
            bar = [Text("█" * filled + "░" * (_BAR - filled), style=style or "cyan")] if wide else []
            table.add_row(
                Text(f"  {say(load.name)}", style=style),
                number(load.persons, 1 if kind == "managers" else 0),
                *cells,
                *bar,
            )
        table.add_section()
    console.print(table)


def _print_customers(console: Console, calm: Calm) -> None:
    """Whether customers stay."""
    start, won, lost, end = calm.customers
    if start or won:
        told = say(
            "Customers: {start} at first, {won} won, {lost} lost, {end} at the end.",
            start=number(start), won=number(won), lost=number(lost), end=number(end),
        )  # fmt: skip
        console.print(told)


def print_remarks(console: Console, calm: Calm, before: str = "") -> None:
    """What is wrong or unusual in the calm of one design, and what to change."""
    for each, following in zip_longest(calm.remarks, calm.remarks[1:]):
        style = "bold red" if each.unhealthy else "yellow"
        console.print(Text(before + say(each.what), style=style))
        if following is None or following.remedy != each.remedy:  # what helps several is said once
            console.print(Padding(Text(say(each.remedy)), (0, 0, 0, 2)))
