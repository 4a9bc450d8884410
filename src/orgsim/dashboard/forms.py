"""The form of a scenario: every field with its facts from the schema, grouped by room."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from orgsim.dashboard.choosing import Chosen
from orgsim.language.language import Language
from orgsim.scenario.catalogue import preset_names, preset_tables
from orgsim.scenario.practices import Practices
from orgsim.scenario.reference import FieldFacts, facts_of

#: the rooms in the order in which people look for them
ROOMS = {
    "title": "Title", "horizon": "Length of the run", "company": "People and pay", "processes": "Processes",
    "case_types": "Kinds of case", "segments": "Customers", "streams": "Prospects",
    "frictions": "Frictions", "practices": "Practices", "effects": "Effects of practices",
    "people": "Skills and morale", "market": "Market", "offer": "Offer", "money": "Money",
    "crisis": "Crisis", "crises": "Further crises", "levers": "Levers", "rules": "Rules of management",
    "mechanisms": "Switches of mechanisms", "designs": "Designs",
}  # fmt: skip
_MOST_FOUND = 60
#: what a field was that the scenario did not have
_NEW = object()
#: fields that name an entry of another table, and which
_REFERENCES = {
    "function": "company.functions", "process": "processes", "case_type": "case_types",
    "repeat_as": "case_types", "design": "designs", "like": "designs",
}  # fmt: skip


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field with its value; tables in lists by their place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif value == [] and facts_of(path) is None:
        return  # a list of tables, of which there are none
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{place}")
    else:
        yield path, value


def room_of(path: str) -> str:
    """The room of a field."""
    return "title" if path in ("title", "description") else path.split(".")[0]


def changed_fields(chosen: Chosen) -> dict[str, Any]:
    """By path the value before, of every field that the page has changed."""
    before = dict(leaves(chosen.base_values))
    now = dict(leaves(chosen.values))
    changed = {path: before.get(path, _NEW) for path, value in now.items() if before.get(path) != value}
    return changed | {path: value for path, value in before.items() if path not in now}


def rooms(chosen: Chosen, say: Language) -> list[dict[str, Any]]:
    """The rooms that the scenario has, with the number of fields and of changed ones."""
    counts: dict[str, int] = {}
    for path, _ in leaves(chosen.values):
        counts[room_of(path)] = counts.get(room_of(path), 0) + 1
    changed: dict[str, int] = {}
    for path in changed_fields(chosen):
        changed[room_of(path)] = changed.get(room_of(path), 0) + 1
    return [
        {"key": key, "name": say(name), "count": counts.get(key, 0), "changed": changed.get(key, 0)}
        for key, name in ROOMS.items()
        if counts.get(key) or key == "levers"
    ]


def form(
    chosen: Chosen, say: Language, room: str, search: str, errors: dict[str, tuple[Any, str]]
) -> list[dict[str, Any]]:
    """The fields of a room, or those in which a text is found; in groups by their table."""
    changed = changed_fields(chosen)
    wanted = search.strip().lower()
    groups: dict[str, list[dict[str, Any]]] = {}
    count = 0
    for path, value in leaves(chosen.values):
        facts = facts_of(path)
        if wanted:
            text = f"{path} {say.field(path)} {say(facts.meaning) if facts else ''}".lower()
            if not all(word in text for word in wanted.split()):
                continue
            count += 1
            if count > _MOST_FOUND:
                break
        elif room_of(path) != room:
            continue
        table = path.rpartition(".")[0]
        groups.setdefault(table, []).append(_field(chosen, path, value, say, changed, errors))
    return [
        {"table": table, "title": heading(table, chosen, say), "fields": own} for table, own in groups.items()
    ]


def heading(table: str, chosen: Chosen, say: Language) -> str:
    """What a table is called: the labels that its keys have, else the keys."""
    parts = table.split(".")
    here: Any = chosen.values
    names = []
    for place, part in enumerate(parts):
        if isinstance(here, list):
            here = here[int(part)]
        else:
            here = here.get(part, {}) if isinstance(here, dict) else {}
        label = here.get("label") or here.get("name") if isinstance(here, dict) else ""
        if place == 0:
            names.append(say(ROOMS.get(part, part)))
        elif part.isdigit() and parts[place - 1] == "route":
            names.append(say("step {number}", number=int(part) + 1))
        elif part.isdigit():
            names.append(say(label) if label else str(int(part) + 1))
        else:
            names.append(say(label) if label else say.field(part))
    return " › ".join(name for name in names if name)


def _field(
    chosen: Chosen, path: str, value: Any, say: Language, changed: dict[str, Any],
    errors: dict[str, tuple[Any, str]],
) -> dict[str, Any]:  # fmt: skip
    facts = facts_of(path)
    kind, choices = _kind(chosen, path, value, say)
    entered, error = errors.get(path, ("" if kind == "choice" and value is None else value, ""))
    key = path.rpartition(".")[2]
    name = _name(chosen, path, say)
    entry: dict[str, Any] = {
        "path": path, "name": name, "key": "" if name.replace(" ", "_") == key else key, "kind": kind,
        "choices": choices, "value": _as_text(entered) if kind == "text" else entered,
        "changed": path in changed,
        "before": _before(chosen, path, changed, say),
        "meaning": "", "plausible": "", "unit": "", "range": "", "source": "", "default": "",
        "low": None, "high": None, "error": error, "undo": bool(error) or path in chosen.set_fields,
    }  # fmt: skip
    if facts is not None:
        low, high = facts.limits
        entry |= {
            "meaning": say(facts.meaning).replace("`", ""), "plausible": _plausible(facts, say),
            "unit": "" if facts.unit in ("", "–") else say(facts.unit),
            "range": _range(facts, say), "source": say(facts.source_of(value)), "low": low, "high": high,
            "default": _default(facts, say),
        }  # fmt: skip
    return entry


def _before(chosen: Chosen, path: str, changed: dict[str, Any], say: Language) -> str:
    """What a changed field was."""
    if path not in changed:
        return ""
    before = changed[path]
    if before is _NEW:
        return say("new")
    if before in (None, "", []):
        return say("was empty")
    if isinstance(before, bool):
        return say("was {value}", value=say(str(before).lower()))
    if isinstance(before, (int, float)):
        return say("was {value}", value=shown(str(before), say))
    named = dict(_choices(chosen, path, say)).get(before) if isinstance(before, str) else None
    return say("was {value}", value=named or _as_text(before))


def _name(chosen: Chosen, path: str, say: Language) -> str:
    """A field's name for people; in a table by kind of case, the label of the kind."""
    table, _, key = path.rpartition(".")
    kind = chosen.settings.case_types.get(key)
    if kind is not None and facts_of(path) is facts_of(table):
        return say(kind.label or key)
    return say.field(path)


