"""The map page: where the answer turns, over two factors; it fills in as it runs."""

from collections.abc import Callable
from functools import cache
from typing import Any

import solara

from orgsim.answers.findings import Findings
from orgsim.answers.phase_map import PhaseMap, phase_map
from orgsim.answers.wording import verdict_words
from orgsim.dashboard.address import Address
from orgsim.dashboard.components import Choices, MapView, Saver
from orgsim.dashboard.forms import ROOMS
from orgsim.dashboard.pages.live import scenario_groups
from orgsim.dashboard.pages.parts import StudyProgress, save, use_study
from orgsim.dashboard.session import Session
from orgsim.dashboard.words import words
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.report import charts
from orgsim.report.figures import Figure
from orgsim.scenario.reference import FieldFacts, fields
from orgsim.studies.factors import Factor, rank

_DEFAULT = ("frictions.handoff.transfer_hours", "frictions.arbitration.exception_rate")
_STEPS = (4, 5, 7)
_SEEDS = {"min": 4, "max": 12, "base": 4}
_MEASURES = ("result", "total_cost", "satisfaction", "retention", "cycle_time", "service_level")
#: ranges of fields whose plausible range the schema does not state
_RANGES = {"crisis.depth": (0.0, 0.6), "crisis.duration_weeks": (8.0, 78.0)}


@cache
def factor_fields() -> dict[str, FieldFacts]:
    """The fields that a map can vary: single numbers with a plausible range."""
    known = {facts.path: facts for facts in fields() if "*" not in facts.path and "[" not in facts.path}
    return {
        path: facts for path, facts in known.items() if facts.plausible is not None or path in _RANGES
    }  # fmt: skip


def range_of(facts: FieldFacts) -> tuple[float, float]:
    """The range that a map begins with."""
    return _RANGES.get(facts.path) or facts.plausible or (0.0, 1.0)


def ranges_of(address: Address, paths: tuple[str, str]) -> dict[str, tuple[float, float]]:
    """By factor the range that the map is to cover: the address's, or the plausible one."""
    if not address.ranges or address.factors not in ((), paths):
        return {path: range_of(factor_fields()[path]) for path in paths}
    x_low, x_high, y_low, y_high = address.ranges
    return dict(zip(paths, ((x_low, x_high), (y_low, y_high)), strict=True))


def wanted(address: Address) -> tuple[tuple[str, str], dict[str, tuple[float, float]], int, str]:
    """What an address says of the map, where it fits: factors, their ranges, cells along a side, measure."""
    known = [path for path in address.factors if path in factor_fields()]
    paths = (known[0], known[1]) if len(set(known)) == 2 else _DEFAULT
    steps = address.cells if address.cells in _STEPS else Address().cells
    measure = address.measure if address.measure in BY_KEY else "result"
    return paths, ranges_of(address, paths), steps, measure


def asked(address: Address) -> dict[str, Any] | None:
    """The experiment that an address asks for; None where a range is empty."""
    try:
        return plan(*wanted(address), address.seed)
    except ValueError:
        return None


def plan(paths: tuple[str, str], ranges: dict[str, tuple[float, float]], steps: int, measure: str,
         seed: int) -> dict[str, Any]:  # fmt: skip
    """The experiment: a grid over both, and seeds where the verdict is not yet clear."""
    factors = {
        path: {"field": path, "low": ranges[path][0], "high": ranges[path][1], "levels": steps}
        for path in paths
    }
    for factor in factors.values():
        Factor.model_validate(factor)
    return {
        "factors": factors, "sampling": "grid", "measures": [measure],
        "replications": {**_SEEDS, "decide": [measure], "first_seed": seed},
    }  # fmt: skip


def map_of(findings: Findings | None) -> PhaseMap | None:
    """The map, as far as it has come."""
    if findings is None:
        return None
    try:
        return phase_map(findings)
    except OrgsimError:
        return None


