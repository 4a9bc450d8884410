"""The scenario: everything that a person writes, as one typed, immutable value."""

from typing import Any

from pydantic import model_validator

from orgsim.errors import RuleError, listed, short
from orgsim.fields import REQUIRED, Table, text
from orgsim.measures import BY_KEY
from orgsim.messages import Message
from orgsim.scenario.company import CaseType, Company, Process, Segment, Stream
from orgsim.scenario.crisis import Crisis
from orgsim.scenario.designs import ALL, Design
from orgsim.scenario.extent import too_large
from orgsim.scenario.frictions import Frictions
from orgsim.scenario.horizon import MONTH, Horizon
from orgsim.scenario.levers import Lever, Rule
from orgsim.scenario.market import Market, Offer
from orgsim.scenario.mechanisms import Mechanisms, neutralised
from orgsim.scenario.money import Money
from orgsim.scenario.offspring import endless
from orgsim.scenario.people import People
from orgsim.scenario.practices import Effects, Practices


class Scenario(Table):
    """One company, its customers, its crisis, and the designs to compare."""

    title: str = text(REQUIRED, "one line")
    description: str = text("", "what it is about, where its figures come from")
    horizon: Horizon = text(Horizon(), "length of the run")
    company: Company = text(REQUIRED, "people")
    processes: dict[str, Process] = text(REQUIRED, "customer processes by key", most=200)
    case_types: dict[str, CaseType] = text(REQUIRED, "kinds of case by key", most=500)
    segments: dict[str, Segment] = text(REQUIRED, "customer segments by key", most=200)
    streams: dict[str, Stream] = text({}, "arrivals not caused by a known customer", most=500)
    frictions: Frictions = text(Frictions(), "what working together costs")
    practices: Practices = text(Practices(), "what the company does, whatever its structure")
    effects: Effects = text(Effects(), "what practices do")
    people: People = text(People(), "proficiency, knowledge, morale, turnover, backlog")
    market: Market = text(Market(), "satisfaction, retention, acquisition")
    offer: Offer = text(Offer(), "fit of the offer, experiments")
    money: Money = text(Money(), "costs that are not pay by the hour")
    crisis: Crisis = text(Crisis(), "what happens to every organisation alike")
    crises: dict[str, Crisis] = text({}, "further crises, which may come at the same time", most=50)
    levers: dict[str, Lever] = text({}, "dated interventions", most=500)
    rules: dict[str, Rule] = text({}, "how management reacts", most=100)
    matters: dict[str, float] = text(
        {},
        "smallest difference that matters by measure, in its unit; else that of the page of measures",
        most=100,
    )
    mechanisms: Mechanisms = text(Mechanisms(), "switches: each turns one mechanism off")
    designs: dict[str, Design] = text(REQUIRED, "the organisation designs to compare", most=100)

    def effective(self) -> "Scenario":
        """The scenario that is simulated: this one, less the mechanisms that are switched off. It has
        nothing left to switch off: its parameters say it all."""
        if all(self.mechanisms.model_dump().values()):
            return self
        tables = neutralised(self.model_dump(exclude_unset=True, exclude={"mechanisms"}), self.mechanisms)
        return Scenario.model_validate(tables)

    @model_validator(mode="after")
    def _names_exist(self) -> "Scenario":
        for problem in _dangling_names(self):
            raise RuleError(problem)
        return self

    @model_validator(mode="after")
    def _cases_come_to_an_end(self) -> "Scenario":
        for problem in endless(self.case_types):
            raise RuleError(problem)
        return self

    @model_validator(mode="after")
    def _can_be_computed(self) -> "Scenario":
        for problem in too_large(self):
            raise RuleError(problem)
        return self


def _known(where: str, name: str, names: dict[str, Any], kind: str) -> list[Message]:
    if name in names:
        return []
    return [
        Message(
            "{where} = '{name}' is no {kind}; known are: {names}",
            where=where,
            name=short(name),
            kind=Message(kind),
            names=listed(names) if names else Message("none"),
        )
    ]


