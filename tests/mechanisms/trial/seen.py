"""What orgsim knows of the informal network, as JSON; run as plain Python in a checkout that has it."""

import importlib.util
import json
import sys
from pathlib import Path

from small import SMALL
from test_reference import unknown_rules

from orgsim.answers.attribution import every_mechanism
from orgsim.engine.operations.state import MEMBER, RULES
from orgsim.language.language import Language
from orgsim.language.words import catalogue
from orgsim.mechanisms.catalogue import FAMILIES
from orgsim.scenario import load
from orgsim.scenario.gates import silenced
from orgsim.scenario.reference import facts_of, fields
from orgsim.simulation.schedule import Simulation

ROOT = Path(sys.argv[1])


def run(*overrides):
    simulation = Simulation(load("default", [*SMALL, *overrides]), "silos", seed=3)
    simulation.run()
    return simulation


def generated():
    """The rows of the generated pages."""
    place = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    pages = importlib.util.module_from_spec(place)
    place.loader.exec_module(pages)
    text = "\n".join([pages.parameters(), pages.measures(), pages.model(), pages.records()])
    return [line for line in text.splitlines() if "ties" in line or "informal_network" in line]


on, off = run(), run("mechanisms.informal_network=false")
french = Language("fr")
path = "frictions.handoff.ties_shorten"
unsaid = [
    text
    for facts in fields()
    if "ties" in facts.path or "informal" in facts.path
    for text in (facts.meaning, facts.unit, facts.source)
    if text and text not in catalogue("fr")
]
told = {
    "source": facts_of(path).source,
    "switch": facts_of("mechanisms.informal_network").meaning,
    "silenced": silenced(load("default", ["mechanisms.informal_network=false"]), path) is not None,
    "records": [name for name in (*RULES.names, *MEMBER.names) if "ties" in name or name == "handed_over"],
    "every": "informal_network" in every_mechanism(),
    "family": "informal_network" in FAMILIES["handoffs"],
    "weekly": on.weekly["ties"],
    "measures": on.result().measures,
    "off": off.result().measures,
    "rows": generated(),
    "unknown": sorted(unknown_rules(load("default"))),
    "unknown_off": sorted(unknown_rules(load("default", ["mechanisms.informal_network=false"]))),
    "unsaid": unsaid,
    "names": [french.field(path), french.measure("ties")],
}
print(json.dumps(told))
