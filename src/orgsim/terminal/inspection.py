"""Scenarios, designs and fields, shown before anything runs."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from orgsim.answers.health import Health, check
from orgsim.answers.inert import inert_fields
from orgsim.gate import read_toml
from orgsim.mechanisms.coordination import share_of_time
from orgsim.messages import Message, joined
from orgsim.organisation import Structure, build, stages
from orgsim.organisation.workload import weekly_hours
from orgsim.scenario import HOURS_PER_WEEK, Scenario
from orgsim.scenario.catalogue import (
    bundled_experiment,
    bundled_file,
    experiment_names,
    names,
    names_in,
    preset_names,
    preset_tables,
)
from orgsim.scenario.inheritance import merged_tables, written
from orgsim.scenario.levers import Lever, Rule
from orgsim.scenario.loading import layers_of, load
from orgsim.scenario.reach import reach_notes
from orgsim.scenario.reference import fields
from orgsim.scenario.volume import weekly_cases
from orgsim.terminal.calm import print_remarks
from orgsim.terminal.console import plain_table
from orgsim.terminal.sparklines import sparkline
from orgsim.terminal.speaking import number, say, spoken
from orgsim.world import Environment, environment

#: by part of the catalogue
_HEADINGS = {
    "scenarios": "Scenarios",
    "crises": "Crises, for --set crisis.preset=NAME",
    "experiments": "Experiments (orgsim sweep)",
    "claims": "Claims about customer-centred organisations",
    "practices": "Practices of companies",
    "validity": "What the model should show (orgsim verify --all)",
    "verification": "Exact results (orgsim verify)",
}
#: by place in the sentence what a scenario is large by
_SIZES = {"staff": "staff", "customers": "customers", "cases": "cases_per_week"}


def inspect_file(source: str | Path, overrides: Iterable[str] = ()) -> dict[str, Any]:
    """What a scenario holds, what its designs come to, what it has from the scenarios that it extends, and
    which of the fields that are written for it change nothing. Raises where something does not fit."""
    layers = layers_of(source, overrides)
    settings = load(source, overrides)
    found = inspect_scenario(settings)
    found["merged"] = [table.told() for table in merged_tables(layers)]
    found["no_effect"] = [
        {"field": field, "why": why} for field, why in inert_fields(settings, written(layers))
    ]
    found["health"] = check(settings)
    return found


def _coordination(settings: Scenario, structure: Structure) -> np.ndarray:
    """Share of their time that the people of a unit spend on coordination, in the mean, by unit."""
    share = share_of_time(settings.frictions.coordination, structure.colleagues, structure.reach)
    of_person = share[structure.member_function, structure.member_unit]
    whole = np.bincount(structure.member_unit, weights=of_person, minlength=len(structure.units))
    return whole / np.maximum(1, structure.sizes)


def inspect_scenario(settings: Scenario) -> dict[str, Any]:
    """What a scenario holds and what its designs come to. Raises where one cannot be built."""
    settings = settings.effective()
    staff = sum(function.staff for function in settings.company.functions.values())
    world = environment(settings)
    designs = {}
    for name in settings.designs:
        stages(settings, name)
        structure = build(settings, name)
        share = _coordination(settings, structure)
        designs[name] = {
            "label": settings.designs[name].label or name,
            "managers": float(structure.hierarchy.leadership.sum()),
            "coordinators": settings.designs[name].coordinators.persons,
            "units": [
                {"name": unit.name, "staff": int(size), "managers": float(managers),
                 "coordination": float(part)}
                for unit, size, managers, part in zip(
                    structure.units, structure.sizes, structure.managers, share, strict=True)
            ],
        }  # fmt: skip
    return {
        "kind": "inspection",
        "title": settings.title,
        "weeks": settings.horizon.weeks,
        "staff": staff,
        "customers": sum(segment.customers for segment in settings.segments.values()),
        "cases_per_week": float(weekly_cases(settings).sum()),
        "standard_work": float(weekly_hours(settings).sum() / (staff * HOURS_PER_WEEK)),
        "crisis": {
            "label": settings.crisis.label,
            "source": settings.crisis.source,
            "lowest": float(world.index.min()),
            "highest": float(world.index.max()),
            "peak": _peak(world, list(settings.case_types)),
            "weeks_below_normal": int((world.index < 1).sum()),
            "index": [float(value) for value in world.index],
        },
        "designs": designs,
        "levers": [
            {
                "week": lever.start_week,
                "lever": lever.label or key,
                "what": _what(lever),
                "designs": list(settings.designs) if lever.designs == "all" else list(lever.designs),
            }
            for key, lever in sorted(settings.levers.items(), key=lambda item: item[1].start_week)
        ],
        "rules": [
            {"rule": rule.label or key, "when": _condition(rule), "then": rule.then}
            for key, rule in settings.rules.items()
        ],
        "notes": [*world.notes, *reach_notes(settings)],
    }


def _peak(world: Environment, types: list[str]) -> dict[str, Any]:
    """The most that crises do in any week, besides the index of demand."""
    cases = dict(zip(types, world.demand.max(axis=(0, 1)).tolist(), strict=True))
    return {
        "cases": {name: factor for name, factor in cases.items() if factor > 1.0},
        "exceptions": float(world.novelty.max()),
        "absent": float(world.absent.max()),
        "remote": float(world.remote.max()),
        "leaving": float(world.pull.max()),
        "fit_lost": float(1.0 - (1.0 - world.fit_lost).prod(axis=0).min()),
        "cut": float(world.cut.max()),
    }


def _peak_text(peak: dict[str, Any]) -> str:
    """The same in words; empty where they do nothing."""
    shares = {"absent": "of staff absent", "remote": "of time worked from home", "fit_lost": "of fit lost",
              "cut": "of staff cut"}  # fmt: skip
    factors = {"exceptions": "exceptions", "leaving": "leaving"}
    parts = [
        say("cases of {name} × {factor:.2f}", name=name, factor=factor)
        for name, factor in peak["cases"].items()
    ]
    parts += [f"{say(name)} × {number(peak[key], 2)}" for key, name in factors.items() if peak[key] > 1]
    parts += [f"{number(100 * peak[key], 1)} % {say(name)}" for key, name in shares.items() if peak[key] > 0]
    return ", ".join(parts)


def _what(lever: Lever) -> Message:
    """What a lever does, in a few words."""
    if lever.kind == "practice":
        whom = "" if lever.functions == "all" else Message(" ({names})", names=joined(lever.functions))
        kept = "" if lever.lasts_weeks is None else Message(", {weeks: week|weeks}", weeks=lever.lasts_weeks)
        practice = str(lever.practice).replace("_", " ")
        return Message(
            "{practice} to {value:g}{whom}{kept}",
            practice=Message(practice), value=lever.to, whom=whom, kept=kept,
        )  # fmt: skip
    if lever.kind == "transition" and lever.waves:
        return Message("to '{design}' in {count: wave|waves}", design=lever.design, count=len(lever.waves))
    if lever.kind == "transition":
        return Message("to '{design}' at once", design=lever.design)
    if lever.kind == "cut":
        return Message(
            "{percent:g} % of staff, {aim}", percent=100 * lever.share, aim=Message(str(lever.aim))
        )
    if lever.kind == "training":
        return Message("a second function for everybody")
    if lever.lasts_weeks is None:
        return Message("no hiring for good")
    return Message("no hiring for {weeks: week|weeks}", weeks=lever.lasts_weeks)


def _condition(rule: Rule) -> Message:
    template = (
        "{what} below {limit:g} for {weeks: week|weeks}"
        if rule.below is not None
        else "{what} above {limit:g} for {weeks: week|weeks}"
    )
    limit = rule.below if rule.below is not None else rule.above
    return Message(template, what=Message(rule.when), limit=limit, weeks=rule.for_weeks)


def print_inspection(console: Console, found: dict[str, Any]) -> None:
    """The scenario at a glance."""
    console.print(Text(say(found["title"]), style="bold"))
    told = say(
        "{staff} staff, {customers: customer|customers}, {cases} new cases a week, {weeks: week|weeks}; "
        "standard work fills "
        "{share:.0f} % of paid hours.",
        **{name: number(found[key]) for name, key in _SIZES.items()},
        weeks=found["weeks"], share=100 * found["standard_work"],
    )  # fmt: skip
    console.print(told)
    crisis = found["crisis"]
    peak = _peak_text(crisis["peak"])
    if crisis["lowest"] < 1 or crisis["highest"] > 1 or peak:
        told = say(
            "Crisis: {label}, index from {low:.2f} to {high:.2f}, below normal in {weeks: week|weeks}.",
            label=say(crisis["label"] or "own figures"), low=crisis["lowest"], high=crisis["highest"],
            weeks=crisis["weeks_below_normal"],
        )  # fmt: skip
        console.print(escape(told))
        if peak:
            console.print(say("In its worst week: {what}.", what=peak))
        console.print(sparkline(crisis["index"]))
    for design in found["designs"].values():
        heads = (design["label"], "Unit", "Staff", "Managers", "Coordination %")
        table = plain_table(*map(say, heads))
        for unit in design["units"]:
            table.add_row(
                Text(spoken().unit(unit["name"])), number(unit["staff"]), number(unit["managers"], 1),
                number(100 * unit["coordination"], 1),
            )  # fmt: skip
        console.print(table)
    if found["levers"]:
        table = plain_table(*map(say, ("Levers", "Week", "Lever", "What", "In")))
        for lever in found["levers"]:
            cells = (str(lever["week"]), say(lever["lever"]), say(lever["what"]), ", ".join(lever["designs"]))
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    for rule in found["rules"]:
        told = say(
            "Rule {name}: {when}, then {reaction}.",
            name=rule["rule"], when=rule["when"], reaction=say(rule["then"]),
        )  # fmt: skip
        console.print(Text(told))
    if found["merged"]:
        told = say("What is written here merges with what it extends (unless it says `replace`, `remove`):")
        console.print(f"\n{told}")
        for merged in found["merged"]:
            console.print(Padding(Text(say(merged)), (0, 0, 0, 2)))
    if found["no_effect"]:
        console.print("\n" + say("Fields that are set here and change nothing in this scenario:"))
        for silent in found["no_effect"]:
            why = f" {say(silent['why'])}" if silent["why"] else ""
            console.print(Padding(Text(f"{silent['field']}{why}"), (0, 0, 0, 2)))
    for note in found["notes"]:
        console.print(Text(say("Note: {note}", note=note), style="dim"))
    _print_calm(console, found["health"])
    console.print(say("The scenario is valid."), style="green")


def _print_calm(console: Console, health: Health) -> None:
    """The fullest of all, and what is wrong or unusual in calm."""
    design, load = health.fullest
    told = say(
        "In calm, the least time is left to: {name} ({design}), loaded to {share:.0f} %.",
        name=load.name, design=say(health.label(design)), share=load.total,
    )  # fmt: skip
    console.print(told)
    for calm in health.calm:
        print_remarks(console, calm, say("{name}: ", name=say(health.label(calm.design))))


def list_scenarios() -> dict[str, list[dict[str, str]]]:
    """The bundled scenarios, crises and verification scenarios with their titles."""

    def entries(keys: list[str]) -> list[dict[str, str]]:
        return [{"name": key, "title": str(read_toml(bundled_file(key)).get("title", ""))} for key in keys]

    return {
        "scenarios": entries(names()),
        "crises": [
            {"name": name, "title": str((preset_tables(name) or {}).get("label", ""))}
            for name in preset_names()
        ],
        "experiments": [
            {"name": name, "title": str(read_toml(bundled_experiment(name)).get("title", ""))}
            for name in experiment_names()
        ],
        "claims": entries(names_in("claims")),
        "practices": entries(names_in("practices")),
        "validity": entries(names_in("validity")),
        "verification": entries(names_in("verification")),
    }


def print_scenarios(console: Console, listed: dict[str, list[dict[str, str]]]) -> None:
    """The catalogue."""
    for key, heading in _HEADINGS.items():
        table = plain_table(say(heading), say("Name"), say("Title"))
        table.columns[1].justify = "left"
        for entry in listed[key]:
            table.add_row(Text(entry["name"]), Text(say(entry["title"])))
        console.print(table)
    console.print(say("Copy one with: orgsim scenarios NAME FILE"))


def print_fields(console: Console, model: type[BaseModel] = Scenario) -> None:
    """Every field of a scenario (or of another kind of file), with its facts."""
    for facts in fields(model):
        known = [
            say(facts.unit),
            say("required") if facts.default == "required" else say("default {value}", value=facts.default),
            facts.bounds,
            say("plausibly {range}", range=facts.range) if facts.range else "",
        ]
        console.print(
            Text(facts.path, style="bold"),
            Text(" · ".join(fact for fact in known if fact), style="dim"),
            soft_wrap=True,
        )
        source = f" [{say(facts.source)}]" if facts.source else ""
        console.print(Padding(Text(say(facts.meaning) + source), (0, 0, 0, 4)))
