"""Scripts: beyond what is usual, in contact with customers, they help the new and hinder the experienced."""

import pytest

from mechanisms.equations import Record, law, plain, rules, share, silent
from orgsim.mechanisms import scripts

NOVICES, EXPERTS = "people.scripts_novices", "people.scripts_experts"
scripted, care_from_scripts = plain(scripts.scripted), plain(scripts.care_from_scripts)
#: scripts where nobody sets them
USUAL = 0.3


@law(share, share)
def test_what_is_scripted_is_what_goes_beyond_the_usual_in_contact(level, contact):
    found = scripted(rules("people", {}), Record(scripts=level, contact=contact))
    assert found == pytest.approx(contact * level - contact * USUAL)


@law(share, share, share, share, share)
def test_defects_are_those_of_the_new_part_and_of_the_experienced_part(
    avoided, added, level, contact, newness
):
    people = rules("people", {NOVICES: avoided, EXPERTS: added})
    treatment = Record(scripts=level, contact=contact)
    beyond = (level - USUAL) * contact
    factor = newness * (1 - beyond * avoided) + (1 - newness) * (1 + beyond * added)
    assert care_from_scripts(people, treatment, newness) == pytest.approx(factor)


@law(share, share, share)
def test_usual_scripts_no_contact_and_the_switch_are_neutral(level, contact, newness):
    people = rules("people", {})
    assert care_from_scripts(people, Record(scripts=USUAL, contact=contact), newness) == 1.0
    assert care_from_scripts(people, Record(scripts=level, contact=0.0), newness) == 1.0
    off = silent("people", "scripts")
    assert care_from_scripts(off, Record(scripts=level, contact=contact), newness) == 1.0
