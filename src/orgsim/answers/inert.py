"""Fields that are set and change nothing: any other value would prepare the very same run.

A field is tried with other values that it may have; where everything from which a run follows (the world,
the work that comes, the structures of all designs, the decisions of management) stays the same to the bit,
the field is silent in this scenario. What a run takes as it is, a parameter, is silent where the schema's
gates say so.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any

import numpy as np
from pydantic import ValidationError

from orgsim.errors import OrgsimError
from orgsim.messages import Message, Said
from orgsim.organisation import stages
from orgsim.scenario import Scenario
from orgsim.scenario.company import Activity
from orgsim.scenario.gates import silenced
from orgsim.scenario.inheritance import at, tables_of_names
from orgsim.scenario.layers import without
from orgsim.scenario.reach import cases_that_come, processes_at_work, types_that_come
from orgsim.scenario.reference import FieldFacts, facts_of
from orgsim.world import environment

#: where a field is: names, and places in lists
Path = tuple[Any, ...]
#: a field, and why it is silent, as far as it is known; None if it is not
Silence = tuple[Path, Said | None]
#: what is for people only, judges, says where the rest comes from, or dates it
_ABOUT = {
    "title", "description", "label", "name", "source", "preset", "like", "file", "reading", "first_month",
    "baseline", "start", "matters",
}  # fmt: skip
#: tables whose values a run takes as they are
_PLAIN = ("people", "market", "offer", "effects", "frictions", "money")


def inert_fields(settings: Scenario, written: Mapping[str, Any]) -> list[tuple[str, Said]]:
    """The fields in `written` (tables of a file, say) that change nothing in the scenario that they are
    part of, each with the reason if it is known; an entry that could as well be left out is named whole."""
    trial = _Trial(settings)
    entries = [(*table, name) for table in tables_of_names(written) for name in at(written, table)]
    whole = [path for path in entries if isinstance(at(written, path), Mapping) and trial.can_go(path)]
    return _told([*((path, "") for path in whole), *trial.walk(trial.tables, written, (), whole)])


class _Trial:
    """A scenario that is tried with other values."""

    def __init__(self, settings: Scenario):
        self.settings = settings
        self.tables = settings.model_dump(mode="json", exclude_unset=True)
        self._usual = list(_prepared(settings))

    def can_go(self, path: Path) -> bool:
        """Whether an entry could be left out."""
        return bool(at(self.tables, path)) and self._changes_nothing(without(self.tables, list(path))) is True

    def _changes_nothing(self, tables: Any) -> bool | None:
        """Whether these tables prepare the same run; None if they are no scenario."""
        try:
            return _same(self._usual, _prepared(Scenario.model_validate(tables)))
        except (ValidationError, OrgsimError):
            return None

    def why_silent(self, path: Path, value: Any) -> Said | None:
        """Why a field is silent, as far as it is known; None if it is not."""
        facts = facts_of(".".join(map(str, path)))
        pattern = facts.path if facts else ""
        if pattern == "designs.*.practices":
            pattern = f"practices.{path[-1]}"
        if gate := silenced(self.settings, pattern):
            return Message("while {gate}", gate=gate)
        tried = set()
        for other in _others(self.settings, value, facts):
            tried.add(self._changes_nothing(_with(self.tables, path, other)))
            if False in tried:
                return None
        return "" if True in tried else None

    def walk(self, tables: Any, written: Any, path: Path, whole: Sequence[Path]) -> list[Silence]:
        """Every field of `written` that the scenario still has, with the reason of its silence or None;
        those in entries that are named whole are left out."""
        found = []
        for key, value in written.items() if isinstance(written, Mapping) else enumerate(written):
            here = (*path, key)
            inside = key in tables if isinstance(tables, Mapping) else key < len(tables)
            if key in _ABOUT or not inside or here in whole:
                continue
            now = tables[key]
            if value and _is_table(value) and _is_table(now):
                found += self.walk(now, value, here, whole)
            else:
                found.append((here, self.why_silent(here, now)))
        return found


def _is_table(value: Any) -> bool:
    """Whether a value is a table or a list of tables."""
    listed = isinstance(value, list) and any(isinstance(part, Mapping) for part in value)
    return isinstance(value, Mapping) or listed


def _told(found: list[Silence]) -> list[tuple[str, Said]]:
    """Silent fields as people write them: places in lists count from 1."""
    return [
        (".".join(str(key + 1) if isinstance(key, int) else key for key in path), reason)
        for path, reason in found
        if reason is not None
    ]


def _with(tables: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(tables, list):
        return [_with(inner, path[1:], value) if n == path[0] else inner for n, inner in enumerate(tables)]
    return {**tables, path[0]: _with(tables[path[0]], path[1:], value)}


def _others(settings: Scenario, value: Any, facts: FieldFacts | None) -> Iterator[Any]:
    """Other values that a field may have; some may not fit."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        whole = isinstance(value, int)
        low, high = (None, None) if facts is None else facts.limits
        for other in (2 * value or 1, 0 if low is None else low, 4 * value if high is None else high):
            if other != value:
                yield round(other) if whole else other
    elif isinstance(value, str):
        choices = facts.bounds.split(" | ") if facts and " | " in facts.bounds else []
        tables: tuple[Mapping[str, Any], ...] = (
            settings.company.functions, settings.processes, settings.case_types, settings.designs,
        )  # fmt: skip
        yield from (name for name in choices or chain.from_iterable(tables) if name != value)
    elif isinstance(value, list):
        yield from ([2 * part for part in value] if _numbers(value) else "all", [], value[:-1])
    else:
        yield {} if value else None


