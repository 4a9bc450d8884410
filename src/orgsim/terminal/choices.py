"""What insight has found, for a terminal: maps, sensitivity, robustness, selection, fronts, warm-up."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from orgsim.answers.findings import Findings
from orgsim.answers.optimum import Front
from orgsim.answers.phase_map import PhaseMap
from orgsim.answers.robustness import RobustnessTable
from orgsim.answers.selection import Selection
from orgsim.answers.steady_state import WarmUp
from orgsim.answers.wording import standing
from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.statistics.verdicts import BETTER, NOTHING, UNCLEAR, WORSE
from orgsim.terminal.calm import warn_of_unsound
from orgsim.terminal.console import plain_table, said_short
from orgsim.terminal.speaking import spoken

_TINY = 0.001
_CELLS = {
    BETTER: ("▲", "bold white on blue"),
    WORSE: ("▼", "bold black on dark_orange"),
    NOTHING: ("≈", "dim"),
    UNCLEAR: ("╱", "dim"),
    None: (" ", ""),
}


def print_standing(console: Console, findings: Findings) -> None:
    """That the sweep has not ended, that runs have failed, or that the base case does not hold in calm."""
    if told := standing(spoken(), findings.progress):
        console.print(Text(told, style="bold"))
    warn_of_unsound(console, findings.health)


def print_rows(console: Console, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """What a query has selected."""
    say = spoken()
    table = plain_table(say("Query"), *columns)
    for row in rows:
        table.add_row(*(Text(f"{cell:g}" if isinstance(cell, float) else str(cell)) for cell in row))
    console.print(table)


def print_differences(
    console: Console, findings: Findings, measure: str | None, rows: list[tuple[Any, ...]]
) -> None:
    """The paired difference at every point, its verdict, and p after Holm's correction."""
    say = spoken()
    key, _ = findings.checked(measure)
    facts, names = BY_KEY[key], list(findings.experiment.factors)
    several = len(findings.others) > 1
    unit = f" ({say(facts.unit)})" if facts.unit else ""
    title = say(
        "{measure}, against {base}", measure=say(facts.label) + unit,
        base=say(findings.label(findings.baseline)),
    )  # fmt: skip
    table = plain_table(
        title, *(say.factor(name) for name in names), *([say("design")] if several else []),
        say(findings.label(findings.baseline)), say("difference"), "±", say("seeds"), say("verdict"),
        "p (Holm)",
    )  # fmt: skip
    for row in rows:
        values, (design, mean, difference, half, seeds, verdict, _, p) = row[: len(names)], row[len(names) :]
        money, digits = facts.unit.startswith("€"), facts.digits + 1
        cells = [
            say.euros(value, signed).replace("€", "") if money else say.number(value, digits, signed)
            for value, signed in ((mean, False), (difference, True), (half, False))
        ]
        shown = [
            *(say.short(value) for value in values),
            *([say(findings.label(design))] if several else []),
            *cells,
            str(seeds),
        ]
        shown += [
            said_short(verdict),
            say.number(p, 3) if p >= _TINY else f"<{say.number(_TINY, 3)}",
        ]
        table.add_row(*(Text(cell, no_wrap=True) for cell in shown))
    console.print(table)
    told = say(
        "Alike: no difference that matters. Unclear: not distinguishable. Verdict and p (Holm): corrected "
        "for all points and designs."
    )
    console.print(told, style="dim")


