"""What a person may say about how a staff list is to be read, where the list leaves it open."""

from typing import Literal

from orgsim.fields import quantity, text
from orgsim.intake.reading import TableReading
from orgsim.working_time import HOURS_PER_WEEK, WEEKS_PER_YEAR


class StaffReading(TableReading):
    """How a file becomes the staff of a company; what is left out is found."""

    person: str | None = text(None, "column that says who it is: an identity or a name")
    unit: str | None = text(None, "column of the unit or department")
    function: str | None = text(None, "column of the function or job")
    fte: str | None = text(None, "column of the part of a post that somebody works")
    cost: str | None = text(None, "column of what somebody costs")
    manager: str | None = text(None, "column of the manager: an identity or a name of the list")
    by: Literal["unit", "function"] | None = text(
        None, "which of the two columns says where people are at home; else the unit, if there is one"
    )
    full_post: float = quantity(
        1.0, "as the column", "a full post in the column of posts: 100, or 35", 0.01, 1e6, ""
    )
    cost_per: Literal["hour", "month", "year"] | None = text(
        None, "what the cost is for; else as its column is called"
    )
    cost_of: Literal["person", "post"] = text(
        "person", "whether the cost of a month or year is that of the person, or of a full post"
    )
    hours_per_year: float = quantity(
        float(HOURS_PER_WEEK * WEEKS_PER_YEAR), "h",
        "paid hours of a full post in a year, by which a cost of a year becomes one of an hour; with the "
        "default a scenario pays in a year what the list says", 1, 8784, "",
    )  # fmt: skip
    on_top: float = quantity(
        0.0,
        "share",
        "what an employer pays on top of the cost in the list: 0.42 of a gross wage, say",
        0,
        3,
        "",
    )