def _numbers(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(part, (int, float)) for part in values)


def _same(usual: list[Any], other: Iterator[Any]) -> bool:
    return all(_print_of(a) == _print_of(b) for a, b in zip_longest(usual, other))


def _print_of(part: Any) -> Any:
    return (part.dtype.str, part.shape, part.tobytes()) if isinstance(part, np.ndarray) else part


def _prepared(settings: Scenario) -> Iterator[Any]:
    """Everything from which the runs of a scenario follow, the quickest to make first."""
    settings = settings.effective()
    yield settings.horizon.weeks, settings.horizon.warmup_weeks
    yield settings.company.managers.pay, settings.company.managers.attention
    yield from (getattr(settings, name) for name in _PLAIN)
    yield from _work(settings)
    yield from _world(settings)
    for design in settings.designs:
        yield from _decisions(settings, design)
    for design in settings.designs:
        yield from _structures(settings, design)


def _work(settings: Scenario) -> Iterator[Any]:
    """Who can work, and what there is to do in the kinds of case that come."""
    functions = settings.company.functions.values()
    yield [(f.staff, f.pay, f.turnover) for f in functions if f.staff]
    coming = types_that_come(settings)
    for name, case_type in settings.case_types.items():
        if name in coming:
            yield case_type.model_copy(update={"label": "", "route": (), "crisis_sensitivity": 0.0})
            yield [_as_done(activity) for activity in case_type.route]


def _as_done(activity: Activity) -> Activity:
    """An activity without what its other fields leave without effect."""
    silent: dict[str, Any] = {}
    if activity.distribution in ("constant", "exponential"):
        silent["cv"] = 0.0
    if activity.return_probability == 0:
        silent["return_to"] = None
    return activity.model_copy(update=silent)


def _world(settings: Scenario) -> Iterator[Any]:
    """What reaches the company, where it can come: demand, spending, competitors, and who is hit."""
    world = environment(settings)
    types, segments = list(settings.case_types), list(settings.segments.values())
    served, comes = _masks(settings)
    demand = world.demand[:, served][:, :, comes]
    needs = np.array([[s.needs.get(name, 0.0) for name in types] for s in segments])
    yield demand * needs[served][:, comes]
    weights = np.array([s.share_of_prospects for s in segments])
    for stream in settings.streams.values():
        if stream.per_week:
            yield stream.case_type
            yield stream.per_week * (weights * world.demand[:, :, types.index(stream.case_type)])[:, served]
    yield (world.spending * np.array([s.revenue for s in segments]))[:, served]
    yield from (world.pull[:, served], world.fit_lost[:, served])
    yield from (world.novelty, world.absent, world.remote, world.cut)
    yield world.first_week
    yield [(s.customers, s.informed, s.network) for s, here in zip(segments, served, strict=True) if here]


def _masks(settings: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Which segments have customers or cases, and which case types come."""
    coming = cases_that_come(settings)
    types, reached = {name for name, _ in coming}, {segment for _, segment in coming}
    served = [key in reached or segment.customers > 0 for key, segment in settings.segments.items()]
    return np.array(served), np.array([name in types for name in settings.case_types])


def _decisions(settings: Scenario, name: str) -> Iterator[Any]:
    """What management of a design has decided and would decide."""
    design = settings.designs[name]
    yield design.practised(settings.practices)
    yield design.incumbent, design.case_worker, design.case_owner
    if design.coordinators.persons:
        yield design.coordinators
    if not design.incumbent:
        yield design.transition
    for table in (settings.levers, settings.rules):
        for key, entry in table.items():
            if entry.designs == "all" or name in entry.designs:
                yield key, entry.model_copy(update={"label": "", "designs": "all"})
                if target := getattr(entry, "design", None):
                    yield settings.designs[target].transition
                    yield settings.designs[target].practised(settings.practices)


def _structures(settings: Scenario, name: str) -> Iterator[Any]:
    """The structures of a design, stage by stage: who sits where, does what, and is led by whom."""
    served, _ = _masks(settings)
    busy = [list(settings.processes).index(key) for key in processes_at_work(settings)]
    for stage in stages(settings, name):
        structure = stage.structure
        yield stage.week, stage.organised, stage.target, stage.moved, structure.abilities
        yield structure.unit_of[:, busy][:, :, served]
        hierarchy = structure.hierarchy
        yield from (structure.member_unit, hierarchy.parents, hierarchy.leadership, hierarchy.heads)
        yield from (structure.ownership, structure.groups.of, structure.near, structure.distances)
        yield from (structure.colleagues, structure.reach)
