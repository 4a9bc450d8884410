"""A staff list: who works where, how much of a post, at what cost, for whom."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orgsim.errors import ScenarioError, short
from orgsim.intake.columns import Body, asked, body, header_row, known, numbered, plain
from orgsim.intake.delimited import check_widths
from orgsim.intake.files import contents, read_grid
from orgsim.intake.grid import Grid, is_blank, written
from orgsim.intake.numerals import Numbers, numbers
from orgsim.messages import Message, Said
from orgsim.own_company.reading import StaffReading
from orgsim.scenario.reference import facts_of

#: what columns are called, by what they say, in plain letters
NAMES = {
    "person": {
        "matricule", "id", "identifiant", "employee number", "employee id", "employee no", "staff id",
        "numero", "n", "no", "personnel number", "person id",
    },
    "name": {
        "nom", "name", "nom prenom", "nom et prenom", "prenom nom", "full name", "employee name", "employee",
        "person", "personne", "salarie", "agent", "collaborateur",
    },
    "unit": {
        "service", "departement", "department", "direction", "unite", "unit", "equipe", "team", "pole",
        "division", "entite", "business unit",
    },
    "function": {
        "poste", "fonction", "function", "job", "job role", "jobrole", "job title", "metier", "emploi",
        "role", "title", "position", "intitule du poste",
    },
    "fte": {
        "etp", "fte", "equivalent temps plein", "full time equivalent", "quotite", "temps de travail",
        "taux d activite", "taux activite", "working time", "activity rate", "etpt",
    },
    "manager": {
        "responsable", "manager", "superieur", "superieur hierarchique", "n 1", "line manager", "supervisor",
        "responsable hierarchique", "reports to", "chef", "manager id", "matricule responsable",
    },
}  # fmt: skip
#: words in the name of a column of costs, and what they say it is for
_COSTS = {"cout", "cost", "salaire", "salary", "pay", "remuneration", "income", "wage", "masse"}
_PER = {
    "hour": {"horaire", "heure", "hour", "hourly", "h"},
    "month": {"mensuel", "mensuelle", "mois", "month", "monthly"},
    "year": {"annuel", "annuelle", "an", "annee", "year", "yearly", "annual"},
}
#: lines that are of nobody
_TOTALS = {"total", "totaux", "total general", "sous total", "grand total", "subtotal", "somme", "sum"}
_MONTHS = 12
#: posts of one person above which the column counts something else: hours, or per cent
_MOST_POSTS = 1.5
#: rows in which the line of names is looked for
_TOP = 100


@dataclass(frozen=True)
class Person:
    """Somebody who was placed: `number` in the order of the list, `name` as the list has it; the part of a
    post (`fte`), the cost of an hour in euros, and the number of the manager, where they are known."""

    number: int
    name: str
    line: int
    home: str
    fte: float
    cost: float | None
    manager: int | None


@dataclass(frozen=True)
class Unplaced:
    """A line of the list that is in no function, and why."""

    line: int
    name: str
    why: Said


@dataclass(frozen=True)
class StaffList:
    """What was read: people, what could not be placed, the columns by what they say, and what should be
    known about it."""

    grid: Grid
    columns: dict[str, str]
    people: list[Person]
    unplaced: list[Unplaced]
    decimal: dict[str, str]
    notes: list[Said] = field(default_factory=list)

    def told(self, keep_names: bool) -> dict[str, Any]:
        """The same as plain data; without names people are numbers."""
        people = [vars(person) | {"name": person.name if keep_names else None} for person in self.people]
        return {
            "file": str(self.grid.path),
            "format": self.grid.kind,
            "encoding": self.grid.encoding or None,
            "separator": self.grid.separator or None,
            "sheet": self.grid.sheet or None,
            "columns": self.columns,
            "decimal": self.decimal,
            "people": people,
            "unplaced": [
                {"line": one.line, "name": one.name if keep_names else None, "why": str(one.why)}
                for one in self.unplaced
            ],
        }


def read_staff(path: Path, reading: StaffReading) -> StaffList:
    """The staff list in a file of any kind. Raises ScenarioError, with the line, for what cannot be read, and
    with what to say where the list leaves open how it is meant."""
    grid = read_grid(contents(path), path, reading)
    header = _header(grid, reading)
    table = body(grid, range(header + 1, len(grid.rows)), header)
    if grid.kind == "CSV":
        check_widths(grid, table.rows, len(grid.rows[header]))
    columns = _columns(table, reading)
    home = _home(columns, reading, path)
    notes: list[Said] = []
    rows, homeless = _at_home(table, columns, home)
    posts = _posts(table, rows, columns.get("fte"), reading, notes)
    costs, signs = _costs(table, rows, columns.get("cost"), reading, posts, notes)
    people, unplaced = _placed(table, rows, columns, home, posts, costs)
    unplaced = sorted([*homeless, *unplaced], key=lambda one: one.line)
    if not people:
        raise ScenarioError("{path}: nobody in it can be placed", path=short(path, 200))
    people = _with_managers(table, people, rows, columns, notes)
    if {"unit", "function"} <= set(columns):
        other = "function" if home == "unit" else "unit"
        notes.append(
            Message(
                "The column of the {what} says where people are at home; take the other one with "
                "--map by={other}.",
                what=Message(home),
                other=other,
            )
        )
    used = set(columns.values())
    others = [name for column, name in enumerate(table.names()) if column not in used and name.strip()]
    if others:
        notes.append(Message("Columns left out: {names}.", names=short(", ".join(others), 200)))
    names = {role: table.name(column) for role, column in columns.items()} | {"home": home}
    return StaffList(grid, names, people, unplaced, signs, notes)


def _header(grid: Grid, reading: StaffReading) -> int:
    """The line of names: as a person has said, else the one with the most names that are known."""
    said = header_row(grid, reading)
    if said is not None:
        return said
    wanted = [getattr(reading, role) for role in ("person", "unit", "function", "fte", "cost", "manager")]
    every = set().union(*NAMES.values()) | {plain(name) for name in wanted if name}
    hits = {
        row: sum(plain(written(cell)) in every for cell in grid.rows[row])
        for row in range(min(_TOP, len(grid.rows)))
    }
    best = max(hits, key=lambda row: (hits[row], -row))
    if not hits[best]:
        raise ScenarioError(
            "{path}: no line names columns that are known, such as Service, Department, Poste or Job; say "
            "where they are with --map header=LINE and --map unit=COLUMN",
            path=short(grid.path, 200),
        )  # fmt: skip
    return best


def _columns(table: Body, reading: StaffReading) -> dict[str, int]:
    """The columns by what they say, where there is one."""
    found = {}
    for role in ("person", "name", "unit", "function", "fte", "manager", "cost"):
        named = getattr(reading, role, None)
        candidates = [asked(table, named, role)] if named else _called(table, role)
        if len(candidates) > 1:
            raise ScenarioError(
                "{path}: several columns could say the {what} ({names}); say which with --map {role}=COLUMN",
                path=short(table.grid.path, 200), what=Message(role), names=numbered(table, candidates),
                role="person" if role == "name" else role,
            )  # fmt: skip
        if candidates:
            found[role] = candidates[0]
    if reading.person:
        found.pop("name", None)
    return found


def _called(table: Body, role: str) -> list[int]:
    if role == "cost":
        return [column for column in range(table.width) if _COSTS & set(plain(table.name(column)).split())]
    return known(table, NAMES[role])


def _home(columns: dict[str, int], reading: StaffReading, path: Path) -> str:
    """Whether the unit or the function says where people are at home."""
    home = reading.by or ("unit" if "unit" in columns else "function")
    if home not in columns:
        raise ScenarioError(
            "{path}: no column says the {what}; name it with --map {role}=COLUMN",
            path=short(path, 200), what=Message(home), role=home,
        )  # fmt: skip
    return home


def _at_home(table: Body, columns: dict[str, int], home: str) -> tuple[list[int], list[Unplaced]]:
    """The rows of people who are at home somewhere; and the others, of which no number is read."""
    rows: list[int] = []
    homeless: list[Unplaced] = []
    for row in table.rows:
        label = written(table.grid.cell(row, columns[home]))
        if is_blank(table.grid.rows[row]):
            continue
        if label and plain(label) not in _TOTALS:
            rows.append(row)
        else:
            why = Message("is a total") if label else Message("has no {what}", what=Message(home))
            homeless.append(Unplaced(table.grid.lines[row], _name(table, row, columns), why))
    return rows, homeless


def _name(table: Body, row: int, columns: dict[str, int]) -> str:
    """What the list calls somebody: a name, else an identity."""
    column = columns.get("name", columns.get("person"))
    return "" if column is None else written(table.grid.cell(row, column))


def _read(table: Body, rows: list[int], column: int, reading: StaffReading) -> Numbers:
    cells = [table.grid.cell(row, column) for row in rows]
    return numbers(cells, lambda index: table.grid.line(rows[index]), reading.decimal)


def _posts(
    table: Body, rows: list[int], column: int | None, reading: StaffReading, notes: list[Said]
) -> dict[int, float]:
    """The part of a post by row; one where the list says nothing."""
    if column is None:
        notes.append(Message("The list has no column of posts: everybody counts as one."))
        return dict.fromkeys(rows, 1.0)
    read = _read(table, rows, column, reading)
    full = 100.0 if read.percent else reading.full_post
    posts = {
        row: 1.0 if value is None else value / full for row, value in zip(rows, read.values, strict=True)
    }
    for row, value in posts.items():
        if value > _MOST_POSTS:
            raise ScenarioError(
                "{where}: {value} posts of one person; say what a full post is in this column, for example "
                "--map full_post=100 or --map full_post=35",
                where=table.grid.line(row), value=short(written(table.grid.cell(row, column))),
            )  # fmt: skip
    silent = sum(value is None for value in read.values)
    if silent:
        notes.append(Message("Without a post in the list, and counted as one: {count:,}.", count=silent))
    return posts


def _costs(
    table: Body, rows: list[int], column: int | None, reading: StaffReading, posts: dict[int, float],
    notes: list[Said],
) -> tuple[dict[int, float], dict[str, str]]:  # fmt: skip
    """The cost of an hour by row, where the list has one, and the decimal sign of the column."""
    if column is None:
        notes.append(Message("The list has no column of costs: pay is the default of a scenario."))
        return {}, {}
    name = table.name(column)
    per = reading.cost_per or _per(name)
    if per is None:
        raise ScenarioError(
            "{path}: column '{name}' does not say what the cost is for; say it with --map "
            "cost_per=hour|month|year",
            path=short(table.grid.path, 200), name=short(name),
        )  # fmt: skip
    read = _read(table, rows, column, reading)
    times = {"hour": 1.0, "month": _MONTHS / reading.hours_per_year, "year": 1.0 / reading.hours_per_year}[
        per
    ]
    of_person = per != "hour" and reading.cost_of == "person"
    costs = {}
    for row, value in zip(rows, read.values, strict=True):
        if value is not None and posts[row] > 0:
            cost = value * times * (1.0 + reading.on_top) / (posts[row] if of_person else 1.0)
            costs[row] = _checked(cost, table.grid.line(row))
    if per == "hour":
        notes.append(Message("Costs are those of an hour, as they stand."))
    else:
        notes.append(
            Message("Costs are those of a {per}, by {hours:,.0f} paid hours a year of a full post.",
                    per=Message(per), hours=reading.hours_per_year)
        )  # fmt: skip
    return costs, {"cost": read.decimal} if read.decimal else {}


def _checked(cost: float, where: Said) -> float:
    """The cost of an hour, within what a scenario takes for pay."""
    facts = facts_of("company.functions.any.pay")
    low, high = facts.limits if facts else (None, None)
    if not (low or 0.0) <= cost <= (high or math.inf):
        raise ScenarioError(
            "{where}: {cost:,.2f} € for an hour is outside {low:g} to {high:g}; say what the costs are for "
            "with --map cost_per=hour|month|year",
            where=where, cost=cost, low=low, high=high,
        )  # fmt: skip
    return cost


def _per(name: str) -> str | None:
    words = set(plain(name).split())
    found = [per for per, telling in _PER.items() if words & telling]
    return found[0] if len(found) == 1 else None


def _placed(
    table: Body, rows: list[int], columns: dict[str, int], home: str, posts: dict[int, float],
    costs: dict[int, float],
) -> tuple[list[Person], list[Unplaced]]:  # fmt: skip
    """Everybody who has a part of a post, once; and the other lines, with the reason."""
    people: list[Person] = []
    unplaced: list[Unplaced] = []
    first: dict[str, int] = {}
    for row in rows:
        line = table.grid.lines[row]
        label = written(table.grid.cell(row, columns[home]))
        identity = written(table.grid.cell(row, columns["person"])) if "person" in columns else ""
        name = _name(table, row, columns)
        if posts[row] <= 0:
            unplaced.append(Unplaced(line, name, Message("works no part of a post")))
        elif identity and identity in first:
            unplaced.append(
                Unplaced(line, name, Message("stands in line {line} already", line=first[identity]))
            )
        else:
            number = len(people) + 1
            people.append(Person(number, name, line, label, posts[row], costs.get(row), None))
            first.setdefault(identity, line)
    return people, unplaced


def _with_managers(
    table: Body, people: list[Person], rows: list[int], columns: dict[str, int], notes: list[Said]
) -> list[Person]:
    """The same people with the numbers of their managers; whoever is her own has none."""
    if "manager" not in columns:
        return people
    row_of = {table.grid.lines[row]: row for row in rows}
    by_name: dict[str, list[int]] = {}
    for person in people:
        for name in _called_by(table, row_of[person.line], columns):
            by_name.setdefault(name, []).append(person.number)
    found, unknown = [], []
    for person in people:
        manager = plain(written(table.grid.cell(row_of[person.line], columns["manager"])))
        named = by_name.get(manager, [])
        if manager and len(named) != 1:
            unknown.append(person.line)
        above = named[0] if len(named) == 1 and named[0] != person.number else None
        found.append(Person(**vars(person) | {"manager": above}))
    if unknown:
        notes.append(
            Message("Their manager is nobody, or several, in the list: {count:,}, in lines {lines}.",
                    count=len(unknown), lines=_some(unknown))
        )  # fmt: skip
    return found


def _called_by(table: Body, row: int, columns: dict[str, int]) -> set[str]:
    """The names by which somebody may be called as a manager."""
    roles = [columns[role] for role in ("person", "name") if role in columns]
    return {plain(text) for column in roles if (text := written(table.grid.cell(row, column)))}


def _some(lines: Iterable[int]) -> str:
    known = [str(line) for line in lines]
    return ", ".join(known[:12]) + (", …" if len(known) > 12 else "")


def leaders(people: Iterable[Person]) -> Counter[int]:
    """How many people each manager leads, by the manager's number."""
    return Counter(person.manager for person in people if person.manager is not None)
