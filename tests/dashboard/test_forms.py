"""The form: every field of a scenario with its facts, and what a person types as a value."""

import pytest

from orgsim.dashboard import forms
from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import bundled, choose
from orgsim.language.language import Language, catalogue
from orgsim.scenario.catalogue import preset_names
from orgsim.scenario.reference import facts_of

SAY = Language("en")
FRENCH_TEXTS = set(catalogue("fr").values())


@pytest.mark.parametrize("name", [*bundled()["Scenarios"], *bundled()["Practices"]])
def test_every_field_is_in_a_room_and_known_to_the_schema(name):
    chosen = choose(Address(scenario=name))
    rooms = {room["key"] for room in forms.rooms(chosen, SAY)}
    for path, _ in forms.leaves(chosen.values):
        assert forms.room_of(path) in rooms, path
        assert facts_of(path) is not None, path


def test_a_changed_field_is_marked():
    chosen = choose(Address().changed("frictions.handoff.transfer_hours", 9.0))
    room = next(room for room in forms.rooms(chosen, SAY) if room["key"] == "frictions")
    assert room["changed"] == 1
    entries = [f for group in forms.form(chosen, SAY, "frictions", "", {}) for f in group["fields"]]
    marked = [entry for entry in entries if entry["changed"]]
    assert [entry["path"] for entry in marked] == ["frictions.handoff.transfer_hours"]
    assert marked[0]["before"] == "was 4"
    assert marked[0]["range"] == "0 to 500"
    new = choose(Address().changed("levers.feedback", {"practice": "feedback", "to": 1, "start_week": 3}))
    levers = forms.form(new, SAY, "levers", "", {})[0]["fields"]
    assert {entry["before"] for entry in levers if entry["changed"]} == {"new"}


def test_what_a_field_was_is_told_in_words():
    changes = (
        ("mechanisms.bounces", False), ("crisis.shape", "u"), ("frictions.handoff.transfer_hours", 9.5),
        ("crisis.depth", 0.2), ("title", "Ours"),
    )  # fmt: skip
    chosen, french = choose(Address(changes=changes)), Language("fr")
    rooms = ("mechanisms", "crisis", "frictions", "title")
    told = {
        f["path"]: f["before"]
        for room in rooms
        for group in forms.form(chosen, french, room, "", {})
        for f in group["fields"]
        if f["undo"]
    }
    assert told == {
        "mechanisms.bounces": "était oui", "crisis.shape": "était aucune", "crisis.depth": "était vide",
        "frictions.handoff.transfer_hours": "était 4", "title": "était A mid-size service firm in calm",
    }  # fmt: skip


def test_undo_is_there_where_it_does_something():
    """Not at fields that follow from another: those of a new lever, or of a preset."""
    chosen = choose(Address().changed("crisis.preset", "slump-u").changed("crisis.depth", 0.2))
    entries = [f for group in forms.form(chosen, SAY, "crisis", "", {}) for f in group["fields"]]
    assert {f["path"] for f in entries if f["undo"]} == {"crisis.preset", "crisis.depth"}
    assert sum(f["changed"] for f in entries) > 2


def test_search_goes_through_all_rooms():
    chosen = choose(Address())
    found = forms.form(chosen, SAY, "crisis", "transfer hours", {})
    assert "frictions.handoff.transfer_hours" in [f["path"] for group in found for f in group["fields"]]
    french = forms.form(chosen, Language("fr"), "crisis", "délai moyen de transfert", {})
    assert french


def test_names_and_choices_are_in_the_language():
    chosen, french = choose(Address()), Language("fr")
    entries = {
        f["path"]: f
        for room in ("frictions", "crisis", "case_types", "segments")
        for group in forms.form(chosen, french, room, "", {})
        for f in group["fields"]
    }
    field = entries["frictions.handoff.transfer_hours"]
    assert (field["name"], field["key"]) == ("délai de transfert", "transfer_hours")
    assert ("none", "aucune") in entries["crisis.shape"]["choices"]
    presets = dict(entries["crisis.preset"]["choices"])
    assert presets["slump-u"] == "Chute et reprise lente (U)"
    assert all(presets[key] in FRENCH_TEXTS for key in preset_names())
    assert ("sales", "Ventes") in entries["case_types.enquiry.route.0.function"]["choices"]
    assert entries["case_types.enquiry.repeat_as"]["choices"][0] == ("", "–")
    needs = next(field for path, field in entries.items() if path.endswith("needs.request"))
    assert needs["name"] == "Requête"
    english = forms.form(chosen, SAY, "frictions", "", {})[0]["fields"]
    assert not any(field["key"] for field in english)


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("crisis.depth", "0,25", 0.25),
        ("crisis.depth", "", None),
        ("crisis.preset", "", None),
        ("crisis.preset", "slump-v", "slump-v"),
        ("case_types.enquiry.repeat_as", "", None),
        ("case_types.enquiry.route.0.function", "sales", "sales"),
        ("designs.silos.shared", "it, legal", ["it", "legal"]),
        ("crisis.processes", "all", "all"),
        ("title", "Ours", "Ours"),
        ("frictions.handoff.transfer_hours", 3, 3),
        ("mechanisms.bounces", False, False),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_right_kind(path, typed, value):
    assert forms.typed(choose(Address()), path, typed) == value
