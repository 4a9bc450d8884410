"""Looking closer: a unit, a person, or the story of a case in both organisations."""

import math
from typing import Any

import numpy as np

from orgsim.answers.story import Episode, Story, follow
from orgsim.dashboard.floor import group_in_unit
from orgsim.dashboard.live import Live
from orgsim.dashboard.pace import PacedSimulation
from orgsim.engine.operations.state import (
    ABSENT,
    DORMANT,
    FREE,
    GONE,
    LEAVING,
    NONE,
    OFF_DUTY,
    TEMPORARY,
)
from orgsim.language.language import Language
from orgsim.organisation.acquaintance import ties_between_units
from orgsim.scenario import HOURS_PER_WEEK

#: by what happens to a case: how its stretch is drawn
_WAYS = {
    "is worked on": "work", "waits": "wait", "is handed over": "transfer", "awaits a decision": "decide",
    "rests": "rest", "is done again": "again", "is completed": "again", "is sent back": "again",
}  # fmt: skip
_LEGEND = {
    "work": "worked on", "wait": "waits", "transfer": "handed over", "decide": "awaits a decision",
    "again": "sent back, completed or done again", "rest": "rests",
}  # fmt: skip
#: how many of those whom somebody knows are named
_BEST_KNOWN = 4
_STATUS = {ABSENT: "absent", TEMPORARY: "temporary", LEAVING: "leaves after this job"}


