"""The sections about the base case and about where it turns: why, week by week, break-even, phase map."""

import math
from typing import Any

import numpy as np

from orgsim.answers.findings import Findings, FoundPoint
from orgsim.answers.outcome import outcome
from orgsim.answers.phase_map import PhaseMap, phase_map
from orgsim.answers.sensitivity import tornado
from orgsim.answers.wording import turning_sentence
from orgsim.engine.accounts import COST_LINES
from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.report import charts
from orgsim.report.exploration import matters, robust
from orgsim.report.figures import Figure
from orgsim.report.parts import Section
from orgsim.report.record import assumptions, health, provenance
from orgsim.simulation.result import LEAD_LINES
from orgsim.statistics.intervals import Estimate
from orgsim.studies.factors import is_number, rank

_MOST_SERIES = 6
#: weekly series that are shown, with their unit
_COURSES = {"satisfaction": "0–100", "customers": "", "open_cases": "", "result": "€"}
_COURSE_NAMES = {
    "satisfaction": "Customer satisfaction", "customers": "Customers", "open_cases": "Open cases",
    "result": "Result, cumulated",
}  # fmt: skip


def all_sections(findings: Findings, say: Language) -> list[Section]:
    """Everything after the answer."""
    return [
        *sections(findings, say), health(findings, say), assumptions(findings, say), provenance(findings, say)
    ]  # fmt: skip


def sections(findings: Findings, say: Language) -> list[Section]:
    """The body of the report; a section that has nothing to say is left out."""
    makers = (_why, _course, *((_turns, matters, robust) if findings.sampled else ()))
    return [section for maker in makers if (section := maker(findings, say)) is not None]


def _why(findings: Findings, say: Language) -> Section:
    figures = []
    findings.know([*(f"cost_{line}" for line in COST_LINES), *(f"lead_{line}" for line in LEAD_LINES)])
    for design in findings.others:
        names = (say(findings.label(findings.baseline)), say(findings.label(design)))
        suffix = f": {names[1]}" if len(findings.others) > 1 else ""
        for kind, title, unit, lines in (
            ("cost", "Where the cost goes", "€", COST_LINES),
            ("lead", "Where the lead time goes", say("h per case"), LEAD_LINES),
        ):
            terms = [
                (say.line(line), findings.difference(findings.base, design, f"{kind}_{line}").difference)
                for line in lines
            ]
            shown = [term for term in terms if abs(term[1].mean) > 1e-9]
            totals = [
                math.fsum(findings.mean(findings.base, name, f"{kind}_{line}") for line in lines)
                for name in (findings.baseline, design)
            ]
            figures.append(
                charts.waterfall(
                    say, f"waterfall-{kind}-{design}", say(title) + suffix, unit, shown,
                    (names[0], totals[0]), (names[1], totals[1]), kind == "cost",
                )
            )  # fmt: skip
    if attribution := findings.store.notes.get("why"):
        figures.append(_attribution(attribution, findings, say))
    return Section(
        "why", say("Why"),
        (say("Every euro paid and every hour of a case's way is on one line, so the lines sum to the whole. "
             "Both designs live in the same worlds: same customers, same cases, same chance."),),
        tuple(figures),
    )  # fmt: skip


def _attribution(stored: dict[str, Any], findings: Findings, say: Language) -> Figure:
    def interval(value: dict[str, float]) -> Estimate:
        return Estimate(value["mean"], value["low"], value["high"])

    shares = [(say(name.capitalize()), interval(value)) for name, value in stored["shares"].items()]
    shares.append((say("Everything else"), interval(stored["rest"])))
    shares.sort(key=lambda share: -abs(share[1].mean))
    title = say("{measure}: which mechanisms make the difference", measure=say.measure(stored["measure"]))
    unit = say(BY_KEY[stored["measure"]].unit)
    return charts.indices(
        say, "attribution", title, unit, [(name, {say("Shapley value"): value}) for name, value in shares]
    )