def _dangling_names(scenario: Scenario) -> list[Message]:
    """Every reference by name that leads nowhere, as messages."""
    problems: list[Message] = []
    functions = scenario.company.functions
    for key in ("processes", "case_types", "segments", "designs"):
        if not getattr(scenario, key):
            problems.append(Message("{field}: at least one is needed", field=key))
    if not functions:
        problems.append(Message("{field}: at least one is needed", field="company.functions"))
    for key, case_type in scenario.case_types.items():
        at = f"case_types.{key}"
        problems += _known(f"{at}.process", case_type.process, scenario.processes, "process")
        for number, activity in enumerate(case_type.route, 1):
            where = f"{at}.route[{number}].function"
            problems += _known(where, activity.function, functions, "function")
        if case_type.repeat_as is not None:
            problems += _known(f"{at}.repeat_as", case_type.repeat_as, scenario.case_types, "case type")
        for number, follow in enumerate(case_type.follows, 1):
            where = f"{at}.follows[{number}].case_type"
            problems += _known(where, follow.case_type, scenario.case_types, "case type")
    for key, segment in scenario.segments.items():
        for name, rate in segment.needs.items():
            problems += _known(f"segments.{key}.needs", name, scenario.case_types, "case type")
            if not 0 <= rate <= 1000:
                problems.append(
                    Message(
                        "segments.{key}.needs.{name} = {rate} must be from 0 to 1000 a year",
                        key=key,
                        name=name,
                        rate=rate,
                    )
                )
    for key, stream in scenario.streams.items():
        problems += _known(f"streams.{key}.case_type", stream.case_type, scenario.case_types, "case type")
    for name, smallest in scenario.matters.items():
        problems += _known("matters", name, BY_KEY, "measure")
        if smallest < 0:
            problems.append(
                Message(
                    "matters.{name} = {smallest:g} must be 0 or more, in the measure's unit",
                    name=name,
                    smallest=smallest,
                )
            )
    if not MONTH.fullmatch(scenario.horizon.start):
        problems.append(
            Message(
                "horizon.start = '{start}' must be a month from 1800-01 to 2199-12",
                start=scenario.horizon.start,
            )
        )
    for key, design in scenario.designs.items():
        problems += _dangling_in_design(scenario, key, design)
    return problems + _dangling_in_events(scenario)


def _dangling_in_design(scenario: Scenario, key: str, design: Design) -> list[Message]:
    problems: list[Message] = []
    functions = scenario.company.functions
    for name in design.shared:
        problems += _known(f"designs.{key}.shared", name, functions, "function")
    if design.group_by == "units" and not design.units:
        problems.append(
            Message("designs.{key}.units: at least one is needed where group_by = 'units'", key=key)
        )
    unit_names = [unit.name for unit in design.units]
    for name in sorted({name for name in unit_names if unit_names.count(name) > 1}):
        problems.append(
            Message(
                "designs.{key}.units: '{name}' stands there twice; give each unit its own name",
                key=key,
                name=name,
            )
        )
    for unit in design.units:
        problems += _dangling_in_scope(scenario, f"designs.{key}.units '{unit.name}'", unit)
        if unit.managers == 0:
            problems.append(
                Message(
                    "designs.{key}.units '{name}'.managers = 0: a unit needs a lead; give it 1, or leave it "
                    "out",
                    key=key,
                    name=unit.name,
                )
            )
    if design.split_segments:
        if design.group_by != "process":
            problems.append(
                Message("designs.{key}.split_segments has an effect with group_by = 'process' only", key=key)
            )
        named = [name for group in design.split_segments for name in group]
        for name in named:
            problems += _known(f"designs.{key}.split_segments", name, scenario.segments, "segment")
        if not problems and sorted(named) != sorted(scenario.segments):
            problems.append(
                Message(
                    "designs.{key}.split_segments must name every segment once: {names}",
                    key=key,
                    names=", ".join(scenario.segments),
                )
            )
    for name, value in design.practices.items():
        problems += _known(f"designs.{key}.practices", name, Practices.model_fields, "practice")
        try:
            Practices.model_validate({name: value})
        except ValueError:
            if name in Practices.model_fields:
                problems.append(
                    Message(
                        "designs.{key}.practices.{name} = {value} is out of its range",
                        key=key,
                        name=name,
                        value=value,
                    )
                )
    practised = design.practices.get("transversality", scenario.practices.transversality)
    if practised and not design.coordinators.process_owners:
        problems.append(
            Message(
                "designs.{key}.practices.transversality = {practised} needs people who own the "
                "processes; set designs.{other}.coordinators = {{ persons = {count}, process_owners = "
                "true }}",
                key=key,
                practised=practised,
                other=key,
                count=len(scenario.processes),
            )
        )
    if design.coordinators.process_owners and design.coordinators.persons < len(scenario.processes):
        problems.append(
            Message(
                "designs.{key}.coordinators.persons = {persons} are too few to own {count} processes; "
                "give at least {least}",
                key=key,
                persons=design.coordinators.persons,
                count=len(scenario.processes),
                least=len(scenario.processes),
            )
        )
    return problems


