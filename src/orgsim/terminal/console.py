"""Results as tables in a terminal."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from orgsim.answers.account import Difference
from orgsim.answers.compare import Comparison
from orgsim.answers.same_service import SameService
from orgsim.answers.terms import WaterfallTerm
from orgsim.answers.wording import remark_sentences, span
from orgsim.measures import DETAILS, MEASURES, Measure
from orgsim.scenario import Scenario
from orgsim.simulation.result import RunResult
from orgsim.statistics.intervals import Estimate, rounded_terms
from orgsim.statistics.verdicts import BETTER, NOTHING, UNCLEAR, WORSE, Verdict
from orgsim.terminal.speaking import euros, number, say, spoken

#: columns of a terminal that shows every interval
_NOTHING = 1e-9
_WIDE = 120
#: what fits into a column
_SHORT: dict[Verdict | None, str] = {NOTHING: "alike", UNCLEAR: "unclear", None: "–"}
_COLOURS: dict[Verdict | None, str] = {BETTER: "green", WORSE: "red"}


@contextmanager
def progress_bar(console: Console, what: str) -> Iterator[Callable[..., None]]:
    """A bar with the remaining time, shown after two seconds and only to a person."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn(say("left")), TimeRemainingColumn(),
    )  # fmt: skip
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task(say(what), total=None)
    started = False

    def report(done: int, total: int, said: str = "") -> None:
        nonlocal started
        bar.tasks[
            0
        ].total = total  # `update` would forget the speed, whenever there turns out to be more to do
        bar.update(task, completed=done, description=said or say(what))
        if not started and (bar.tasks[0].elapsed or 0) > 2 and done < total:
            bar.start()
            started = True

    bar.start_task(task)
    try:
        yield report
    finally:
        bar.stop()


def plain_table(title: str, *columns: str) -> Table:
    """A light table: the first column to the left, the others to the right."""
    table = Table(
        title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", padding=(0, 1, 0, 0)
    )  # fmt: skip
    table.add_column(Text(columns[0]))  # the one that may be broken: cut numbers are other numbers
    for column in columns[1:]:
        longest = max((len(word) for word in column.split()), default=0)
        table.add_column(Text(column), justify="right", min_width=longest)
    return table


def _plus_minus(value: Estimate, digits: int, scale: float = 1.0) -> str:
    text = number(value.mean * scale, digits)
    if value.half_width == value.half_width:
        text += f" ± {number(value.half_width * scale, digits)}"
    return text


def _heading(measure: Measure) -> tuple[str, float]:
    """A measure's name with its unit, and the scale in which it is shown: money in thousands."""
    unit, scale = ("k€", 1e-3) if measure.unit == "€" else (measure.unit, 1.0)
    label = say(measure.label)
    return (f"{label} [dim]{say(unit)}[/dim]" if unit else label), scale


def _shown(everything: bool) -> list[Measure]:
    return [measure for measure in MEASURES if everything or measure.key not in DETAILS]


def print_run(console: Console, result: RunResult, settings: Scenario, everything: bool = False) -> None:
    """One run: its measures (the main ones, or all), its units and its kinds of case."""
    label = settings.designs[result.design].label or result.design
    heading = say(
        "{title}: {label}, seed {seed}", title=say(settings.title), label=say(label), seed=result.seed
    )
    table = plain_table(heading, say("Measure"), say("Value"))
    for measure in _shown(everything):
        heading, scale = _heading(measure)
        table.add_row(heading, number(scale * result.measures[measure.key], measure.digits))
    console.print(table)
    units = plain_table(*map(say, ("Units", "Unit", "Staff", "Managers", "Busy %", "Value-adding %")))
    for name, row in result.units.items():
        units.add_row(
            Text(spoken().unit(name)), number(row["staff"]), number(row["managers"], 1),
            number(row["utilisation"], 1), number(row["touch_share"], 1),
        )  # fmt: skip
    console.print(units)
    heads = ("Cases", "Type", "Opened", "Closed", "Given up", "Mean h", "90 % within h", "In promise %")
    kinds = plain_table(*map(say, heads))
    for name, row in result.case_types.items():
        kinds.add_row(
            Text(say(settings.case_types[name].label or name)),
            number(row["opened"]), number(row["closed"]), number(row["abandoned"]),
            number(row["cycle_time"], 1), number(row["cycle_p90"], 1),
            number(row["service_level"], 1),
        )  # fmt: skip
    console.print(kinds)
    weeks = ", ".join(f"{say(name)} {count}" for name, count in result.phases.items() if count)
    console.print(say("Weeks by phase of maturity: {weeks}.", weeks=weeks))


def print_comparison(console: Console, comparison: Comparison, everything: bool = False) -> None:
    """Measures (the main ones, or all) with intervals, both waterfalls, and the answer in words."""
    weeks = comparison.scenario.horizon.weeks
    heading = say(
        "{title} · {weeks: week|weeks} · {count: paired world|paired worlds}",
        title=say(comparison.scenario.title), weeks=weeks, count=len(comparison.seeds),
    )  # fmt: skip
    console.print(Text(heading, style="bold"))
    for design in comparison.others:
        _print_measures(console, comparison, design, everything)
        _print_waterfall(
            console, comparison, design, comparison.cost_waterfall(design),
            say("Where the cost goes, €"), 0,
        )  # fmt: skip
        _print_waterfall(
            console, comparison, design, comparison.lead_time_waterfall(design),
            say("Where the lead time goes, hours per case"), 2,
        )  # fmt: skip
        console.print(Text(comparison.sentence(design, spoken()), style="bold"))
        if told := comparison.break_even_sentence(design, spoken()):
            console.print(Text(told))
    # what makes the calm unsound stands in the sentence
    remarks = remark_sentences(spoken(), comparison.health, unhealthy=False) if comparison.health else []
    for remark in remarks:
        console.print(Text(say("Note: {note}", note=remark), style="yellow"))
    for note in comparison.notes:
        console.print(Text(say("Note: {note}", note=note), style="dim"))


