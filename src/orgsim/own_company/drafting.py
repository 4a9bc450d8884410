"""The scenario that a staff list makes: functions with their staff and pay, the span, the designs to begin
with. What a list cannot know (the work, the customers) is left open, and said."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import tomli_w

from orgsim.errors import short
from orgsim.intake.columns import plain
from orgsim.messages import Message, Said
from orgsim.own_company.staff import Person, StaffList, leaders

#: reports a manager below which nobody is taken for a manager by trade
_LEAST_SPAN = 2.0
#: signs that turn the direction of reading, or cannot be read
_UNREADABLE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Draft:
    """A scenario in its tables, the functions as a person checks them, and what should be known."""

    tables: dict[str, Any]
    functions: list[dict[str, Any]]
    notes: list[Said]

    def told(self) -> dict[str, Any]:
        """The same as plain data."""
        notes = [str(note) for note in self.notes]
        return {"functions": self.functions, "scenario": self.tables, "notes": notes}

    def toml(self, remarks: Iterable[str]) -> str:
        """The file: remarks first, as comments, then the tables."""
        lines = [
            f"# {short(_UNREADABLE.sub('', line), 500)}" for text in remarks for line in text.splitlines()
        ]
        return "\n".join(lines) + "\n\n" + tomli_w.dumps(self.tables)


def draft(staff: StaffList, name: str) -> Draft:
    """The scenario of a staff list, for a company of this name.

    Managers are apart from the staff of functions in a scenario, and follow from the span: people who lead
    others are taken out, and the span is what it is in the list, people led ÷ people who lead."""
    notes = list(staff.notes)
    led = leaders(staff.people)
    span = sum(led.values()) / len(led) if led else 0.0
    managers: dict[str, Any] = {}
    workers = staff.people
    if span >= _LEAST_SPAN:
        workers = [person for person in staff.people if person.number not in led]
        managers["span_of_control"] = max(1, int(span + 0.5))
        notes.append(
            Message(
                "{count:, person leads|people lead} others, {least:,} to {most:,}, {span:.1f} in the mean: "
                "managers of the scenario, who are apart from the staff of functions.",
                count=len(led), least=min(led.values()), most=max(led.values()), span=span,
            )
        )  # fmt: skip
        pay = _pay([person for person in staff.people if person.number in led])
        if pay is not None:
            managers["pay"] = pay
    elif led:
        notes.append(
            Message(
                "{count:, person leads|people lead} others, {span:.1f} in the mean: no span of control "
                "follows from so few, the default stays, and they are staff like others.",
                count=len(led), span=span,
            )
        )  # fmt: skip
    functions = _functions(staff.people, workers, notes)
    company: dict[str, Any] = {"name": _label(name)}
    if managers:
        company["managers"] = managers
    company["functions"] = {row["key"]: _table(row) for row in functions}
    return Draft(_tables(company, functions), functions, notes)


def _functions(
    people: Sequence[Person], workers: Sequence[Person], notes: list[Said]
) -> list[dict[str, Any]]:
    """The functions in the order of the list: people and posts in it, whole staff, pay."""
    by_home: dict[str, list[Person]] = {person.home: [] for person in people}
    for person in workers:
        by_home[person.home].append(person)
    posts = {home: math.fsum(person.fte for person in inside) for home, inside in by_home.items()}
    staff = whole(list(posts.values()))
    if any(count != posts[home] for home, count in zip(posts, staff, strict=True)):
        notes.append(
            Message(
                "{posts:,.2f} posts are {staff:,} whole ones (largest remainder): a scenario counts whole "
                "persons.",
                posts=math.fsum(posts.values()), staff=sum(int(count) for count in staff),
            )
        )  # fmt: skip
    keys = _keys(list(by_home))
    rows = []
    for key, (home, inside), count in zip(keys, by_home.items(), staff, strict=True):
        rows.append(
            {"key": key, "label": _label(home), "people": len(inside), "posts": posts[home], "staff": count,
             "pay": _pay(inside)}
        )  # fmt: skip
        unknown = sum(person.cost is None for person in inside)
        if 0 < unknown < len(inside):
            notes.append(
                Message("{name}: {count: person has|people have} no cost, and no part in its pay.",
                        name=_label(home), count=unknown)
            )  # fmt: skip
        if not count:
            notes.append(
                Message("{name}: nobody is left of it when managers are apart and posts are whole.",
                        name=_label(home))
            )  # fmt: skip
    return rows


def whole(parts: Sequence[float]) -> list[int]:
    """Whole numbers with the sum that the parts have when it is rounded: each is rounded down, and those with
    the largest remainders get one more (Hare's method; of equals the first)."""
    low = [math.floor(part) for part in parts]
    left = math.floor(math.fsum(parts) + 0.5) - sum(int(part) for part in low)
    order = sorted(range(len(parts)), key=lambda place: (low[place] - parts[place], place))
    for place in order[:left]:
        low[place] += 1
    return low


def _pay(people: Sequence[Person]) -> float | None:
    """The mean cost of an hour by posts, in euros and cents; None where nobody's is known."""
    known = [(person.cost, person.fte) for person in people if person.cost is not None]
    if not known:
        return None
    return round(math.fsum(cost * fte for cost, fte in known) / math.fsum(fte for _, fte in known), 2)


def _table(row: dict[str, Any]) -> dict[str, Any]:
    pay = {} if row["pay"] is None else {"pay": row["pay"]}
    return {"label": row["label"], "staff": row["staff"]} | pay


def _label(text: str) -> str:
    return short(_UNREADABLE.sub("", text), 80).strip() or "–"


def _keys(labels: Sequence[str]) -> list[str]:
    """A key for each label, in plain letters, no two alike."""
    keys: list[str] = []
    for number, label in enumerate(labels, 1):
        letters = "-".join(re.findall("[a-z0-9]+", plain(label)))[:40].strip("-") or f"function-{number}"
        key, again = letters, 2
        while key in keys:
            key, again = f"{letters}-{again}", again + 1
        keys.append(key)
    return keys


def _tables(company: dict[str, Any], functions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The whole scenario; its one kind of case never comes until somebody says how often it does."""
    first = max(functions, key=lambda row: row["staff"])["key"]
    return {
        "title": company["name"],
        "horizon": {"weeks": 52},
        "company": company,
        "processes": {"work": {"label": "Work"}},
        "case_types": {
            "task": {"label": "Task", "process": "work", "route": [{"function": first, "hours": 1.0}]}
        },
        "segments": {"customers": {"label": "Customers", "customers": 0, "needs": {}}},
        "designs": {
            "departments": {"label": "As it is", "group_by": "function", "incumbent": True},
            "teams": {"label": "A team for each process", "group_by": "process"},
        },
    }
