"""Mechanism switches: every mechanism can be turned off alone, by one field of a scenario.

This is the one list of them. A switch that is off replaces the parameters of its mechanism by the
values at which it does nothing; the scenario as written stays as it is.
"""

from typing import Any

from orgsim.scenario.fields import Table, text


class Mechanisms(Table):
    """Which mechanisms are on."""

    transfer_delay: bool = text(True, "crossing a border takes time")
    information_loss: bool = text(True, "crossing a border loses information")
    familiarisation: bool = text(True, "a person new to a case needs time to get into it")
    bounces: bool = text(True, "a receiver returns what is incomplete")
    early_handoff: bool = text(True, "under local targets and pressure, incomplete work is passed on")
    telework: bool = text(True, "remote work lengthens transfers between units")
    exceptions: bool = text(True, "activities raise exceptions that managers decide")
    far_arbitration: bool = text(True, "some decisions are taken above the unit")
    novelty: bool = text(True, "a crisis raises more exceptions")
    defects: bool = text(True, "work leaves defects, which cause rework and repeat contacts")
    fresh_eyes: bool = text(True, "the next person finds defects")
    pressure: bool = text(True, "a backlog makes defects likelier")
    coordination: bool = text(True, "people spend time on keeping each other informed")
    second_skills: bool = text(True, "people help outside their home function")
    specialisation: bool = text(True, "who works on one function is faster at it")
    peers: bool = text(True, "colleagues of the same function in the unit make faster")
    switching: bool = text(True, "changing between kinds of case costs time")
    overtime: bool = text(True, "a backlog is met by overtime")
    temporary_staff: bool = text(True, "a larger backlog is met by temporary staff")
    transition: bool = text(True, "a new design costs money and slows down at first")
    impatience: bool = text(True, "waiting customers give up")
    retention: bool = text(True, "satisfaction changes how many customers leave")


#: what each mechanism's parameters become when it is off; `*` is every name of a table
NEUTRAL: dict[str, dict[str, Any]] = {
    "transfer_delay": {"frictions.handoff.transfer_hours": 0.0},
    "information_loss": {"frictions.handoff.information_kept": 1.0},
    "familiarisation": {"frictions.handoff.familiarisation": 0.0},
    "bounces": {"frictions.handoff.bounce": 0.0},
    "early_handoff": {"frictions.handoff.early_handoff": 0.0},
    "telework": {"frictions.handoff.remote_share": 0.0},
    "exceptions": {"frictions.arbitration.exception_rate": 0.0},
    "far_arbitration": {
        "frictions.arbitration.concerns_others": 0.0,
        "frictions.arbitration.centralisation": 0.0,
    },
    "novelty": {"crisis.novelty": 0.0},
    "defects": {
        "frictions.quality.defect_rate": 0.0,
        "frictions.arbitration.proceed_defect": 0.0,
    },
    "fresh_eyes": {"frictions.quality.catch": 0.0},
    "pressure": {"frictions.quality.pressure": 0.0},
    "coordination": {
        "frictions.coordination.pair_hours": 0.0,
        "frictions.coordination.interface_hours": 0.0,
    },
    "second_skills": {"people.second_skills": 0},
    "specialisation": {"people.specialisation": 0.0},
    "peers": {"people.peers": 0.0},
    "switching": {"people.switch_hours": 0.0},
    "overtime": {"people.overtime_cap": 0.0},
    "temporary_staff": {"people.temps_cap": 0.0},
    "transition": {
        "designs.*.transition.cost_per_person": 0.0,
        "designs.*.transition.dip": 0.0,
    },
    "impatience": {"case_types.*.patience": 0.0},
    "retention": {"market.churn_slope": 0.0},
}


def _put(table: dict[str, Any], path: list[str], value: Any) -> None:
    name, rest = path[0], path[1:]
    for key in list(table) if name == "*" else [name]:
        if rest:
            _put(table.setdefault(key, {}), rest, value)
        else:
            table[key] = value


def neutralised(tables: dict[str, Any], mechanisms: Mechanisms) -> dict[str, Any]:
    """`tables` (which are changed) with the parameters of every mechanism that is off at the values
    at which it does nothing."""
    for name, values in NEUTRAL.items():
        if not getattr(mechanisms, name):
            for path, value in values.items():
                _put(tables, path.split("."), value)
    return tables