def _dangling_in_scope(scenario: Scenario, at: str, scope: Any) -> list[Message]:
    """What a unit, a lever or a crisis says it concerns."""
    problems: list[Message] = []
    for field, known, kind in (
        ("functions", scenario.company.functions, "function"),
        ("processes", scenario.processes, "process"),
        ("segments", scenario.segments, "segment"),
        ("designs", scenario.designs, "design"),
    ):
        names = getattr(scope, field, ALL)
        for name in () if names == ALL else names:
            problems += _known(f"{at}.{field}", name, known, kind)
    return problems


def _dangling_in_events(scenario: Scenario) -> list[Message]:
    problems: list[Message] = []
    for name, crisis in {"crisis": scenario.crisis, **scenario.crises}.items():
        at = name if name == "crisis" else f"crises.{name}"
        problems += _dangling_in_scope(scenario, at, crisis)
        for case_type, factor in crisis.contacts.items():
            problems += _known(f"{at}.contacts", case_type, scenario.case_types, "case type")
            if not 0 <= factor <= 100:
                problems.append(
                    Message(
                        "{field}.contacts.{name} = {factor} must be from 0 to 100 times calm",
                        field=at,
                        name=case_type,
                        factor=factor,
                    )
                )
    for key, lever in scenario.levers.items():
        at = f"levers.{key}"
        problems += _dangling_in_scope(scenario, at, lever)
        if lever.design is not None:
            problems += _known(f"{at}.design", lever.design, scenario.designs, "design")
        named = [name for wave in lever.waves for name in wave]
        for name in named:
            problems += _known(f"{at}.waves", name, scenario.processes, "process")
        if lever.waves and not problems and sorted(named) != sorted(scenario.processes):
            problems.append(
                Message(
                    "{field}.waves must name every process once, or its people are left behind: {names}",
                    field=at,
                    names=", ".join(scenario.processes),
                )
            )
        if lever.start_week >= scenario.horizon.weeks:
            problems.append(
                Message(
                    "{field}.start_week = {week} lies after the end of the run (horizon.weeks = {weeks}); it "
                    "would never be pulled",
                    field=at,
                    week=lever.start_week,
                    weeks=scenario.horizon.weeks,
                )
            )
    for key, rule in scenario.rules.items():
        problems += _dangling_in_scope(scenario, f"rules.{key}", rule)
        if rule.lever is not None:
            problems += _known(f"rules.{key}.lever", rule.lever, scenario.levers, "lever")
    return problems
