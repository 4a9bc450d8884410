"""The scenario: everything that a person writes, as one typed, immutable value."""

import re

from pydantic import model_validator

from orgsim.scenario.company import CaseType, Company, Process, Segment, Stream
from orgsim.scenario.crisis import Crisis
from orgsim.scenario.designs import ALL, Design
from orgsim.scenario.fields import REQUIRED, Table, quantity, text
from orgsim.scenario.frictions import Frictions, Market, Money, People
from orgsim.scenario.mechanisms import Mechanisms, neutralised

HOURS_PER_DAY = 8
DAYS_PER_WEEK = 5
HOURS_PER_WEEK = HOURS_PER_DAY * DAYS_PER_WEEK
WEEKS_PER_YEAR = 52
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Horizon(Table):
    """How long the simulation runs."""

    weeks: int = quantity(156, "weeks", "length of the run, warm-up apart", 1, 100_000)
    warmup_weeks: int = quantity(0, "weeks", "run before the measures begin", 0, 100_000)
    start: str = text("2019-01", "first month of the run (YYYY-MM), to place dated figures")


class Scenario(Table):
    """One company, its customers, its crisis, and the designs to compare."""

    title: str = text(REQUIRED, "one line")
    description: str = text("", "what it is about, where its figures come from")
    horizon: Horizon = text(Horizon(), "length of the run")
    company: Company = text(REQUIRED, "people")
    processes: dict[str, Process] = text(REQUIRED, "customer processes by key")
    case_types: dict[str, CaseType] = text(REQUIRED, "kinds of case by key")
    segments: dict[str, Segment] = text(REQUIRED, "customer segments by key")
    streams: dict[str, Stream] = text({}, "arrivals not caused by a known customer")
    frictions: Frictions = text(Frictions(), "what working together costs")
    people: People = text(People(), "proficiency, overtime, temporary staff")
    market: Market = text(Market(), "satisfaction, retention, acquisition")
    money: Money = text(Money(), "costs that are not pay by the hour")
    crisis: Crisis = text(Crisis(), "what happens to every organisation alike")
    mechanisms: Mechanisms = text(Mechanisms(), "switches: each turns one mechanism off")
    designs: dict[str, Design] = text(REQUIRED, "the organisation designs to compare")

    def effective(self) -> "Scenario":
        """The scenario that is simulated: this one, less the mechanisms that are switched off."""
        if all(self.mechanisms.model_dump().values()):
            return self
        tables = neutralised(self.model_dump(exclude_unset=True), self.mechanisms)
        return Scenario.model_validate(tables)

    @model_validator(mode="after")
    def _names_exist(self) -> "Scenario":
        for problem in _dangling_names(self):
            raise ValueError(problem)
        return self


def _known(where: str, name: str, names: dict, kind: str) -> list[str]:
    if name in names:
        return []
    return [f"{where} = '{name}' is no {kind}; known are: {', '.join(names) or 'none'}"]


def _dangling_names(scenario: Scenario) -> list[str]:
    """Every reference by name that leads nowhere, as messages."""
    problems: list[str] = []
    functions = scenario.company.functions
    for key in ("processes", "case_types", "segments", "designs"):
        if not getattr(scenario, key):
            problems.append(f"{key}: at least one is needed")
    if not functions:
        problems.append("company.functions: at least one is needed")
    for key, case_type in scenario.case_types.items():
        at = f"case_types.{key}"
        problems += _known(f"{at}.process", case_type.process, scenario.processes, "process")
        for number, activity in enumerate(case_type.route, 1):
            where = f"{at}.route[{number}].function"
            problems += _known(where, activity.function, functions, "function")
        if case_type.repeat_as is not None:
            problems += _known(f"{at}.repeat_as", case_type.repeat_as, scenario.case_types, "case type")
    for key, segment in scenario.segments.items():
        for name, rate in segment.needs.items():
            problems += _known(f"segments.{key}.needs", name, scenario.case_types, "case type")
            if not 0 <= rate <= 1000:
                problems.append(f"segments.{key}.needs.{name} = {rate} must be from 0 to 1000 a year")
    for key, stream in scenario.streams.items():
        problems += _known(f"streams.{key}.case_type", stream.case_type, scenario.case_types, "case type")
    if not MONTH.fullmatch(scenario.horizon.start):
        problems.append(f"horizon.start = '{scenario.horizon.start}' must be a month such as 2019-01")
    for key, design in scenario.designs.items():
        problems += _dangling_in_design(scenario, key, design)
    return problems


def _dangling_in_design(scenario: Scenario, key: str, design: Design) -> list[str]:
    problems: list[str] = []
    functions = scenario.company.functions
    for name in design.shared:
        problems += _known(f"designs.{key}.shared", name, functions, "function")
    if design.group_by == "units" and not design.units:
        problems.append(f"designs.{key}.units: at least one is needed where group_by = 'units'")
    unit_names = [unit.name for unit in design.units]
    for name in sorted({name for name in unit_names if unit_names.count(name) > 1}):
        problems.append(f"designs.{key}.units: '{name}' stands there twice; give each unit its own name")
    for unit in design.units:
        at = f"designs.{key}.units '{unit.name}'"
        for names, known, kind in (
            (unit.functions, functions, "function"),
            (unit.processes, scenario.processes, "process"),
            (unit.segments, scenario.segments, "segment"),
        ):
            for name in () if names == ALL else names:
                problems += _known(f"{at}", name, known, kind)
    return problems
