"""The charts of a report, each a function of plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.report.figures import BETTER, DESIGNS, NOTHING, UNCLEAR, WIDTH, WORSE, Figure
from orgsim.statistics import verdicts
from orgsim.statistics.intervals import Estimate
from orgsim.statistics.verdicts import Verdict
from orgsim.studies.factors import rank

if TYPE_CHECKING:
    from orgsim.answers.phase_map import PhaseMap
from orgsim.answers.wording import verdict_words

#: three diagonal strokes across a cell
_HATCH = "M-1,-0.33L-0.33,-1M-1,0.33L0.33,-1M-1,1L1,-1M-0.33,1L1,-0.33M0.33,1L1,0.33"


def _colour(field: str, words: Sequence[str], colours: Sequence[str], place: Any = "top") -> alt.Color:
    scale = alt.Scale(domain=list(words), range=list(colours)[: len(words)])
    legend = alt.Legend(orient=place, symbolOpacity=1) if len(words) > 1 else None
    return alt.Color(field, title=None, sort=list(words), scale=scale, legend=legend)


def _axis_format(largest: float) -> str:
    return "~s" if largest >= 10_000 else ",.3~f"


def waterfall(
    say: Language, key: str, title: str, unit: str, terms: Sequence[tuple[str, Estimate]],
    start: tuple[str, float], end: tuple[str, float], euros: bool,
) -> Figure:  # fmt: skip
    """From one design's total to the other's, line by line; red-orange adds, blue takes away."""
    rows, bars, level = [], [], start[1]
    bars.append({"line": start[0], "from": 0.0, "to": start[1], "kind": say("total")})
    for name, value in terms:
        kind = say("more") if value.mean > 0 else say("less")
        bars.append({"line": name, "from": level, "to": level + value.mean, "kind": kind})
        level += value.mean
        digits = 0 if euros else 2
        rows.append((name, say.number(value.mean, digits, True), say.number(value.half_width, digits)))
    bars.append({"line": end[0], "from": 0.0, "to": end[1], "kind": say("total")})
    frame = pd.DataFrame(bars)
    middle = frame[1:-1]
    low = min(middle[["from", "to"]].min().min(), start[1], end[1])
    high = max(middle[["from", "to"]].max().max(), start[1], end[1])
    room = (high - low) or abs(high) or 1.0
    floor = max(0.0, low - 0.6 * room)
    frame["from"] = frame["from"].clip(lower=floor)
    order = list(frame["line"])
    unit_shown = unit if floor == 0 else say("{unit} (the axis does not begin at 0)", unit=unit)
    domain = [say("total"), say("more"), say("less")]
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            y=alt.Y("line:N", sort=order, title=None),
            x=alt.X("from:Q", title=unit_shown, axis=alt.Axis(format=_axis_format(high)),
                    scale=alt.Scale(domain=[floor, high + 0.05 * room], nice=False)),
            x2="to:Q",
            color=_colour("kind:N", domain, ("#777777", WORSE, BETTER), "bottom"),
            tooltip=[alt.Tooltip("line:N", title=" "), alt.Tooltip("to:Q", title=unit, format=",.2f")],
        )
        .properties(width=WIDTH - 120, height=22 * len(frame))
    )  # fmt: skip
    ranked = sorted(terms, key=lambda term: -abs(term[1].mean))[:3]
    named = [f"{name} {say.number(value.mean, 0 if euros else 2, True)}" for name, value in ranked]
    text = say(
        "{title}: from {start} for {first} to {end} for {last}. The largest lines: {lines}.", title=title,
        start=say.number(start[1], 0 if euros else 1), first=start[0],
        end=say.number(end[1], 0 if euros else 1), last=end[0], lines=say.listed(named),
    )  # fmt: skip
    columns = (say("Line"), f"{say('Difference')} ({unit})", "±")
    return Figure(key, title, text, chart, columns, tuple(rows), "bar")


def fan(
    say: Language, key: str, title: str, unit: str, courses: Mapping[str, np.ndarray], start_week: int
) -> Figure:
    """By design the median course with the middle half and nine tenths of the worlds; `courses` by label
    have shape (worlds, weeks)."""
    parts, rows = [], []
    for label, data in courses.items():
        low, lower, middle, upper, high = np.percentile(data, [5, 25, 50, 75, 95], axis=0)
        weeks = np.arange(len(middle)) + start_week
        parts.append(
            pd.DataFrame(
                {"week": weeks, "low": low, "lower": lower, "middle": middle, "upper": upper, "high": high}
            ).assign(design=label)
        )
        step = max(1, len(middle) // 13)
        rows += [
            (label, int(weeks[i]), *(say.number(float(v[i]), 1) for v in (low, middle, high)))
            for i in range(0, len(middle), step)
        ]
    frame = pd.concat(parts)
    base = alt.Chart(frame).encode(
        x=alt.X("week:Q", title=say("week"), axis=alt.Axis(format="d")),
        color=_colour("design:N", list(courses), DESIGNS),
    )  # fmt: skip
    largest = float(frame[["low", "high"]].abs().max().max())
    axis = alt.Axis(format=_axis_format(largest))
    scale = alt.Scale(zero=False)
    y = alt.Y("low:Q", title=unit, axis=axis, scale=scale)
    wide = base.mark_area(opacity=0.15).encode(y=y, y2="high:Q")
    narrow = base.mark_area(opacity=0.25).encode(y=alt.Y("lower:Q", title=unit, axis=axis), y2="upper:Q")
    line = base.mark_line(strokeWidth=2).encode(
        y=alt.Y("middle:Q", title=unit, axis=axis),
        strokeDash=alt.StrokeDash("design:N", legend=None, sort=list(courses)),
    )
    ends = []
    for label, data in courses.items():
        first, last = (say.number(float(np.median(data[:, week])), 1) for week in (0, -1))
        ends.append(say("{label}: {first} → {last}", label=label, first=first, last=last))
    text = say(
        "{title} by week; the line is the median world, the bands hold half and nine tenths of the worlds. "
        "From the first to the last week: {ends}.", title=title, ends=say.joined(ends),
    )  # fmt: skip
    columns = (say("Design"), say("week"), "5 %", say("median"), "95 %")
    chart = (wide + narrow + line).properties(width=WIDTH, height=230)
    return Figure(key, title, text, chart, columns, tuple(rows), "line")


def break_even(
    say: Language, measure: str, factor: str, series: Mapping[str, Sequence[tuple[float, Estimate]]],
    series_title: str, where: str,
) -> Figure:  # fmt: skip
    """The paired difference along a factor with its 95 % band, and the zero line that it may cross; `where`
    says so in words."""
    parts = [
        pd.DataFrame(
            [{"x": x, "mean": d.mean, "low": d.low, "high": d.high, "series": name} for x, d in points]
        )
        for name, points in series.items()
    ]
    frame = pd.concat(parts)
    unit = say(BY_KEY[measure].unit)
    largest = float(frame[["low", "high"]].abs().max().max())
    y_title = f"{say('Difference')} ({unit})" if unit else say("Difference")
    base = alt.Chart(frame).encode(x=alt.X("x:Q", title=factor, axis=alt.Axis(tickCount=8)))
    if len(series) > 1:
        base = base.encode(color=_colour("series:N", list(series), DESIGNS[1:]).title(series_title))
    axis = alt.Axis(format=_axis_format(largest))
    band = base.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", title=y_title, axis=axis), y2="high:Q")
    line = base.mark_line(point=True).encode(
        y=alt.Y("mean:Q", title=y_title, axis=axis),
        tooltip=[alt.Tooltip("x:Q", title=factor), alt.Tooltip("mean:Q", title=y_title, format=",.2f")],
    )
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(strokeDash=[4, 4], color="#333333").encode(y="y:Q")
    title = say("{measure} along {factor}", measure=say.measure(measure), factor=factor)
    text = f"{title}: {say('the paired difference with its 95 % band')}. {where}"
    rows = tuple(
        (
            name,
            say.short(x),
            say.number(d.mean, 2, True),
            say.number(d.low, 2, True),
            say.number(d.high, 2, True),
        )
        for name, points in series.items()
        for x, d in points
    )
    columns = (series_title or say("Design"), factor, say("Difference"), say("low"), say("high"))
    chart = (band + line + zero).properties(width=WIDTH, height=260)
    return Figure("break-even", title, text, chart, columns, rows, "scatter")


_SHADES = (BETTER, WORSE, "#8A7B2F", "#8a8a8a", "#333333")
_SHAPES = ["triangle-up", "triangle-down", "square", "circle", "cross"]


def worlds(
    say: Language,
    measure: str,
    factor: str,
    design: str,
    points: Sequence[tuple[float, Estimate, Verdict | None]],
) -> Figure:
    """The paired difference of every sampled world along a factor, by verdict."""
    words = verdict_words(say, design, [verdict for _, _, verdict in points])
    frame = pd.DataFrame([{"x": x, "mean": d.mean, "verdict": words[verdict]} for x, d, verdict in points])
    unit = say(BY_KEY[measure].unit)
    y_title = f"{say('Difference')} ({unit})" if unit else say("Difference")
    largest = float(frame["mean"].abs().max())
    shapes = alt.Scale(domain=list(words.values()), range=_SHAPES)
    dots = (
        alt.Chart(frame)
        .mark_point(size=60, filled=True, opacity=0.85)
        .encode(
            x=alt.X("x:Q", title=factor, axis=alt.Axis(tickCount=8)),
            y=alt.Y("mean:Q", title=y_title, axis=alt.Axis(format=_axis_format(largest))),
            color=_colour(
                "verdict:N", list(words.values()), (BETTER, WORSE, "#8A7B2F", "#8a8a8a", "#333333")
            ),
            shape=alt.Shape("verdict:N", title=None, scale=shapes),
            tooltip=["verdict:N", alt.Tooltip("x:Q", title=factor), alt.Tooltip("mean:Q", format=",.2f")],
        )
    )
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(strokeDash=[4, 4], color="#333333").encode(y="y:Q")
    title = say("{measure} along {factor}", measure=say.measure(measure), factor=factor)
    counts = [f"{word}: {sum(v == key for _, _, v in points)}" for key, word in words.items()]
    text = f"{title}. {say('Worlds')}: {say.joined(counts)}."
    rows = tuple(
        (say.short(x), say.number(d.mean, 2, True), say.number(d.half_width, 2), words[verdict])
        for x, d, verdict in sorted(points, key=lambda point: point[0])
    )
    columns = (factor, say("Difference"), "±", say("Verdict"))
    chart = (dots + zero).properties(width=WIDTH, height=260)
    return Figure("worlds", title, text, chart, columns, rows, "none")


def phase_map_title(say: Language, measure: str, x: str, y: str) -> str:
    """What a phase map shows."""
    return say("{measure} over {x} and {y}", measure=say.measure(measure), x=say.factor(x), y=say.factor(y))


def phase_map(say: Language, found: PhaseMap, labels: tuple[str, str]) -> Figure:
    """The map: blue where the other design is better, orange where it is worse, pale where nothing
    differs that matters, hatched where nobody can tell."""
    words = verdict_words(say, labels[1], [cell.verdict for cell in found.cells])
    xs, ys = (sorted({getattr(cell, axis) for cell in found.cells}, key=rank) for axis in ("x", "y"))
    frame = pd.DataFrame(
        {"x": say.short(cell.x), "y": say.short(cell.y), "verdict": words[cell.verdict],
         "mean": cell.difference.mean, "label": tick(say, found.measure, cell.difference.mean),
         "seeds": cell.seeds}
        for cell in found.cells
    )  # fmt: skip
    step_x = max(28, min(90, (WIDTH - 60) // len(xs)))
    step_y = max(26, min(54, 380 // len(ys)))
    size = min(step_x, step_y)
    x_order, y_order = [say.short(v) for v in xs], [say.short(v) for v in reversed(ys)]
    base = alt.Chart(frame).encode(
        x=alt.X("x:O", title=say.factor(found.x), sort=x_order, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("y:O", title=say.factor(found.y), sort=y_order),
    )
    cells = base.mark_rect().encode(
        color=_colour("verdict:N", list(words.values()), (BETTER, WORSE, NOTHING, UNCLEAR, "#FFFFFF")),
        tooltip=[alt.Tooltip("verdict:N", title=" "), alt.Tooltip("mean:Q", format=",.2f"), "seeds:Q"],
    )
    unclear = alt.datum.verdict == words[verdicts.UNCLEAR]
    hatch = (
        base.transform_filter(unclear)
        .mark_point(shape=_HATCH, size=size * size, stroke="#8a8a8a", strokeWidth=1.2, filled=False)
        .encode()
    )
    layers = [cells, hatch]
    if step_x >= 44:
        strong = (alt.datum.verdict == words[verdicts.BETTER]) | (alt.datum.verdict == words[verdicts.WORSE])
        clear = base.transform_filter(strong).mark_text(color="white", fontSize=11).encode(text="label:N")
        dark = base.transform_filter(~strong).mark_text(color="black", fontSize=11, fontWeight="bold")
        layers += [clear, dark.encode(text="label:N")]
    counts = [f"{word} ({sum(cell.verdict == key for cell in found.cells)})" for key, word in words.items()]
    title = phase_map_title(say, found.measure, found.x, found.y)
    text = f"{title}. {say('Cells by verdict: {counts}.', counts=say.joined(counts))}"
    rows = tuple(
        (say.short(cell.x), say.short(cell.y), words[cell.verdict], say.number(cell.difference.mean, 2, True),
         say.number(cell.difference.half_width, 2), cell.seeds)
        for cell in found.cells
    )  # fmt: skip
    columns = (say.factor(found.x), say.factor(found.y), say("Verdict"), say("Difference"), "±", say("Seeds"))
    chart = alt.layer(*layers).properties(width=step_x * len(xs), height=step_y * len(ys))
    return Figure("phase-map", title, text, chart, columns, rows, "none")


def tick(say: Language, measure: str, value: float) -> str:
    """A difference in a few characters, for a cell."""
    if BY_KEY[measure].unit.startswith("€"):
        return say.euros(value, True).replace("€", "").strip("\u202f ")
    return say.number(value, 1, True)


def tornado(
    say: Language, measure: str, swings: Sequence[tuple[str, str, str, Estimate, Estimate]],
    sure: Sequence[str],
) -> Figure:  # fmt: skip
    """By factor the outcome at its low and at its high end, the widest first; `sure` are the factors whose
    swing can be told from chance."""
    unit = say(BY_KEY[measure].unit)
    low_word, high_word = say("low end"), say("high end")
    frame = pd.DataFrame(
        [
            {"factor": name, "end": word, "value": value.mean, "low": value.low, "high": value.high, "at": at}
            for name, low_at, high_at, low, high in swings
            for word, at, value in ((low_word, low_at, low), (high_word, high_at, high))
        ]
    )
    order = [swing[0] for swing in swings]
    largest = float(frame["value"].abs().max())
    shapes = alt.Scale(domain=[low_word, high_word], range=["circle", "triangle-right"])
    base = alt.Chart(frame).encode(y=alt.Y("factor:N", sort=order, title=None))
    span = base.mark_bar(height=14, color="#c9c9c9").encode(x="min(value):Q", x2="max(value):Q")
    ends = base.mark_point(size=90, filled=True, opacity=1).encode(
        x=alt.X("value:Q", title=f"{say('Difference')} ({unit})", axis=alt.Axis(format=_axis_format(largest)),
                scale=alt.Scale(zero=False)),
        color=_colour("end:N", (low_word, high_word), ("#E69F00", "#0072B2")),
        shape=alt.Shape("end:N", title=None, scale=shapes),
        tooltip=["factor:N", "end:N", "at:N", alt.Tooltip("value:Q", format=",.2f")],
    )  # fmt: skip
    bars = base.mark_rule(color="#333333").encode(x="low:Q", x2="high:Q")
    title = say("{measure}: how far each factor moves the difference", measure=say.measure(measure))
    text = say("{title}. No factor moves it so far that it can be told from chance.", title=title)
    if told := [swing for swing in swings if swing[0] in sure]:
        name, _, _, low, high = told[0]
        text = say(
            "{title}. The widest: {factor}, from {low} to {high}.", title=title, factor=name,
            low=say.difference(measure, low)[0], high=say.difference(measure, high)[0],
        )  # fmt: skip
    rows = tuple(
        (name, low_at, say.number(low.mean, 2, True), high_at, say.number(high.mean, 2, True))
        for name, low_at, high_at, low, high in swings
    )
    columns = (say("Factor"), low_word, say("Difference"), high_word, say("Difference"))
    chart = (span + bars + ends).properties(width=WIDTH - 120, height=44 * len(swings) + 20)
    return Figure("tornado", title, text, chart, columns, rows, "bar")


def indices(
    say: Language, key: str, title: str, unit: str, rows: Sequence[tuple[str, dict[str, Estimate]]]
) -> Figure:
    """By factor one or more indices with intervals (Morris, Sobol, Shapley), the largest first."""
    frame = pd.DataFrame(
        [
            {"factor": name, "index": what, "value": value.mean, "low": value.low, "high": value.high}
            for name, values in rows
            for what, value in values.items()
        ]
    )
    names = list(rows[0][1])
    largest = float(frame[["low", "high"]].abs().max().max())
    base = alt.Chart(frame).encode(
        y=alt.Y("factor:N", sort=[name for name, _ in rows], title=None),
        yOffset=alt.YOffset("index:N", sort=names),
    )
    colour = _colour("index:N", names, DESIGNS[1:])
    x = alt.X("value:Q", title=unit, axis=alt.Axis(format=_axis_format(largest)))
    bars = base.mark_bar().encode(
        x=x, color=colour, tooltip=["factor:N", "index:N", alt.Tooltip("value:Q", format=",.3f")]
    )
    rules = base.mark_rule(color="#222222").encode(x="low:Q", x2="high:Q")
    ranked = [f"{name} {say.short(next(iter(values.values())).mean)}" for name, values in rows[:3]]
    text = say("{title}. The largest: {lines}.", title=title, lines=say.listed(ranked))
    if not largest:
        text = say("{title}. None has an effect.", title=title)
    table = tuple(
        (name, what, say.short(value.mean), say.short(value.low), say.short(value.high))
        for name, values in rows
        for what, value in values.items()
    )
    columns = (say("Factor"), say("Index"), say("Value"), say("low"), say("high"))
    chart = (bars + rules).properties(width=WIDTH - 160, height=(16 * len(names) + 14) * len(rows))
    return Figure(key, title, text, chart, columns, table, "bar")


def regret(
    say: Language, measure: str, options: Sequence[tuple[str, float, float]], alike: Sequence[str]
) -> Figure:
    """By option mean and worst regret over the worlds, the smallest worst regret first; `alike` are not
    distinguishable from the first."""
    unit = say(BY_KEY[measure].unit)
    words = (say("mean regret"), say("worst regret"))
    frame = pd.DataFrame(
        [
            {"option": name, "what": what, "value": value}
            for name, mean, worst in options
            for what, value in zip(words, (mean, worst), strict=True)
        ]
    )
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            y=alt.Y("option:N", sort=[option[0] for option in options], title=None),
            yOffset=alt.YOffset("what:N", sort=list(words)),
            x=alt.X("value:Q", title=unit, axis=alt.Axis(format=_axis_format(float(frame["value"].max())))),
            color=_colour("what:N", words, ("#56B4E9", "#D55E00")),
        )
        .properties(width=WIDTH - 160, height=40 * len(options))
    )  # fmt: skip
    title = say("{measure}: regret over the worlds", measure=say.measure(measure))
    text = say(
        "{title}. The smallest worst regret: {option}, {value}.", title=title, option=options[0][0],
        value=say.amount(measure, options[0][2]),
    )  # fmt: skip
    if alike:
        text = say(
            "{text} Not distinguishable from it, in the world that is worst for each: {options}.",
            text=text, options=say.listed(list(alike)),
        )  # fmt: skip
    rows = tuple((name, say.number(mean, 2), say.number(worst, 2)) for name, mean, worst in options)
    return Figure("regret", title, text, chart, (say("Option"), *words), rows, "bar")