def lines(found: PhaseMap, xs: list[Any], ys: list[Any]) -> list[str]:
    """The break-even line as points in cells, the highest y first: rows that each have one crossing are
    joined, others stand alone."""

    def column(x: float) -> float:
        for k in range(len(xs) - 1):
            if xs[k] <= x <= xs[k + 1]:
                return float(k + 0.5 + (x - xs[k]) / (xs[k + 1] - xs[k]))
        return 0.5 if x < xs[0] else len(xs) - 0.5

    rows = [[column(x) for x, at in found.border if at == y] for y in reversed(ys)]
    drawn: list[list[tuple[float, float]]] = []
    for place, crossings in enumerate(rows):
        joined = len(crossings) == 1 and place > 0 and len(rows[place - 1]) == 1
        for x in crossings:
            stretch = [(x, float(place)), (x, place + 1.0)]
            if joined:
                drawn[-1] += stretch
            else:
                drawn.append(stretch)
    return [" ".join(f"{x:.3f},{y:.3f}" for x, y in stretch) for stretch in drawn]


@solara.component
def MapPage(session: Session) -> None:
    """The whole page."""
    say, address, chosen = session.say, session.address.value, session.chosen.value
    watched = use_study(session, "map")
    study = watched.study
    known = factor_fields()
    file, set_file = solara.use_state(None)
    paths, now, steps, measure = wanted(address)
    running = study.state == "running"

    def choose(what: dict[str, Any]) -> None:
        key, value = what["key"], what["value"]
        if key in ("x", "y") and value in known:
            place = ("x", "y").index(key)
            pair = list(paths)
            if value == pair[1 - place]:
                pair[1 - place] = pair[place]
            pair[place] = value
            ends = [end for path in pair for end in now.get(path) or range_of(known[path])]
            session.set(factors=tuple(pair), ranges=tuple(ends))
        elif key == "measure" and value in BY_KEY:
            session.set(measure=value)
        elif key == "steps":
            session.set(cells=int(value))
        elif key == "scenario":
            session.set(scenario=value, own="", changes=(), designs=())
        else:
            ends = [end for path in paths for end in now[path]]
            ends[("x-low", "x-high", "y-low", "y-high").index(key)] = float(value)
            session.set(ranges=tuple(ends))

    tables = asked(address)

    def start(_: Any) -> None:
        if tables is None:
            session.tell_text("A range of the map is empty: its lower end must be below its upper end.")
        else:
            session.ask("map", chosen, tables)

    state = (watched.version, study.state, say.code, id(study.chosen))
    findings = solara.use_memo(study.findings, list(state))
    found = solara.use_memo(lambda: map_of(findings), [*state, "map"])
    figures = solara.use_memo(
        lambda: [_figure(findings, found, say)] if findings and found else [], [*state, "figure"]
    )
    with solara.Div(classes=["os-page"]):
        Choices(
            words=words("choices", say), disabled=running, event_choose=choose,
            choices=_choices(session, say, paths, now, steps, measure),
            downloads=[["png", "PNG"], ["svg", "SVG"], ["csv", "CSV"], ["html", say("Report (HTML)")]]
            if found and not running else [],
            event_save=lambda asked: save(session, study, figures, "map", asked, set_file),
        )  # fmt: skip
        with solara.Div(classes=["os-row"]):
            StudyProgress(watched, say, say("Draw the map"), start)
        if findings is None or found is None:
            if tables is not None:
                base, other = (say(chosen.label(design)) for design in chosen.designs)
                _waiting(tables, (base, other), say)
        else:
            if not running and not (tables and study.answers(chosen, tables)):
                text = say(
                    "Something has been chosen differently since: draw the map again to see what it gives."
                )
                solara.v.Html(tag="p", class_="os-outdated", attributes={"role": "status"}, children=[text])
            _drawn(session, findings, found, say, figures[0])
        Saver(file=file)


def _waiting(tables: dict[str, Any], labels: tuple[str, str], say: Language) -> None:
    """The map before its first cell."""
    (x, xs), (y, ys) = (
        (path, sorted(Factor.model_validate(factor).grid(), key=rank))
        for path, factor in tables["factors"].items()
    )
    lead = say("Two things are uncertain at once: for which values is one organisation better, for "
               "which the other? Every cell is a world of its own, lived through by both.")  # fmt: skip
    _grid((x, y), xs, ys, tables["measures"][0], labels, [lead], say)


