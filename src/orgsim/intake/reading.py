"""What a person may say about how a table is to be read, where the table itself leaves it open."""

from typing import Literal

from orgsim.fields import Table, quantity, text
from orgsim.messages import Message, Said


class TableReading(Table):
    """How a file becomes rows and numbers; what is left out is found."""

    decimal: Literal["comma", "point"] | None = text(None, "decimal sign of its numbers: comma or point")
    separator: Literal["comma", "semicolon", "tab", "bar"] | None = text(
        None, "what stands between the cells of a CSV file: comma, semicolon, tab or bar"
    )
    encoding: Literal["utf-8", "utf-16", "cp1252", "latin-1"] | None = text(
        None, "of a CSV file: utf-8, utf-16, cp1252 or latin-1"
    )
    sheet: str | None = text(None, "sheet of a workbook; else the first that holds something")
    header: int | None = quantity(
        None, "", "number of the line of the column names; else found", 1, 1_000_000, ""
    )


class SeriesReading(TableReading):
    """How a file becomes an index by month."""

    period: str | None = text(None, "column of the dates, by name or by number")
    value: str | None = text(None, "column of the figures, by name or by number")
    where: dict[str, str] = text({}, "rows to take: the value that they have, by column", most=50)
    dates: Literal["dmy", "mdy"] | None = text(
        None, "order of day and month in dates such as 01/02/2024: dmy is 1 February"
    )
    months: Literal["mean", "sum"] = text("mean", "what a month is of its weeks or days")
    missing: Literal["refuse", "interpolate", "hold"] = text(
        "refuse", "what to do where a month has no figure: a straight line between its neighbours, or the "
        "last figure before it"
    )  # fmt: skip


def remedy(name: str, *values: str) -> Said:
    """How to say what a table leaves open, on the command line and in a scenario's crisis."""
    return Message("--map {name}={value} (of a crisis: reading.{name})",
                   name=name, value="|".join(values))  # fmt: skip