def _default(facts: FieldFacts, say: Language) -> str:
    if not facts.default:
        return ""
    known = facts.default in _values_of(facts)
    return say("default: {value}", value=say.choice(facts.default) if known else shown(facts.default, say))


def _plausible(facts: FieldFacts, say: Language) -> str:
    """Where an assumption plausibly lies."""
    if facts.plausible is None:
        return ""
    low, high = (say.short(end) for end in facts.plausible)
    return say("plausible: {low} to {high}", low=low, high=high)


def _range(facts: FieldFacts, say: Language) -> str:
    if "|" in facts.bounds or not facts.bounds:
        return ""
    low, high = (shown(part.strip(), say) for part in facts.bounds.split(" to "))
    return say("{low} to {high}", low=low, high=high)


def shown(text: str, say: Language) -> str:
    """A default or a bound of the schema for people: numbers as the language writes them."""
    try:
        value = float(text)
    except ValueError:
        return say(text)
    return say.number(value) if abs(value) >= 10_000 else say.short(value)


def _kind(chosen: Chosen, path: str, value: Any, say: Language) -> tuple[str, list[tuple[str, str]]]:
    """How a value is entered, and what can be chosen: values with their names."""
    if isinstance(value, bool):
        return "switch", []
    facts, choices = facts_of(path), _choices(chosen, path, say)
    if choices and not isinstance(value, list):
        optional = [("", "–")] if facts is not None and facts.default == "–" else []
        known = value is None or value in dict(choices)
        return ("choice", [*optional, *choices]) if known else ("text", [])
    if isinstance(value, (int, float)):
        return "number", []
    return "text", []


@cache
def _presets() -> dict[str, str]:
    """The bundled crises with their labels."""
    return {key: str((preset_tables(key) or {}).get("label", key)) for key in preset_names()}


def _values_of(facts: FieldFacts) -> list[str]:
    """The values that a field of few values can have."""
    return facts.bounds.split(" | ") if " | " in facts.bounds else []


def _choices(chosen: Chosen, path: str, say: Language) -> list[tuple[str, str]]:
    """The values that a field can have; empty where they are not a short list."""
    facts, name = facts_of(path), path.rpartition(".")[2]
    if facts is None:
        return []
    if _values_of(facts):
        return [(value, say.choice(value)) for value in _values_of(facts)]
    if name == "preset":
        return [(key, say(label)) for key, label in _presets().items()]
    if name == "practice":
        return [(key, say.field(key)) for key in Practices.model_fields]
    if name in _REFERENCES and facts.path.endswith(f".{name}"):
        table: Any = chosen.settings
        for part in _REFERENCES[name].split("."):
            table = getattr(table, part)
        return [(key, say(entry.label or key)) for key, entry in table.items()]
    return []


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_as_text(part) if not isinstance(part, list) else "+".join(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def typed(chosen: Chosen, path: str, given: Any) -> Any:
    """What a person has typed, as a value of the field's kind."""
    now = dict(leaves(chosen.values)).get(path)
    facts = facts_of(path)
    if not isinstance(given, str):
        return given
    text = given.strip()
    if text == "" and facts is not None and facts.default == "–":
        return None
    if isinstance(now, str):
        return given
    if isinstance(now, list):
        return [part.strip() for part in text.split(",") if part.strip()] if text != "all" else "all"
    if text == "":
        return None
    if facts is not None and facts.unit:
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return text
        return int(number) if number.is_integer() else number
    return text
