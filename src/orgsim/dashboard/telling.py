"""What the live page says: the numbers so far, the courses, the moment, all in the user's language."""

import math
from typing import Any

import numpy as np

from orgsim.answers.data import csv_text
from orgsim.dashboard.levers import label_of
from orgsim.dashboard.live import SERIES, Live, ends
from orgsim.engine.operations.state import (
    ARBITRATION,
    BOUNCE,
    COORDINATION,
    FAILURE,
    FAMILIARISATION,
    IDLE,
    IN_ARBITRATION,
    LINES,
    REWORKING,
    VALUE,
)
from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.working_time import DAYS_PER_WEEK, WEEKS_PER_YEAR

#: the measures beside the picture
SHOWN = ("total_cost", "satisfaction", "retention", "cycle_time", "handoffs", "arbitration_latency")
#: the lines of the ledger that cost paid hours, with their colours
_LEDGER = {
    VALUE: "#009E73", FAMILIARISATION: "#56B4E9", COORDINATION: "#7B5EA7", ARBITRATION: "#CC79A7",
    BOUNCE: "#D55E00", REWORKING: "#A33B3B", FAILURE: "#E69F00", IDLE: "#9aa5b8",
}  # fmt: skip
_UNITS = {"cost": "€ a week", "satisfaction": "0–100", "customers": "", "open_cases": ""}
_NAMES = {
    "cost": "Cost", "satisfaction": "Satisfaction", "customers": "Customers", "open_cases": "Open cases",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def moment(live: Live, say: Language) -> dict[str, Any]:
    """Where the clock stands."""
    day = live.day
    week, weekday = divmod(day, DAYS_PER_WEEK)
    year, month = (int(part) for part in live.chosen.settings.horizon.start.split("-"))
    months = month - 1 + int(week * 12 / WEEKS_PER_YEAR)
    text = say(
        "Week {week}, day {day} · {month} {year}", week=week + 1, day=weekday + 1,
        month=say(_MONTHS[months % 12]), year=year + months // 12,
    )  # fmt: skip
    if live.finished:
        text = say("End of the run: {weeks: week|weeks}", weeks=week)
    return {"hour": round(live.hour, 2), "text": text, "finished": live.finished}


def heads(live: Live, say: Language) -> list[str]:
    """What stands over each picture."""
    texts = []
    for run in live.runs:
        waiting = int(run.core.pools["waiting"].sum())
        texts.append(
            say("{open: open case|open cases}, {waiting} waiting", open=say.number(run.open_cases),
                waiting=say.number(waiting))
        )  # fmt: skip
    return texts


def summaries(live: Live, say: Language) -> list[str]:
    """Each picture in words, for people who cannot see it."""
    texts = []
    for run in live.runs:
        core = run.core
        waiting = core.pools["waiting"]
        units = [int(core.pools[place]["unit"]) for place in np.argsort(-waiting)[:1]]
        longest = say.unit(run.structure.units[units[0]].name)
        texts.append(
            say("{open: open case|open cases}; {queue} wait in queues, most of them in {unit}; {decisions} "
                "await a decision; {busy} of {people} people are at work on a case.",
                open=run.open_cases, queue=int(waiting.sum()), unit=longest,
                decisions=int((core.cases["state"] == IN_ARBITRATION).sum()),
                busy=int((core.members["case"] >= 0).sum()), people=int(run.staff.totals["people"][0]))
        )  # fmt: skip
    return texts


def spoken(live: Live, say: Language, told: list[str]) -> str:
    """Both pictures in words, one after the other."""
    names = (say(live.chosen.label(design)) for design in live.chosen.designs)
    return " ".join(say("{name}: {text}", name=name, text=text)
                    for name, text in zip(names, told, strict=True))  # fmt: skip


def flows(live: Live, say: Language) -> list[dict[str, Any]]:
    """Customers who came and went in the last week."""
    found = []
    for run in live.runs:
        if not run.weekly["customers"]:
            found.append({"won": 0, "lost": 0, "text": ""})
            continue
        won, lost, customers = (int(run.weekly[name][-1]) for name in ("won", "lost", "customers"))
        text = say("{customers: customer|customers}: {won} joined, {lost} left last week",
                   customers=say.number(customers), won=won, lost=lost)  # fmt: skip
        found.append({"won": won, "lost": lost, "text": text})
    return found


def numbers(live: Live, say: Language) -> dict[str, Any]:
    """The measures so far and the ledger of paid hours."""
    started = all(run.weekly["cost"] and run.week > run.settings.horizon.warmup_weeks for run in live.runs)
    measures = [run.result().measures for run in live.runs] if started else [{}, {}]
    rows = []
    for key in SHOWN:
        values = [found.get(key, float("nan")) for found in measures]
        known = bool(np.isfinite(values).all())
        better = None
        if known and values[0] != values[1]:
            better = int((values[1] < values[0]) == (BY_KEY[key].better == "lower"))
        rows.append({
            "label": say.measure(key), "help": say(BY_KEY[key].meaning), "better": better,
            "values": [say.amount(key, v) if np.isfinite(v) else "–" for v in values],
        })  # fmt: skip
    backlog = [run.weekly["backlog_hours"][-1] if run.weekly["backlog_hours"] else 0.0 for run in live.runs]
    rows.insert(3, {
        "label": say("Backlog now"), "help": say("work that waits in queues"), "better": None,
        "values": [f"{say.number(value)}\u202fh" for value in backlog],
    })  # fmt: skip
    return {"rows": rows, "ledger": _ledger(live, say)}


def _ledger(live: Live, say: Language) -> list[dict[str, Any]]:
    hours = [run.core.paid.sum(axis=0) for run in live.runs]
    totals = [max(1e-9, math.fsum(own[line] for line in _LEDGER)) for own in hours]
    lines = []
    for line, colour in _LEDGER.items():
        shares = [round(100 * float(own[line]) / total, 2) for own, total in zip(hours, totals, strict=True)]
        texts = [say.number(share, 1 if share < 9.95 else 0) for share in shares]
        lines.append({
            "label": say.line(LINES[line]), "colour": colour, "shares": shares, "texts": texts,
            "shown": max(shares) >= 0.05,
        })  # fmt: skip
    return lines


def courses(live: Live, say: Language) -> list[dict[str, Any]]:
    """The weekly lines of both, with their fans."""
    fans = live.bands()
    weeks = live.chosen.settings.horizon.weeks
    drawn = []
    for key in SERIES:
        lines = [live.course(side, key) for side in (0, 1)]
        bands = [fan.get(key) for fan in fans] if fans else [None, None]
        known = [*lines, *(band[end] for band in bands if band for end in ("low", "high"))]
        bottom, top = ends([np.asarray(values) for values in known])
        last = " · ".join(
            f"{say(live.chosen.label(name))} {_short(key, line[-1], say)}"
            for name, line in zip(live.chosen.designs, lines, strict=True)
            if line
        )
        empty = not any(known)
        drawn.append({
            "key": key, "label": say(_NAMES[key]), "unit": say(_UNITS[key]) if _UNITS[key] else "",
            "lines": lines, "fans": bands, "weeks": weeks, "top": top, "bottom": bottom,
            "top_text": "" if empty else _short(key, top, say),
            "bottom_text": "" if empty else _short(key, bottom, say),
            "text": say("{name}: {text}", name=say(_NAMES[key]), text=last),
        })  # fmt: skip
    return drawn


def _short(key: str, value: float, say: Language) -> str:
    if key == "cost":
        return say.euros(value)
    return say.number(value, 1 if key == "satisfaction" else 0)


def weeks(live: Live) -> bytes:
    """Both runs week by week, every series, as CSV."""
    import pandas as pd

    parts = []
    for run in live.runs:
        frame = pd.DataFrame(run.weekly)
        frame.insert(0, "week", range(len(frame)))
        frame.insert(0, "seed", live.seed)
        frame.insert(0, "design", run.design_name)
        parts.append(frame)
    return csv_text(pd.concat(parts)).encode()


def fan_text(live: Live, say: Language) -> str:
    """What the bands are."""
    failed = next((fan.failed for fan in live.fans if fan.failed), "")
    if failed:
        return say("The other worlds could not be run: {reason}", reason=failed)
    done, wanted = live.worlds()
    if done < wanted:
        return say("Line: this world. Bands: {done} of {wanted} other worlds so far…", done=done,
                   wanted=wanted)  # fmt: skip
    return say("Line: this world. Bands: half and nine tenths of {wanted} other worlds.",
               wanted=wanted)  # fmt: skip


def marks(live: Live, say: Language) -> list[dict[str, Any]]:
    """Levers on the curve of demand."""
    return [
        {"week": lever.start_week, "label": label_of(name, lever, say)}
        for name, lever in live.chosen.settings.levers.items()
    ]


def curve_text(live: Live, say: Language) -> str:
    """The curve of demand in words."""
    low, high = float(live.demand.min()), float(live.demand.max())
    if low > 0.995 and high < 1.005:
        return say("Demand: calm all along")
    week = int(np.argmin(live.demand)) if 1 - low >= high - 1 else int(np.argmax(live.demand))
    return say("Demand from outside: {value} % of calm in week {week}",
               value=say.number(100 * float(live.demand[week])), week=week + 1)  # fmt: skip
