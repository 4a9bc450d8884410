"""What was understood of a file from outside, before anybody builds on it."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from orgsim.intake.periods import named
from orgsim.intake.series import Series
from orgsim.terminal.sparklines import sparkline
from orgsim.terminal.speaking import say, words

#: months shown at either end
_SHOWN = 3


def print_series(console: Console, series: Series) -> None:
    """How a published series was read, its first and last figures, and its course."""
    console.print(Text(str(series.grid.path), style="bold"))
    console.print(facts([*_of_file(series), *_of_figures(series)]))
    console.print(sparkline(list(series.figures.values())))
    for note in series.notes:
        console.print(Text(say("Note: {note}", note=note), style="dim"))


def facts(rows: list[tuple[str, str]]) -> Padding:
    """What was found, one fact a line; those without a value are left out."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for name, value in rows:
        if value:
            table.add_row(Text(name), Text(value))
    return Padding(table, (0, 0, 0, 2))


def _of_file(series: Series) -> list[tuple[str, str]]:
    grid, place = series.grid, series.place
    lines = say(
        "{above} before the first figure, {below} after the last", above=place.above, below=place.below
    )
    wide = say("dates side by side (wide)") if place.wide else say("one date a line (long)")
    return [
        (say("Format"), grid.kind),
        (say("Encoding"), grid.encoding),
        (say("Separator"), say(grid.separator) if grid.separator else ""),
        (say("Sheet"), grid.sheet),
        (say("Lines left out"), lines if place.above or place.below else ""),
        (say("Layout"), wide),
        (say("Dates from"), place.table.name(place.period)),
        (say("Figures from"), place.table.name(place.value)),
    ]


def _of_figures(series: Series) -> list[tuple[str, str]]:
    decimal = say(series.decimal) if series.decimal else say("none needed")
    flags = ", ".join(f"{flag}: {count}" for flag, count in series.flags.items())
    months = list(series.figures.items())
    first, last = (
        " · ".join(f"{named(month)} {words().written(f'{round(value, 4):,}')}" for month, value in part)
        for part in (months[:_SHOWN], months[-_SHOWN:])
    )
    return [
        (say("Decimal sign"), decimal),
        (say("A figure for each"), say(series.frequency)),
        (say("Order"), say("the newest first") if series.newest_first else say("the oldest first")),
        (say("Remarks with figures"), flags),
        (say("100 is"), series.base or say("not said")),
        (say("Months"), say("{count}, from {first} to {last}", count=len(months),
                            first=named(months[0][0]), last=named(months[-1][0]))),
        (say("First"), first),
        (say("Last"), last),
    ]  # fmt: skip
