"""Fatigue: long strain wears people down; it costs speed and morale, and makes leave."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at

_KC = "assumption; direction: KC & Terwiesch 2009; turning point: Berry Jaeker & Tucker 2017"


class People(Table):
    """Fields of `people`."""

    fatigue_from: float = quantity(0.93, "share", "busy share of time above which fatigue builds", 0, 1, _KC)
    fatigue_weeks: float = quantity(6.0, "weeks", "memory of the load that tires", 1, 200, plausible=(2, 26))
    fatigue_speed: float = quantity(0.15, "share", "speed lost at full fatigue", 0, 0.9, _KC)
    fatigue_quits: float = quantity(1.0, "–", "φ: quitting × exp(φ × fatigue)", 0, 10)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "fatigue",
            "long strain wears people down",
            {"people.fatigue_speed": 0.0, "people.fatigue_quits": 0.0, "people.morale_workload": 0.0},
        ),
    ),
    fields={"people": People},
    rules={"people": at("people", "fatigue_from", "fatigue_weeks", "fatigue_speed", "fatigue_quits")},
    state={
        "person": {
            "load": Given(0.0, "share", "of time spent on cases of late; overtime counts above 1"),
            "fatigue": Given(0.0, "0–1", "fatigue"),
        }
    },
)


@compiled
def loaded(rules, load, busy):
    """The load of late after a week: x ← x + (busy − x) ÷ weeks, where `busy` is the week's share of time
    spent on cases, with overtime above 1."""
    return load + (busy - load) / rules.fatigue_weeks


@compiled
def tire(rules, load):
    """Fatigue (0 to 1) from the load of late: none below a turning point (Berry Jaeker & Tucker 2017: near
    93 %), full where no pause is left."""
    if rules.fatigue_from >= 1.0:
        return 0.0
    return min(1.0, max(0.0, (load - rules.fatigue_from) / (1.0 - rules.fatigue_from)))


@compiled
def tired(rules, person):
    """Factor on speed: 1 − f · fatigue (KC & Terwiesch 2009)."""
    return 1.0 - rules.fatigue_speed * person.fatigue


@compiled
def leaves_for_fatigue(rules, person):
    """Log factor on quitting: φ · fatigue."""
    return rules.fatigue_quits * person.fatigue
