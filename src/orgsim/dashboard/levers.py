"""Levers on the timeline: those of the scenario, and those that can be added to it."""

from typing import Any

from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import Chosen, bundled_tables
from orgsim.language.language import Language
from orgsim.scenario.catalogue import names_in
from orgsim.scenario.levers import Lever
from orgsim.scenario.practices import Practices

#: what a lever of a practice begins with
_FIRST_WEEK, _REACHES = 13, 0.5


def label_of(key: str, lever: Lever, say: Language) -> str:
    """A lever's name for people."""
    return say(lever.label or key.replace("-", " ").capitalize())


def lever_rows(chosen: Chosen, say: Language) -> list[dict[str, Any]]:
    """The levers as bars: when they begin, how long they last."""
    weeks = chosen.settings.horizon.weeks
    rows = []
    for key, lever in sorted(chosen.settings.levers.items(), key=lambda item: item[1].start_week):
        what = (
            say(lever.practice.replace("_", " ").capitalize())
            if lever.practice
            else say(lever.kind.capitalize())
        )
        to = "" if lever.to is None else f" → {say.short(lever.to)}"
        where = (
            say("all designs")
            if lever.designs == "all"
            else ", ".join(say(chosen.label(name)) for name in lever.designs)
        )
        rows.append({
            "key": key, "label": label_of(key, lever, say), "text": f"{what}{to} · {where}",
            "start": lever.start_week, "lasts": weeks if lever.lasts_weeks is None else lever.lasts_weeks,
        })  # fmt: skip
    return rows


def offers(chosen: Chosen, say: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be added: single practices, and the bundled programmes."""
    practices = [
        (f"practice:{name}", say(name.replace("_", " ").capitalize())) for name in Practices.model_fields
    ]
    kinds = [("freeze", say("Hiring freeze, a year")), ("cut", say("Cut of a tenth of the staff")),
             ("training", say("Training in a second function"))]  # fmt: skip
    programmes = [
        (f"programme:{name}", say(str(bundled_tables(name)["title"])))
        for name in names_in("practices")
        if _practised(name)
    ]
    return [
        (say("Practices"), practices), (say("Interventions"), kinds), (say("Programmes"), programmes)
    ]  # fmt: skip


def _practised(name: str) -> dict[str, dict[str, Any]]:
    """The levers of a bundled programme that make sense in any design: no transitions."""
    return {
        key: {field: value for field, value in lever.items() if field != "designs"}
        for key, lever in bundled_tables(name).get("levers", {}).items()
        if lever.get("kind") != "transition"
    }


def add_lever(address: Address, chosen: Chosen, what: str) -> Address:
    """The address with what was chosen from the offers."""
    kind, _, name = what.partition(":")
    week = min(_FIRST_WEEK, chosen.settings.horizon.weeks - 1)
    if kind == "programme" and name in names_in("practices"):
        for key, lever in _practised(name).items():
            start = min(int(lever["start_week"]), chosen.settings.horizon.weeks - 1)
            address = address.changed(f"levers.{_free(chosen, key)}", lever | {"start_week": start})
        return address
    tables: dict[str, dict[str, Any]] = {
        "freeze": {"kind": "freeze", "lasts_weeks": 52}, "cut": {"kind": "cut", "share": 0.1},
        "training": {"kind": "training", "lasts_weeks": 13},
    }  # fmt: skip
    if kind == "practice" and name in Practices.model_fields:
        lever = {"practice": name, "to": _REACHES}
    elif kind in tables:
        lever = tables[kind]
    else:
        return address
    key = _free(chosen, (name or kind).replace("_", "-"))
    return address.changed(f"levers.{key}", lever | {"start_week": week})


def _free(chosen: Chosen, key: str) -> str:
    """A key that no lever has yet."""
    number, found = 2, key
    while found in chosen.settings.levers:
        found, number = f"{key}-{number}", number + 1
    return found
