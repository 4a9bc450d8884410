"""Levers on the timeline: those of the scenario, and those that can be added to it."""

from typing import Any

from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import Chosen, bundled_tables
from orgsim.report.language import Language
from orgsim.scenario.catalogue import names_in
from orgsim.scenario.practices import Practices

#: what a lever of a practice begins with
_FIRST_WEEK, _REACHES = 13, 0.5


def lever_rows(chosen: Chosen, say: Language) -> list[dict[str, Any]]:
    """The levers as bars: when they begin, how long they last."""
    weeks = chosen.settings.horizon.weeks
    rows = []
    for key, lever in sorted(chosen.settings.levers.items(), key=lambda item: item[1].start_week):
        what = say(lever.practice.replace("_", " ").capitalize()) if lever.practice else say(lever.kind.capitalize())
        to = "" if lever.to is None else f" → {say.short(lever.to)}"
        where = say("all designs") if lever.designs == "all" else ", ".join(
            say(chosen.label(name)) for name in lever.designs
        )
        rows.append({
            "key": key, "label": say(lever.label) if lever.label else key.replace("-", " ").capitalize(),
            "text": f"{what}{to} · {where}", "start": lever.start_week,
            "lasts": weeks if lever.lasts_weeks is None else lever.lasts_weeks,
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
        if bundled_tables(name).get("levers")
    ]
    return [
        (say("Practices"), practices), (say("Interventions"), kinds), (say("Programmes"), programmes)
    ]  # fmt: skip


def add_lever(address: Address, chosen: Chosen, what: str) -> Address:
    """The address with what was chosen from the offers."""
    kind, _, name = what.partition(":")
    week = min(_FIRST_WEEK, chosen.settings.horizon.weeks - 1)
    if kind == "programme" and name in names_in("practices"):
        for key, lever in bundled_tables(name)["levers"].items():
            plain = {field: value for field, value in lever.items() if field not in ("designs", "design")}
            if plain.get("kind") != "transition":
                start = min(int(lever["start_week"]), chosen.settings.horizon.weeks - 1)
                address = address.changed(f"levers.{_free(chosen, key)}", plain | {"start_week": start})
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