def _print_measures(console: Console, comparison: Comparison, design: str, everything: bool) -> None:
    base = comparison.baseline
    wide = console.width >= _WIDE
    labels = (say(comparison.label(name)) for name in (base, design))
    columns = [say("Measure"), *labels, say("Difference"), "±"]
    table = plain_table(
        say("Measures: means, and the paired difference ± half of its 95 % interval"),
        *columns, *([say("Pairing ×")] if wide else []), say("Verdict"),
    )  # fmt: skip
    for measure in _shown(everything):
        key, digits = measure.key, measure.digits
        heading, scale = _heading(measure)
        found = comparison.difference(design, key)
        if not everything and not _says_something(comparison, design, key):
            continue
        cells = [heading]
        for name in (base, design):
            value = comparison.estimate(name, key)
            if wide:
                cells.append(_plus_minus(value, digits, scale))
            else:
                cells.append(number(scale * value.mean, digits))
        cells.append(number(scale * found.difference.mean, digits, signed=True))
        cells.append(number(scale * found.difference.half_width, digits))
        if wide:
            cells.append(number(found.variance_reduction, 1))
        table.add_row(*cells, _verdict(found))
    # words are longer in some languages: the verdict must be read whole in 80 columns
    table.columns[-1].no_wrap = True
    console.print(table)
    told = say(
        "Verdicts are corrected for all measures and designs together (Holm). Alike: no difference that "
        "matters. Unclear: not distinguishable."
    )
    console.print(f"[dim]{told}[/dim]")
    if not wide:
        wider = say(
            "Each design's own interval and the gain from pairing: a terminal of {columns} columns, or "
            "--json.",
            columns=_WIDE,
        )
        console.print(f"[dim]{wider}[/dim]\n")


def _says_something(comparison: Comparison, design: str, key: str) -> bool:
    """Whether a measure is known, and not 0 in both designs."""
    means = [comparison.estimate(name, key).mean for name in (comparison.baseline, design)]
    return any(abs(mean) > _NOTHING for mean in means)


def _verdict(found: Difference) -> Text:
    if found.difference.mean != found.difference.mean:
        return Text("–", style="dim")
    return Text(said_short(found.verdict), style=_COLOURS.get(found.verdict, "dim"))


def said_short(verdict: Verdict | None) -> str:
    """A verdict in a word."""
    return say(_SHORT.get(verdict, verdict or ""))


def _print_waterfall(
    console: Console, comparison: Comparison, design: str, terms: list[WaterfallTerm], title: str,
    digits: int,
) -> None:  # fmt: skip
    shown = [term for term in terms if term.baseline or term.other]
    columns = [
        rounded_terms([term.baseline for term in shown], digits),
        rounded_terms([term.other for term in shown], digits),
    ]
    differences = [b - a for a, b in zip(*columns, strict=True)]
    largest = max((abs(value) for value in differences), default=0.0) or 1.0
    table = plain_table(
        title, say("Line"), say(comparison.label(comparison.baseline)), say(comparison.label(design)),
        say("Difference"), "±", "",
    )  # fmt: skip
    table.columns[-1].justify = "left"
    for term, a, b, value in zip(shown, *columns, differences, strict=True):
        bar = "█" * max(1, round(8 * abs(value) / largest)) if round(value, digits) else ""
        table.add_row(
            spoken().line(term.line), number(a, digits), number(b, digits),
            number(value, digits, signed=True), number(term.difference.half_width, digits),
            Text(bar, style="red" if value > 0 else "green"),
        )  # fmt: skip
    table.add_section()
    totals = [math.fsum(column) for column in columns]
    table.add_row(
        say("Total"), number(totals[0], digits), number(totals[1], digits),
        number(totals[1] - totals[0], digits, signed=True), "", "", style="bold",
    )  # fmt: skip
    console.print(table)


def print_same_service(console: Console, answer: SameService) -> None:
    """People, by function too, and euros that each design needs for the target, and how often it is met."""
    share = spoken().short(100 * answer.plan.share)
    table = plain_table(
        say(
            "{title}: smallest staffing for {target} in {share} % of worlds",
            title=say(answer.scenario.title), target=answer.target, share=share,
        ),
        say("Design"), say("Staff"), say("95 % interval"), say("Met in fresh worlds"), say("Total cost"),
    )  # fmt: skip
    table.columns[-1].no_wrap = True
    functions = plain_table(say("Staff by function"), say("Function"))
    labels = {key: say(answer.scenario.designs[key].label or key) for key in answer.designs}
    reached = [design for design in answer.designs if answer.reached(design)]
    for design, label in labels.items():
        if design not in reached:
            table.add_row(Text(label), say("not reached"), "–", "–", "–")
            continue
        staff, cost = answer.staff(design), answer.cost(design)
        met = say("{count} of {of}", count=answer.met(design), of=len(answer.plan.trial))
        table.add_row(
            Text(label), number(staff.mean), span(spoken(), staff), met,
            f"{euros(cost.mean)} ± {euros(cost.half_width)}",
        )  # fmt: skip
        functions.add_column(Text(label), justify="right")
    console.print(table)
    for key in answer.scenario.company.functions if reached else ():
        name = say(answer.scenario.company.functions[key].label or key)
        functions.add_row(Text(name), *(number(answer.found[one].functions[key]) for one in reached))
    if reached:
        console.print(functions)
    for design in answer.designs[1:]:
        console.print(Text(answer.sentence(design, spoken()), style="bold"))
