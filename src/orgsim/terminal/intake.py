"""What was understood of a file from outside, before anybody builds on it."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from orgsim.intake.periods import named
from orgsim.intake.series import Series
from orgsim.own_company.drafting import Draft
from orgsim.own_company.staff import StaffList
from orgsim.terminal.console import plain_table
from orgsim.terminal.sparklines import sparkline
from orgsim.terminal.speaking import number, say, words

#: months shown at either end, and lines of a list that could not be placed
_SHOWN, _MOST_UNPLACED = 3, 20


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


def print_staff(console: Console, staff: StaffList, made: Draft, keep_names: bool) -> None:
    """How a staff list was read, what becomes of it, and what could not be placed."""
    console.print(Text(str(staff.grid.path), style="bold"))
    sign, columns = staff.decimal.get("cost", ""), staff.columns
    console.print(
        facts([
            (say("Format"), staff.grid.kind),
            (say("Encoding"), staff.grid.encoding),
            (say("Separator"), say(staff.grid.separator) if staff.grid.separator else ""),
            (say("Sheet"), staff.grid.sheet),
            (say("Decimal sign"), say(sign) if sign else ""),
            (say("Who"), columns.get("person", "")),
            (say("Name"), columns.get("name", "")),
            (say("Unit"), columns.get("unit", "")),
            (say("Function"), columns.get("function", "")),
            (say("Part of a post"), columns.get("fte", "")),
            (say("Cost"), columns.get("cost", "")),
            (say("Manager"), columns.get("manager", "")),
        ])
    )  # fmt: skip
    table = plain_table(say("Functions"), *map(say, ("Function", "People", "Posts", "Staff", "Pay, €/h")))
    for row in made.functions:
        pay = "–" if row["pay"] is None else number(row["pay"], 2)
        posts = number(row["posts"], 2)
        table.add_row(Text(row["label"]), number(row["people"]), posts, number(row["staff"]), pay)
    console.print(table)
    for remark in _notes(made):
        console.print(Text(remark, style="dim"))
    for remark in _unplaced(staff, keep_names, _MOST_UNPLACED):
        console.print(Text(remark))


def remarks(staff: StaffList, made: Draft, keep_names: bool) -> list[str]:
    """What the file that is written says of itself, line by line."""
    return [
        say("Made by `orgsim import` of {name}: {people:,} people in {count:, function|functions}.",
            name=staff.grid.path.name, people=len(staff.people), count=len(made.functions)),
        say("A staff list does not say what work there is: write processes, case_types with their routes, "
            "and segments with their needs in the place of those below, of which no case comes. Functions "
            "that no route uses sit apart in every design alike."),
        *_notes(made),
        *_unplaced(staff, keep_names, len(staff.unplaced)),
    ]  # fmt: skip


def _notes(made: Draft) -> list[str]:
    return [say("Note: {note}", note=note) for note in made.notes]


def _unplaced(staff: StaffList, keep_names: bool, most: int) -> list[str]:
    """The lines that are in no function, with the reason."""
    if not staff.unplaced:
        return [say("Everybody was placed.")]
    told = [say("Not placed: {count: line|lines} of the list.", count=len(staff.unplaced))]
    for one in staff.unplaced[:most]:
        who = f" ({one.name})" if keep_names and one.name else ""
        told.append(say("line {line}{who}: {why}", line=one.line, who=who, why=one.why))
    if len(staff.unplaced) > most:
        told.append(say("… and {count:,} more", count=len(staff.unplaced) - most))
    return told