def _course(findings: Findings, say: Language) -> Section | None:
    names = ", ".join(f'w."{name}"' for name in _COURSES)
    rows = findings.store.query(
        f"SELECT r.design, r.seed, w.week, {names} FROM weekly w JOIN runs r USING (key) "
        f"WHERE r.point = '{findings.base.name}' AND r.status = 'ok' ORDER BY r.design, r.seed, w.week"
    )
    if not rows:
        return None
    weeks = max(row[2] for row in rows) + 1
    figures = []
    for place, (name, unit) in enumerate(_COURSES.items()):
        courses = {}
        for design in findings.designs:
            values = np.array([row[3 + place] for row in rows if row[0] == design], float).reshape(-1, weeks)
            courses[say(findings.label(design))] = values.cumsum(axis=1) if name == "result" else values
        title = say(_COURSE_NAMES[name])
        figures.append(charts.fan(say, f"course-{name}", title, unit or title, courses, 1))
    text = say(
        "The base case: the line is the median world; the bands hold half and nine tenths of the worlds."
    )
    return Section("course", say("Week by week"), (text,), tuple(figures))


def _numeric(findings: Findings) -> list[str]:
    return [
        name
        for name in findings.experiment.factors
        if all(is_number(point.values[name]) for point in findings.sampled)
        and len({point.values[name] for point in findings.sampled}) > 1
    ]


def _turns(findings: Findings, say: Language) -> Section | None:
    numeric = _numeric(findings)
    if not findings.others or not numeric:
        return None
    design, measure = findings.others[0], findings.experiment.measures[0]
    if findings.experiment.sampling in ("lhs", "sobol"):
        return _scattered(findings, say, measure, design)
    if findings.experiment.sampling not in ("grid", "list"):
        return None
    found: PhaseMap | None = None
    if len(findings.experiment.factors) > 1 and findings.experiment.sampling == "grid":
        found = phase_map(findings, measure=measure, design=design)
    figures = [_break_even(findings, say, numeric[0], measure, design)]
    labels = (say(findings.label(findings.baseline)), say(findings.label(design)))
    texts = [
        say(
            "Above the line of 0 “{other}” has more, below it less; where the band holds 0, nobody can tell.",
            other=labels[1],
        )
    ]
    if found is not None:
        figures.append(charts.phase_map(say, found, labels))
        texts.append(
            say("The map calls a cell better or worse only if that holds for all points together; in pale "
                "cells there is no difference that matters; hatched cells are not distinguishable.")
        )  # fmt: skip
    return Section("turns", say("Where it turns"), tuple(texts), tuple(figures))


def _scattered(findings: Findings, say: Language, measure: str, design: str) -> Section | None:
    """Every world along the factor that moves the difference most."""
    numeric = [name for name in tornado(outcome(findings, measure, design)) if name in _numeric(findings)]
    if not numeric:
        return None
    verdicts = findings.verdicts(measure, design)
    worlds = [
        (
            point.values[numeric[0]],
            findings.difference(point, design, measure).difference,
            verdicts[point.name],
        )
        for point in findings.sampled
    ]
    text = say("Every world of the experiment, along the factor that moves the difference most.")
    figure = charts.worlds(say, measure, numeric[0], say(findings.label(design)), worlds)
    return Section("turns", say("Where it turns"), (text,), (figure,))


def _break_even(findings: Findings, say: Language, factor: str, measure: str, design: str) -> Figure:
    others = [name for name in findings.experiment.factors if name != factor]
    second = others[0] if others else ""
    first = findings.anchor.values
    points = [
        p for p in findings.sampled if all(p.values[name] == first[name] for name in others if name != second)
    ]
    groups: dict[Any, list[FoundPoint]] = {}
    for point in sorted(points, key=lambda point: rank(point.values.get(second))):
        groups.setdefault(point.values.get(second), []).append(point)
    if len(groups) > _MOST_SERIES:
        keys = list(groups)
        picked = [keys[round(i)] for i in np.linspace(0, len(keys) - 1, _MOST_SERIES)]
        groups = {key: groups[key] for key in picked}
    series, told = {}, []
    for key, members in groups.items():
        members.sort(key=lambda point: point.values[factor])
        curve = [findings.difference(point, design, measure).difference for point in members]
        values = [float(point.values[factor]) for point in members]
        name = say.short(key) if second else say(findings.label(design))
        series[name] = list(zip(values, curve, strict=True))
        where = turning_sentence(say, values, curve, say(findings.label(design)))
        told.append(f"{second} = {name}: {where}" if second else where)
    return charts.break_even(say, measure, factor, series, second, " ".join(told))