def _drawn(session: Session, findings: Findings, found: PhaseMap, say: Language, figure: Figure) -> None:
    """The map as far as it has come."""
    xs, ys = (sorted(findings.experiment.factors[name].grid(), key=rank) for name in (found.x, found.y))
    labels = _labels(findings, found, say)
    named = verdict_words(say, labels[1], [cell.verdict for cell in found.cells])
    cells = {}
    for cell in found.cells:
        amount, interval = say.difference(found.measure, cell.difference)
        where = f"{say.field(found.x)} = {say.short(cell.x)}, {say.field(found.y)} = {say.short(cell.y)}"
        cells[f"{xs.index(cell.x)}-{len(ys) - 1 - ys.index(cell.y)}"] = {
            "verdict": cell.verdict or "", "label": charts.tick(say, found.measure, cell.difference.mean),
            "text": say("{where}: {verdict}; {amount} ({interval})", where=where,
                        verdict=named[cell.verdict], amount=amount, interval=interval),
        }  # fmt: skip

    def open_cell(at: dict[str, int]) -> None:
        x, y = xs[int(at["i"])], ys[len(ys) - 1 - int(at["j"])]
        address = session.address.peek().changed(found.x, x).changed(found.y, y)
        session.go(address.at(page="live"))

    summary = figure.alternative.removeprefix(f"{figure.title}. ")
    _grid(
        (found.x, found.y), xs, ys, found.measure, labels, [summary], say, cells, lines(found, xs, ys),
        open_cell,
    )  # fmt: skip


def _grid(
    paths: tuple[str, str], xs: list[Any], ys: list[Any], measure: str, labels: tuple[str, str],
    notes: list[str], say: Language, cells: dict[str, dict[str, str]] | None = None,
    border: list[str] | None = None, open_cell: Callable[[Any], None] = lambda _: None,
) -> None:  # fmt: skip
    """The grid with its axes, and what is to be read beside it."""
    facts = [factor_fields()[path] for path in paths]
    x_name, y_name = (
        say.field(one.path).capitalize() + (f" ({say(one.unit)})" if one.unit not in ("", "–") else "")
        for one in facts
    )
    meanings = [
        say("{name}: {meaning}", name=say.field(one.path).capitalize(), meaning=say(one.meaning))
        for one in facts
    ]
    named = verdict_words(say, labels[1])
    MapView(
        words=words("map", say), title=charts.phase_map_title(say, measure, *paths),
        about=say("{other} minus {base}, {unit}", other=labels[1], base=labels[0],
                  unit=say(BY_KEY[measure].unit)),
        notes=[*notes, *meanings], xs=[say.short(x) for x in xs], ys=[say.short(y) for y in reversed(ys)],
        x_name=x_name, y_name=y_name, cells=cells or {}, border=border or [], better=named["better"],
        worse=named["worse"], event_open=open_cell,
    )  # fmt: skip


def _labels(findings: Findings, found: PhaseMap, say: Language) -> tuple[str, str]:
    return say(findings.label(found.designs[0])), say(findings.label(found.designs[1]))


def _figure(findings: Findings, found: PhaseMap, say: Language) -> Figure:
    return charts.phase_map(say, found, _labels(findings, found, say))


def _choices(
    session: Session, say: Language, paths: tuple[str, str],
    ranges: dict[str, tuple[float, float]], steps: int, measure: str,
) -> list[dict[str, Any]]:  # fmt: skip
    rooms: dict[str, list[list[str]]] = {}
    for path, facts in factor_fields().items():
        text = f"{say.field(path).capitalize()} – {say(facts.meaning)}"
        short = text if len(text) <= 90 else text[:88] + "…"
        rooms.setdefault(path.split(".")[0], []).append([path, short])
    groups = [[say(ROOMS[room]), options] for room, options in rooms.items()]
    found: list[dict[str, Any]] = [
        {"key": "scenario", "kind": "choice", "label": say("Scenario"),
         "value": session.address.value.scenario, "groups": scenario_groups(session, say)},
        {"key": "measure", "kind": "choice", "label": say("Measure"), "value": measure,
         "groups": [["", [[key, say.measure(key)] for key in dict.fromkeys((*_MEASURES, measure))]]]},
        {"key": "steps", "kind": "choice", "label": say("Cells"), "value": str(steps),
         "groups": [["", [[str(n), f"{n} × {n}"] for n in _STEPS]]]},
        {"key": "factors", "kind": "break"},
    ]  # fmt: skip
    for key, label, path in (("x", say("Across"), paths[0]), ("y", say("Upwards"), paths[1])):
        low, high = ranges[path]
        found += [
            {"key": key, "kind": "choice", "label": label, "value": path, "groups": groups},
            {"key": f"{key}-low", "kind": "number", "label": say("from"), "value": low},
            {"key": f"{key}-high", "kind": "number", "label": say("to"), "value": high},
        ]  # fmt: skip
    return found
