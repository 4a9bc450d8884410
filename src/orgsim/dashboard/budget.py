"""What one visitor may take: pages, the length of a link, the size of a scenario and of its queues.

A page is for looking and trying; larger companies are for the command line, which has no such limits.
"""

from typing import Any

from orgsim.dashboard.messages import InputError
from orgsim.scenario import Scenario
from orgsim.world import environment

#: open pages of one browser, and of all
MOST_PAGES_A_VISITOR, MOST_PAGES = 20, 120
#: characters of a link: an uploaded scenario travels in it
LONGEST_LINK = 300_000
#: fields that a link changes, and its characters for one of them
MOST_CHANGES, LONGEST_CHANGE = 500, 20_000
#: values in a scenario that comes from outside, the tables in each other, and its designs
MOST_VALUES, DEEPEST, MOST_DESIGNS = 10_000, 20, 24
_MOST_STAFF, _MOST_CUSTOMERS, _MOST_WEEKS = 2_000, 200_000, 520
#: cases in a week, and in a whole run: what a run costs, and so what opening a link may cost
_MOST_CASES_A_WEEK, _MOST_CASES = 40_000, 1_000_000
#: cases that wait or are worked on at one time, in one organisation
MOST_OPEN_CASES = 100_000


def check_tables(tables: Any) -> None:
    """Whether tables from outside are small enough to be looked at. Raises InputError."""
    count, level = 0, [tables]
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for value in level:
            below += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        count, level = count + len(below), below
        if count > MOST_VALUES:
            raise InputError("The scenario has more than {most} values, which is too many for a page.",
                             most=MOST_VALUES)  # fmt: skip
        if not level:
            break
    else:
        raise InputError("The scenario has more than {most} tables within each other.", most=DEEPEST)
    designs = tables.get("designs") if isinstance(tables, dict) else None
    if isinstance(designs, dict) and len(designs) > MOST_DESIGNS:
        raise _too_large("designs", len(designs), MOST_DESIGNS)


def check_size(settings: Scenario) -> None:
    """Whether a run is small enough for a page. Raises InputError."""
    a_week = sum(
        segment.customers * sum(segment.needs.values()) / 52 for segment in settings.segments.values()
    ) + sum(stream.per_week for stream in settings.streams.values())
    weeks = settings.horizon.weeks + settings.horizon.warmup_weeks
    for what, size, most in (
        ("designs", len(settings.designs), MOST_DESIGNS),
        ("staff", sum(f.staff for f in settings.company.functions.values()), _MOST_STAFF),
        ("customers", sum(segment.customers for segment in settings.segments.values()), _MOST_CUSTOMERS),
        ("weeks", weeks, _MOST_WEEKS),
        ("cases a week", a_week, _MOST_CASES_A_WEEK),
    ):  # fmt: skip
        if not size <= most:
            raise _too_large(what, size, most)
    demand = a_week * float(environment(settings).index.sum())
    if not demand <= _MOST_CASES:
        raise _too_large("cases in the whole run", demand, _MOST_CASES)


def check_queues(design: str, open_cases: int) -> None:
    """Whether the cases of a run that are open are few enough to go on. Raises InputError."""
    if open_cases > MOST_OPEN_CASES:
        raise InputError(
            "In “{design}” {size} cases are open, and a page goes as far as {most}: more work comes in than "
            "its people can do. Give it more staff, less work, or customers less patience.",
            design=design, size=open_cases, most=MOST_OPEN_CASES,
        )  # fmt: skip


def _too_large(what: str, size: float, most: int) -> InputError:
    return InputError(
        "Too large for a page: {size} {what}, at most {most}. Run it with `orgsim sweep`.",
        size=f"{size:.0f}", what=what, most=most,
    )  # fmt: skip
