"""The crisis as an index by week: 1 in calm, .6 when demand has lost 40 %."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from orgsim.errors import ScenarioError, short
from orgsim.intake.periods import named, number_of
from orgsim.intake.series import read_series
from orgsim.messages import Message
from orgsim.scenario.crisis import COURSES, Crisis
from orgsim.scenario.horizon import MONTH, Horizon

_MOST_TIMES_NORMAL = 1000
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class CrisisCourse:
    """By week: the index of demand; the size of the shock, in either direction; how far its effects are in
    force, from calm (0) to full (1); and what a reader should know about it.

    The size is |index − 1|; that of a shape without a depth, which changes no demand, is its course. The
    effects of a shape are stated for its deepest point, those of a series for a size of `full_at`."""

    index: np.ndarray
    size: np.ndarray
    severity: np.ndarray
    notes: tuple[Message, ...] = ()


def course(crisis: Crisis, horizon: Horizon) -> CrisisCourse:
    """The course of one crisis by week, warm-up included (calm). Raises ScenarioError for figures that
    do not fit."""
    notes: tuple[Message, ...] = ()
    index, severity = np.ones(horizon.weeks), np.zeros(horizon.weeks)
    if crisis.shape == "series":
        index, notes = _from_series(crisis, horizon.start, horizon.weeks)
        severity = np.minimum(1.0, np.abs(index - 1.0) / crisis.full_at)
    elif crisis.shape != "none":
        severity = _shape(crisis, horizon.weeks)
        index = 1.0 - (crisis.depth or 0.0) * severity
    bodiless = crisis.shape in COURSES and crisis.depth is None
    size = severity if bodiless else np.abs(index - 1.0)
    warm_up = (horizon.warmup_weeks, 0)
    return CrisisCourse(
        np.pad(index, warm_up, constant_values=1.0), np.pad(size, warm_up), np.pad(severity, warm_up), notes
    )


def _shape(crisis: Crisis, weeks: int) -> np.ndarray:
    """The loss by week relative to the depth, from 0 to 1."""
    t = (np.arange(weeks) + 0.5 - crisis.start_week) / crisis.duration_weeks
    inside = (t > 0) & (t < 1)
    if crisis.shape == "v":
        return np.where(inside, 1.0 - np.abs(2.0 * t - 1.0), 0.0)
    if crisis.shape == "u":
        return np.where(inside, np.clip(4.0 * np.minimum(t, 1.0 - t), 0.0, 1.0), 0.0)
    if crisis.shape == "w":
        return np.where(inside, 1.0 - np.abs(2.0 * ((2.0 * t) % 1.0) - 1.0), 0.0)
    return np.clip(t, 0.0, 1.0)


def months_of_weeks(start: str, weeks: int) -> np.ndarray:
    """For each week the number of the month in which its middle lies."""
    first = date(int(start[:4]), int(start[5:7]), 1)
    middles = (first + timedelta(days=7 * week + 3) for week in range(weeks))
    return np.array([day.year * 12 + day.month - 1 for day in middles])


def _from_series(crisis: Crisis, start: str, weeks: int) -> tuple[np.ndarray, tuple[Message, ...]]:
    figures = _figures(crisis)
    if crisis.depth is not None:
        deepest = 1.0 - min(figures.values())
        if deepest <= 0:
            raise ScenarioError("crisis.depth: the series never falls below normal; leave depth out")
        scale = crisis.depth / deepest
        figures = {month: 1.0 + scale * (value - 1.0) for month, value in figures.items()}
    first, last = min(figures), max(figures)
    wanted = months_of_weeks(start, weeks)
    index = np.array([1.0 if month < first else figures[min(int(month), last)] for month in wanted])
    notes: list[Message] = []
    if wanted[-1] < first:
        raise ScenarioError(
            "the crisis begins in {month}, after the run ends in {end}; set horizon.start or "
            "horizon.weeks so that they meet",
            month=named(first),
            end=named(int(wanted[-1])),
        )
    if wanted[0] > last:
        raise ScenarioError(
            "the crisis ends in {month}, before the run begins in {start}; set horizon.start",
            month=named(last),
            start=start,
        )
    if wanted[-1] > last:
        held = figures[last]
        notes.append(
            Message(
                "The series ends in {month}; its last value ({value:.2f}) is held for the "
                "{weeks: week|weeks} "
                "after it.",
                month=named(last),
                value=held,
                weeks=int((wanted > last).sum()),
            )
        )
    if index.min() < 0:
        raise ScenarioError(
            "crisis: a month has lost {share:.0f} %; nothing can lose more than 100 %",
            share=100 * (1 - index.min()),
        )
    if index.max() > _MOST_TIMES_NORMAL:
        raise ScenarioError(
            "crisis: a month has {times:,.0f} times what is normal; at most {most:,} times can be computed",
            times=index.max(),
            most=_MOST_TIMES_NORMAL,
        )
    return index, tuple(notes)


def _figures(crisis: Crisis) -> dict[int, float]:
    """The index by month number; every month between the first and the last has one."""
    if crisis.file is not None:
        where = f"crisis.file = '{short(crisis.file, 200)}'"
        return _relative_to_normal(read_series(Path(crisis.file), crisis.reading, where).figures, crisis)
    if not crisis.change or crisis.first_month is None:
        raise ScenarioError(
            "crisis: shape = 'series' needs either `file`, or `first_month` and `change` (per cent)"
        )
    if not MONTH.fullmatch(crisis.first_month):
        raise ScenarioError(
            "crisis.first_month = '{month}' must be a month such as 2020-01", month=short(crisis.first_month)
        )
    first = number_of(crisis.first_month)
    return {first + i: 1.0 + change / 100.0 for i, change in enumerate(crisis.change)}


def _relative_to_normal(raw: dict[int, float], crisis: Crisis) -> dict[int, float]:
    """The months from the baseline on, divided by what is normal for them."""
    baseline = crisis.baseline
    if baseline is None:
        raise ScenarioError(
            "crisis.baseline is missing: say what is normal, a year (2019) or a month (2020-02)"
        )
    if MONTH.fullmatch(baseline):
        normal = {month: number_of(baseline) for month in raw}
    elif _YEAR.fullmatch(baseline):
        normal = {month: int(baseline) * 12 + month % 12 for month in raw}
    else:
        raise ScenarioError(
            "crisis.baseline = '{baseline}' must be a year (2019) or a month (2020-02)",
            baseline=short(baseline),
        )
    begin = min(normal.values())
    after = {month: value for month, value in raw.items() if month >= begin}
    if not after:
        raise ScenarioError(
            "crisis.baseline = '{baseline}': {file} ends before it, in {month}; choose another baseline",
            baseline=baseline,
            file=crisis.file,
            month=named(max(raw)),
        )
    for month in after:
        if raw.get(normal[month], 0.0) <= 0.0:
            raise ScenarioError(
                "crisis.baseline = '{baseline}': {file} has no positive index for {month}; choose "
                "another baseline",
                baseline=baseline,
                file=crisis.file,
                month=named(normal[month]),
            )
    return {month: value / raw[normal[month]] for month, value in after.items()}
