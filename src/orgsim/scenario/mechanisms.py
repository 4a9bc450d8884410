"""Mechanism switches: every mechanism can be turned off alone, by one field of a scenario.

This is the one list of them. A switch that is off replaces the parameters of its mechanism by the
values at which it does nothing; the scenario as written stays as it is.
"""

from typing import Any

from orgsim.fields import Table, text


class Mechanisms(Table):
    """Which mechanisms are on."""

    transfer_delay: bool = text(True, "crossing a border takes time")
    information_loss: bool = text(True, "crossing a border loses information")
    familiarisation: bool = text(True, "a person new to a case needs time to get into it")
    bounces: bool = text(True, "a receiver returns what is incomplete")
    early_handoff: bool = text(True, "under local targets and pressure, incomplete work is passed on")
    telework: bool = text(True, "remote work lengthens transfers between units")
    sharing_interest: bool = text(True, "people held to local targets share data badly")
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
    learning: bool = text(True, "experience makes faster")
    forgetting: bool = text(True, "unused experience is forgotten")
    variety: bool = text(True, "varied work makes faster over weeks, and keeps people")
    team_familiarity: bool = text(True, "strangers work more slowly together, after a reorganisation too")
    ownership: bool = text(True, "a unit is faster at what it owns from end to end")
    customer_knowledge: bool = text(True, "who knows customers makes fewer defects")
    morale: bool = text(True, "morale changes quality and who leaves")
    fatigue: bool = text(True, "long strain wears people down")
    corner_cutting: bool = text(True, "under pressure people spend less time per case")
    standard_erosion: bool = text(True, "the time per case that people think right erodes")
    scripts: bool = text(True, "scripts help newcomers and hinder experts")
    gaming: bool = text(True, "a rewarded score is gamed where nobody sees the customer")
    attention: bool = text(True, "a rewarded score draws attention to quality where people see the customer")
    turnover: bool = text(True, "people leave")
    vacancies: bool = text(True, "places stay vacant for a while")
    ramp_up: bool = text(True, "newcomers are slow at first")
    resistance: bool = text(True, "a reorganisation costs morale")
    transition: bool = text(True, "a reorganisation costs money")
    impatience: bool = text(True, "waiting customers give up")
    retention: bool = text(True, "satisfaction changes how many customers leave")
    word_of_mouth: bool = text(True, "satisfied customers bring prospects")
    competition: bool = text(True, "a competitor's attack takes customers away")
    informed_customers: bool = text(True, "informed customers leave sooner")
    recovery: bool = text(True, "a complaint handled well restores satisfaction")
    reputation: bool = text(True, "exemplary conduct keeps customers")
    offer_drift: bool = text(True, "needs move away from the offer")
    experiments: bool = text(True, "experiments improve the offer")
    designers_knowledge: bool = text(True, "experiments succeed where designers know customers")
    offer_effects: bool = text(True, "the offer's fit changes satisfaction and conversion")
    staff_loss: bool = text(True, "a crisis makes staff absent")
    discounting: bool = text(True, "later euros are worth less")


#: what each mechanism's parameters become when it is off; `*` is every name of a table
NEUTRAL: dict[str, dict[str, Any]] = {
    "transfer_delay": {"frictions.handoff.transfer_hours": 0.0},
    "information_loss": {"frictions.handoff.information_kept": 1.0},
    "familiarisation": {"frictions.handoff.familiarisation": 0.0},
    "bounces": {"frictions.handoff.bounce": 0.0},
    "early_handoff": {"frictions.handoff.early_handoff": 0.0},
    "telework": {"frictions.handoff.remote_penalty": 0.0},
    "sharing_interest": {"frictions.handoff.sharing_needs_interest": 0.0},
    "exceptions": {"frictions.arbitration.exception_rate": 0.0},
    "far_arbitration": {"frictions.arbitration.far": 0.0},
    "novelty": {"crisis.novelty": 0.0, "crises.*.novelty": 0.0},
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
    "learning": {"people.progress_ratio": 1.0},
    "forgetting": {"people.monthly_retention": 1.0},
    "variety": {"people.variety": 0.0, "people.variety_stay": 0.0},
    "team_familiarity": {"people.unfamiliarity": 0.0},
    "ownership": {"people.ownership": 0.0},
    "customer_knowledge": {"people.knowledge_quality": 0.0},
    "morale": {"people.morale_quality": 0.0, "people.morale_stay": 0.0},
    "fatigue": {"people.fatigue_speed": 0.0, "people.fatigue_quits": 0.0, "people.morale_workload": 0.0},
    "corner_cutting": {"people.corner_cutting": 0.0},
    "standard_erosion": {"people.erosion": 0.0},
    "scripts": {"people.scripts_novices": 0.0, "people.scripts_experts": 0.0, "people.morale_autonomy": 0.0},
    "gaming": {"people.gaming": 0.0, "people.gaming_time": 0.0},
    "attention": {"people.attention": 0.0},
    "turnover": {"people.turnover": 0.0},
    "vacancies": {"people.vacancy_weeks": 0.0},
    "ramp_up": {"people.newcomer_speed": 1.0},
    "resistance": {"people.resistance": 0.0},
    "transition": {"designs.*.transition.cost_per_person": 0.0},
    "impatience": {"case_types.*.patience": 0.0},
    "retention": {"market.churn_slope": 0.0},
    "word_of_mouth": {"market.imitation": 0.0},
    "competition": {"market.competition": 0.0},
    "informed_customers": {"market.informed_slope": 0.0},
    "recovery": {"market.recovery": 0.0},
    "reputation": {"market.reputation": 0.0},
    "offer_drift": {"offer.drift": 0.0, "crisis.offer_fit": 0.0, "crises.*.offer_fit": 0.0},
    "experiments": {"offer.gain": 0.0},
    "designers_knowledge": {"offer.knowledge": 0.0},
    "offer_effects": {"offer.satisfaction": 0.0, "offer.conversion": 0.0},
    "staff_loss": {"crisis.staff_loss": 0.0, "crises.*.staff_loss": 0.0},
    "discounting": {"money.discount_rate": 0.0},
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
