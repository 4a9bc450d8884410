"""What one visitor may take: pages, the length of a link, the size of a scenario and of its queues.

A page is for looking and trying; larger companies are for the command line, which has no such limits.
"""

from typing import Any

from orgsim.dashboard.messages import InputError
from orgsim.messages import Message
from orgsim.scenario import Scenario
from orgsim.world import environment

#: open pages of one browser, and of all
MOST_PAGES_A_VISITOR, MOST_PAGES = 20, 120
#: pages whose connection is lost, and which are kept for it to come back; and how long at most
MOST_WAITING, LONGEST_WAIT = 40, "1h"
#: answers of pages that have gone
MOST_KEPT_ANSWERS = 40
#: characters of what a tab remembers: more than one message of a page could not hold
LONGEST_MEMORY = 500_000
#: characters of a link: an uploaded scenario travels in it
LONGEST_LINK = 300_000
#: fields that a link changes, and its characters for one of them
MOST_CHANGES, LONGEST_CHANGE = 500, 5_000
#: what a scenario on a page may have; the cases are what a run costs, and so what opening a link may cost
LIMITS = {
    "designs": 24, "values": 10_000, "staff": 2_000, "customers": 200_000, "weeks": 520,
    "cases a week": 40_000, "cases in the whole run": 1_500_000,
}  # fmt: skip
#: cases that wait or are worked on at one time, in one organisation
MOST_OPEN_CASES = 100_000


def check_tables(tables: dict[str, Any]) -> None:
    """Whether tables from outside are few enough to be looked at. Raises InputError."""
    designs = tables.get("designs")
    _check("designs", len(designs) if isinstance(designs, dict) else 0)
    _check("values", _values(tables))


def _values(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_values, inner))


def check_size(settings: Scenario) -> None:
    """Whether a run is small enough for a page. Raises InputError."""
    a_week = sum(
        segment.customers * sum(segment.needs.values()) / 52 for segment in settings.segments.values()
    ) + sum(stream.per_week for stream in settings.streams.values())
    _check("designs", len(settings.designs))
    _check("staff", sum(function.staff for function in settings.company.functions.values()))
    _check("customers", sum(segment.customers for segment in settings.segments.values()))
    _check("weeks", settings.horizon.weeks + settings.horizon.warmup_weeks)
    _check("cases a week", a_week)
    _check("cases in the whole run", a_week * float(environment(settings).index.sum()))


def _check(what: str, size: float) -> None:
    if not size <= LIMITS[what]:
        raise InputError(
            "Too large for a page: {size} {what}, at most {most}. Run it with `orgsim sweep`.",
            size=f"{size:.0f}", what=Message(what), most=LIMITS[what],
        )  # fmt: skip


def check_queues(design: str, open_cases: int) -> None:
    """Whether the cases of a run that are open are few enough to go on. Raises InputError."""
    if open_cases > MOST_OPEN_CASES:
        raise InputError(
            "In “{design}” {size} cases are open, and a page goes as far as {most}: more work comes in than "
            "its people can do. Give it more staff, less work, or customers less patience.",
            design=design, size=open_cases, most=MOST_OPEN_CASES,
        )  # fmt: skip
