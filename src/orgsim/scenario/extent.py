"""How large a scenario is, before anything of its size is made: tables that no machine can hold, or that
take minutes to lay out, are refused with their number and the remedy."""

from collections.abc import Iterator
from typing import Protocol

from orgsim.messages import Message
from orgsim.scenario.company import CaseType, Company, Process, Segment
from orgsim.scenario.designs import Design
from orgsim.scenario.horizon import Horizon


class Sized(Protocol):
    """What the size of a scenario follows from."""

    horizon: Horizon
    company: Company
    processes: dict[str, Process]
    case_types: dict[str, CaseType]
    segments: dict[str, Segment]
    designs: dict[str, Design]


#: what is computed at the most; each comes to about a gigabyte, or to some seconds before the first week
PEOPLE, CUSTOMERS = 200_000, 10_000_000
#: persons × (functions + case types): what everybody can do and has done
ABILITIES = 20_000_000
#: weeks × segments × case types: the world week by week
WEEKLY_RATES = 20_000_000
#: persons × designs
SEATS = 2_000_000
#: units × functions, and units × activities × segments, of one design
DESKS, ASSIGNMENTS = 5_000, 2_000_000


def too_large(scenario: Sized) -> Iterator[Message]:
    """What is larger than can be computed, as messages that name the number and the remedy."""
    functions, types = len(scenario.company.functions), len(scenario.case_types)
    segments = len(scenario.segments)
    people = sum(function.staff for function in scenario.company.functions.values())
    customers = sum(segment.customers for segment in scenario.segments.values())
    weeks = scenario.horizon.weeks + scenario.horizon.warmup_weeks
    if people > PEOPLE:
        yield Message(
            "company.functions have {count:,} staff; at most {most:,} can be computed: make them fewer",
            count=people,
            most=PEOPLE,
        )
    if customers > CUSTOMERS:
        yield (
            Message(
                "segments have {count:,} customers; at most {most:,} can be computed: simulate a part of "
                "the company",
                count=customers,
                most=CUSTOMERS,
            )
        )
    if (size := people * (functions + types)) > ABILITIES:
        yield (
            Message(
                "company.functions: {people:,} staff × {kinds:,} functions and case types are {count:,}; "
                "at most {most:,} can be computed: make either fewer",
                people=people,
                kinds=functions + types,
                count=size,
                most=ABILITIES,
            )
        )
    if (size := weeks * segments * types) > WEEKLY_RATES:
        yield (
            Message(
                "horizon.weeks: {weeks:,} weeks × {kinds:,} segments and case types are {count:,}; at "
                "most {most:,} can be computed: make either fewer",
                weeks=weeks,
                kinds=segments * types,
                count=size,
                most=WEEKLY_RATES,
            )
        )
    if (size := people * len(scenario.designs)) > SEATS:
        yield (
            Message(
                "designs: {designs:,} for {people:,} staff are {count:,} seats; at most {most:,} can be "
                "computed: put some into a scenario of their own",
                designs=len(scenario.designs),
                people=people,
                count=size,
                most=SEATS,
            )
        )
    activities = sum(len(case_type.route) for case_type in scenario.case_types.values())
    for key, design in scenario.designs.items():
        units = _units(scenario, design)
        if (size := units * functions) > DESKS:
            yield (
                Message(
                    "designs.{key}: {units:,} units × {functions:,} functions are {count:,}; at most "
                    "{most:,} can be computed: make either fewer",
                    key=key,
                    units=units,
                    functions=functions,
                    count=size,
                    most=DESKS,
                )
            )
        if (size := units * activities * segments) > ASSIGNMENTS:
            yield (
                Message(
                    "designs.{key}: {units:,} units × {activities:,} activities × {segments:,} segments are "
                    "{count:,}; at most {most:,} can be computed: make one of them fewer",
                    key=key,
                    units=units,
                    activities=activities,
                    segments=segments,
                    count=size,
                    most=ASSIGNMENTS,
                )
            )


def _units(scenario: Sized, design: Design) -> int:
    """The units of a design, before those without people are left out."""
    if design.group_by == "function":
        return len(scenario.company.functions)
    shared = len(design.shared)
    if design.group_by == "units":
        return len(design.units) + shared
    return len(scenario.processes) * max(1, len(design.split_segments)) + shared