def print_map(console: Console, findings: Findings, found: PhaseMap) -> None:
    """The map as a grid: ▲ better, ▼ worse, ≈ no difference that matters, ╱ not distinguishable."""
    say = spoken()
    xs, ys = (list(dict.fromkeys(getattr(cell, axis) for cell in found.cells)) for axis in ("x", "y"))
    base, other = (say(findings.label(design)) for design in found.designs)
    unit = say(BY_KEY[found.measure].unit)
    across, upwards = say.factor(found.x), say.factor(found.y)
    title = f"{say.measure(found.measure)}, {other} − {base}" + (f" ({unit})" if unit else "")
    title += f", {across} →"
    for name, value in found.fixed.items():
        title += f", {say.factor(name)} = {say.short(value)}"
    table = plain_table(title, f"{upwards} ↓", *(say.short(x) for x in xs))
    cells = {(cell.x, cell.y): cell for cell in found.cells}
    for y in ys:
        row = [Text(say.short(y))]
        for x in xs:
            cell = cells.get((x, y))
            if cell is None:
                row.append(Text("·", style="dim"))
                continue
            mark, style = _CELLS[cell.verdict]
            text = _brief(say, found.measure, cell.difference.mean).replace("€", "").replace("\u202f", "")
            row.append(Text(mark + text, style=style, no_wrap=True))
        table.add_row(*row)
    console.print(table)
    told = say(
        "▲ {other} is better, ▼ {other} is worse, ≈ no difference that matters, ╱ not distinguishable; all "
        "verdicts together right in 95 of 100 sweeps (Holm).",
        other=other,
    )
    console.print(told, style="dim")
    if found.border:
        crossings = ", ".join(
            say("{x} (at {name} = {y})", x=say.short(x), name=upwards, y=say.short(y))
            for x, y in found.border
        )
        told = say("The mean difference crosses 0 at {name} = {values}.", name=across, values=crossings)
        console.print(Text(told))


def _brief(say: Language, measure: str, value: float | None) -> str:
    if value is None:
        return "–"
    if BY_KEY[measure].unit.startswith("€"):
        return say.euros(value, True)
    return say.number(value, max(1, BY_KEY[measure].digits), True)


def print_sensitivity(console: Console, kind: str, measure: str, rows: list[tuple[str, ...]]) -> None:
    """Factors, what matters most first."""
    say = spoken()
    heads = {
        "morris": ("Factor", "Mean size", "95 % interval", "Mean", "Spread"),
        "sobol": ("Factor", "First order", "95 % interval", "Total", "95 % interval"),
        "tornado": ("Factor", "Low end", "Difference", "High end", "Difference", "Moved (95 % interval)"),
    }[kind]
    titles = {
        "morris": "elementary effects (Morris)", "sobol": "Sobol indices, share of the variance",
        "tornado": "each factor at its ends",
    }  # fmt: skip
    title = say("{measure}: {what}", measure=say.measure(measure), what=say(titles[kind]))
    table = plain_table(title, *map(say, heads))
    for row in rows:
        table.add_row(*row)
    console.print(table)


def sensitivity_rows(found: dict[str, Any], measure: str) -> list[tuple[str, ...]]:
    """The cells of the table about factors."""
    say = spoken()

    def span(low: str, high: str) -> str:
        return say("{low} to {high}", low=low, high=high)

    def interval(value: dict[str, Any]) -> str:
        return span(*(say.number(value[end], 3) for end in ("low", "high")))

    rows: list[tuple[str, ...]] = []
    for name, facts in found["factors"].items():
        if found["method"] == "morris":
            size = facts["size"]
            rest = (_brief(say, measure, facts[key]) for key in ("mean", "spread"))
            ends = span(*(_brief(say, measure, size[end]) for end in ("low", "high")))
            cells = [_brief(say, measure, size["mean"]), ends, *rest]
        elif found["method"] == "sobol":
            parts = [facts["first"], facts["total"]]
            cells = [cell for part in parts for cell in (say.number(part["mean"], 3), interval(part))]
        else:
            cells = [
                cell
                for end in ("low", "high")
                for cell in (
                    say.short(facts[f"{end}_value"]),
                    _brief(say, measure, facts[end]["mean"]),
                )
            ]
            cells.append(span(*(_brief(say, measure, facts["moved"][end]) for end in ("low", "high"))))
        rows.append((say.factor(name), *cells))
    return rows


def print_robustness(console: Console, findings: Findings, found: RobustnessTable, box: str | None) -> None:
    """Options over all worlds, the smallest worst regret first."""
    say = spoken()
    title = say(
        "{measure} over {count: world|worlds}", measure=say.measure(found.measure), count=found.worlds
    )
    heads = ["Option", "Mean", "Worst", "Mean regret", "Worst regret", "Best in"]
    table = plain_table(title, *map(say, [*heads, *(["Good enough in"] if found.thresholds else [])]))
    names = []
    for option in found.options:
        levers = _settings(say, option.levers)
        names.append(say(findings.label(option.design)) + (f" ({levers})" if levers else ""))
        values = (option.mean, option.worst, option.mean_regret, option.worst_regret)
        cells = [say.amount(found.measure, value) for value in values] + [f"{100 * option.best_in:.0f} %"]
        if found.thresholds:
            cells.append(f"{100 * option.satisfices:.0f} %")
        table.add_row(Text(names[-1]), *cells)
    console.print(table)
    console.print(say("Regret: what the best option of the same world is better by."), style="dim")
    if alike := [name for name, option in zip(names, found.options, strict=True) if option.like_first]:
        text = say(
            "Not distinguishable from {first}, in the world that is worst for each: {names}.",
            first=names[0], names=", ".join(alike),
        )  # fmt: skip
        console.print(Text(text))
    if box:
        console.print(Text(box, style="bold"))