def full_key(live: Live, short: int) -> tuple[int, int] | None:
    """Key and week of opening of the open case that a page knows by half of its key."""
    for run in live.runs:
        cases = run.core.cases
        mine = (cases["key"] & np.uint64(0xFFFFFFFF)) == np.uint64(short)
        rows = np.flatnonzero(mine & (cases["state"] != FREE) & (cases["state"] != DORMANT))
        if len(rows):
            case = cases[rows[0]]
            return int(case["key"]), int(case["opened"] // HOURS_PER_WEEK)
    return None


def any_case(live: Live, after: int | None) -> int | None:
    """Half of the key of a case that is open in both now, the longest open first; the one after the last
    that was shown."""
    known = []
    for run in live.runs:
        cases = run.core.cases
        rows = np.flatnonzero((cases["state"] != FREE) & (cases["state"] != DORMANT))
        rows = rows[np.argsort(cases["opened"][rows], kind="stable")]
        known.append([int(key) & 0xFFFFFFFF for key in cases["key"][rows]])
    both = set(known[1])
    common = [key for key in known[0] if key in both] or [*known[0], *known[1]]
    if not common:
        return None
    return common[(common.index(after) + 1) % len(common)] if after in common else common[0]


def story(live: Live, key: int, week: int, say: Language) -> dict[str, Any]:
    """The case's way through both organisations, on one scale."""
    chosen = live.chosen
    told = follow(chosen.settings, chosen.designs, key, week, live.seed)
    kind = next((found.case_type for found in told if found is not None), "")
    label = say(chosen.settings.case_types[kind].label or kind) if kind else ""
    longest = max((found.hours for found in told if found is not None), default=1.0) or 1.0
    first = live.chosen.settings.horizon.warmup_weeks
    title = say("The story of a case: {kind}, opened in week {week}", kind=label, week=week - first + 1)
    sides = [
        _side(found, say(chosen.label(name)), say) for name, found in zip(chosen.designs, told, strict=True)
    ]
    ways = [[key, say(text)] for key, text in _LEGEND.items()]
    return {"kind": "story", "title": title, "sides": sides, "longest": longest, "ways": ways, "waiting": ""}


def _side(found: Story | None, label: str, say: Language) -> dict[str, Any]:
    if found is None:
        text = say("This case did not come here: its customer had left, or had no reason to come back.")
        return {"label": label, "text": text, "episodes": []}
    waits = math.fsum(found.total(what) for what in ("waits", "is handed over", "awaits a decision"))
    share = 100 * waits / found.hours if found.hours else 0.0
    text = say(
        "{outcome} after {hours} h; {persons} people had it in hand; {share} % of the time it waited",
        outcome=say(found.outcome), hours=say.number(found.hours, 1), persons=found.persons,
        share=say.number(share),
    )  # fmt: skip
    episodes = [
        {"start": episode.start, "hours": episode.hours, "way": _WAYS.get(episode.what, "rest"),
         "text": _episode(episode, say)}
        for episode in found.episodes
    ]  # fmt: skip
    return {"label": label, "text": text, "episodes": episodes}


def _episode(episode: Episode, say: Language) -> str:
    where = say.unit(episode.unit)
    who = ""
    if episode.person is not None:
        who = say(" · person {number}", number=episode.person + 1)
    elif episode.level is not None:
        above = say(" · a manager {level} above", level=episode.level)
        who = say(" · the head of the group") if episode.level == 0 else above
    return say(
        "{start} h: {what} for {hours} h · {where}{who}", start=say.number(episode.start, 1),
        what=say(episode.what), hours=say.number(episode.hours, 1), where=where, who=who,
    )  # fmt: skip


def unit_facts(live: Live, side: int, unit: int, say: Language) -> dict[str, Any]:
    """A unit: what waits, who works, who leads."""
    run = live.runs[side]
    core = run.core
    pools = core.pools[core.pools["unit"] == unit]
    nodes = core.nodes[core.nodes["led_unit"] == unit]
    people = _people_of(run, unit)
    persons = run.staff.persons[people]
    rows = [
        (say("People"), say.number(len(people))),
        (say("At work on a case"), say.number(int((core.members["case"][people] != NONE).sum()))),
        (say("Cases that wait"), say.number(int(pools["waiting"].sum()))),
        (say("Managers"), say.number(float(nodes["leadership"].sum()), 1)),
        (say("Decisions that wait"), say.number(int(nodes["waiting"].sum()))),
        (say("Groups"), say.number(int((run.structure.groups.unit == unit).sum()))),
        (say("Distance between two of its groups"), say.number(float(core.distances[unit, unit]), 2)),
        (say("Load of the people, mean"), _percent(persons["load"], say)),
        (say("Morale, mean"), _of_hundred(persons["morale"], say)),
        (say("Other units that it exchanges cases with"), say.number(int(run.structure.interfaces[unit]))),
        *_acquaintances(run, unit, say),
    ]
    functions = list(run.settings.company.functions.values())
    keys = list(run.settings.company.functions)
    buttons = [
        {
            "id": int(row),
            "text": f"{say(functions[f].label or keys[f])} {row + 1}",
        }
        for row in people
        for f in (int(core.members[row]["function"]),)
    ]
    title = f"{say.unit(run.structure.units[unit].name)} – {say(live.chosen.label(run.design_name))}"
    return {"kind": "facts", "title": title, "rows": rows, "people": buttons, "side": side, "back": None,
            "waiting": ""}  # fmt: skip


def _acquaintances(run: PacedSimulation, unit: int, say: Language) -> list[tuple[str, str]]:
    """How well a unit's people know each other, and those of the units that they know best."""
    known = ties_between_units(run.core, run.staff.seats)[unit]
    others = [row for row in np.argsort(-known, kind="stable") if row != unit and not np.isnan(known[row])]
    best = [f"{say.unit(run.structure.units[row].name)} {say.number(100 * known[row])}" for row in others]
    rows = [(say("How well its people know each other (0–100)"), say.number(100 * known[unit]))]
    if best:
        rows.append((say("Whom they know best elsewhere (0–100)"), ", ".join(best[:_BEST_KNOWN])))
    return rows if not np.isnan(known[unit]) else []


def _knows(run: PacedSimulation, row: int, say: Language) -> str:
    """The groups that a person knows best."""
    core, units = run.core, run.structure.units
    number = group_in_unit(core)
    known = core.ties[row, : len(run.structure.groups.unit)] * float(core.clock["fading"][0])
    best = [group for group in np.argsort(-known, kind="stable")[:_BEST_KNOWN] if known[group] > 0]
    return ", ".join(
        say(
            "{unit} {number}: {tie}", unit=say.unit(units[int(core.groups["unit"][group])].name),
            number=int(number[group]) + 1, tie=say.number(100 * float(known[group])),
        )
        for group in best
    ) or say("nobody yet")  # fmt: skip


def _group(run: PacedSimulation, group: int, say: Language) -> str:
    groups = run.core.groups
    unit = int(groups["unit"][group])
    return say(
        "{number} of {count}, with {people: person|people}",
        number=int(group_in_unit(run.core)[group]) + 1,
        count=int((run.structure.groups.unit == unit).sum()), people=int(groups["people"][group]),
    )  # fmt: skip


def person_facts(live: Live, side: int, row: int, say: Language) -> dict[str, Any]:
    """A person: skills, load, morale, the case in hand."""
    run = live.runs[side]
    if not 0 <= row < int(run.staff.totals["rows"][0]):
        raise IndexError(row)
    core, member, person = run.core, run.core.members[row], run.staff.persons[row]
    settings = run.settings
    functions = [say(f.label or key) for key, f in settings.company.functions.items()]
    skills = [
        f"{functions[f]} {say.number(float(speed), 2)}"
        for f, speed in enumerate(core.skill[row])
        if speed > 0
    ]
    hand = say("none")
    if member["case"] != NONE:
        kinds = list(settings.case_types.items())
        key, kind = kinds[int(core.cases[member["case"]]["type"])]
        hand = say(kind.label or key)
    status = say(_STATUS.get(int(member["status"]), "permanent"))
    if int(member["status"]) in (GONE, OFF_DUTY):
        status = say("no longer here")
    weeks = max(0, run.week - max(0, int(person["first_week"])))
    rows = [
        (say("Unit"), say.unit(run.structure.units[int(member["unit"])].name)),
        (say("Group"), _group(run, int(member["group"]), say)),
        (say("Groups that this person knows best (0–100)"), _knows(run, row, say)),
        (say("Status"), status),
        (say("Weeks in the company's run"), say.number(weeks)),
        (say("Case in hand"), hand),
        (say("Speed by skill (1: an experienced person)"), ", ".join(skills)),
        (say("Talent (1: as most people)"), say.number(float(person["talent"]), 2)),
        (say("Load"), _percent(np.array([person["load"]]), say)),
        (say("Morale"), _of_hundred(np.array([person["morale"]]), say)),
        (say("Fatigue"), _of_hundred(np.array([person["fatigue"]]), say)),
        (say("Customer knowledge"), _of_hundred(np.array([member["knowledge"]]), say)),
    ]
    title = say("{function}, person {number}", function=functions[int(member["function"])], number=row + 1)
    return {
        "kind": "facts", "title": f"{title} – {say(live.chosen.label(run.design_name))}", "rows": rows,
        "people": [], "side": side, "back": int(member["unit"]), "waiting": "",
    }  # fmt: skip


def _people_of(run: PacedSimulation, unit: int) -> np.ndarray:
    members = run.core.members[: int(run.staff.totals["rows"][0])]
    here = (members["status"] != GONE) & (members["status"] != OFF_DUTY)
    return np.flatnonzero(here & (members["unit"] == unit))


def _percent(values: np.ndarray, say: Language) -> str:
    return f"{say.number(100 * float(values.mean()) if len(values) else 0.0)}\u202f%"


def _of_hundred(values: np.ndarray, say: Language) -> str:
    return say.number(100 * float(values.mean()) if len(values) else 0.0)