def _settings(say: Language, values: Mapping[str, Any]) -> str:
    """name = value, name = value."""
    return ", ".join(f"{say.factor(name)} = {say.short(value)}" for name, value in values.items())


def print_selection(console: Console, found: Selection, labels: Mapping[str, str]) -> None:
    """Who is best, and how surely; designs by their labels."""
    say, measure = spoken(), BY_KEY[found.measure]
    title = say(
        "{measure}: the best of {count: design|designs}", measure=say(measure.label), count=len(found.means)
    )
    table = plain_table(title, *map(say, ("Design", "Mean", "Seeds")))
    sign = -1 if measure.better == "lower" else 1
    for design in sorted(found.means, key=lambda name: -sign * found.means[name]):
        table.add_row(
            Text(say(labels[design])),
            say.amount(found.measure, found.means[design]),
            str(found.seeds[design]),
        )
    console.print(table)
    least = say.amount(found.measure, found.indifference)
    if found.best:
        text = say(
            "“{best}” is the best, or within {least} of it, with a probability of at least {percent} % (KN).",
            best=say(labels[found.best]), least=least, percent=say.short(100 * found.confidence),
        )  # fmt: skip
    else:
        text = say(
            "Not decided: {names} may still be the best; raise --most or --indifference.",
            names=say.listed([say(labels[design]) for design in found.left]),
        )
    console.print(Text(text, style="bold"))


def print_front(console: Console, found: Front, labels: Mapping[str, str]) -> None:
    """The Pareto front, and how the designs (by their labels) stand beside it."""
    say = spoken()
    heads = ["Option", *(BY_KEY[name].label for name in found.objectives), "On the front"]
    title = say(
        "The front: {trials: trial|trials}, run again with {seeds: seed|seeds}"
        if found.budget is None
        else "The front under a budget of {budget}: {trials: trial|trials}, run again with "
        "{seeds: seed|seeds}",
        budget=say.euros(found.budget or 0.0), trials=found.trials, seeds=len(found.seeds),
    )  # fmt: skip
    table = plain_table(title, *map(say, heads))
    for candidate in found.candidates:
        levers = _settings(say, candidate.levers)
        cells = [
            f"{say.amount(name, value.mean)} ± {say.amount(name, value.half_width)}"
            for name, value in candidate.reached.items()
        ]
        what = levers or say("as it stands")
        table.add_row(
            Text(f"{say(labels[candidate.design])} ({what})"),
            *cells,
            say("yes" if candidate.on_front else "no"),
        )
    console.print(table)


def print_warm_up(console: Console, found: WarmUp, labels: Mapping[str, str]) -> None:
    """Weeks to leave out, by design (its label) and series."""
    say = spoken()
    series = list(next(iter(found.weeks.values())))
    table = plain_table(
        say("Weeks to leave out (MSER-5)"), say("Series"), *(say(labels[design]) for design in found.weeks)
    )
    for name in series:
        cells: list[Any] = [found.weeks[design][name] for design in found.weeks]
        table.add_row(
            say(name.replace("_", " ").capitalize()),
            *(say("not settled") if cell is None else str(cell) for cell in cells),
        )
    console.print(table)
    if found.proposed is None:
        text = say(
            "Some series do not settle within {weeks: week|weeks}; horizon.weeks may be too short.",
            weeks=found.horizon,
        )
    else:
        text = say(
            "Proposed: horizon.warmup_weeks = {proposed} (now {now}).",
            proposed=found.proposed, now=found.now,
        )  # fmt: skip
    console.print(Text(text, style="bold"))
