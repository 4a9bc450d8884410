"""Which parameters are silent while others are at a value at which these do nothing.

What a run does with a parameter is seen in what is prepared for it (`insight.inert`); what it does only
with others is declared here, and held by trial (tests/scenario/test_gates.py)."""

from collections.abc import Iterator
from typing import Any

from orgsim.mechanisms.catalogue import NEUTRAL
from orgsim.mechanisms.satisfaction import WEIGHTS
from orgsim.messages import Joined, joined
from orgsim.scenario.practices import Practices
from orgsim.scenario.reach import cases_that_come
from orgsim.scenario.schema import Scenario

_HANDOFF, _DECISIONS, _QUALITY = "frictions.handoff", "frictions.arbitration", "frictions.quality"
_OTHER_LEVERS = {"practice", "transition", "freeze", "training"}
_OTHER_REACTIONS = {"freeze", "mutual-aid", "abort"}
_USUAL = {name: field.default for name, field in Practices.model_fields.items()}

#: while all of the first have the value (or one of the values), none of the second does anything; `*` is
#: every name, `practices.X` what is practised anywhere, by the company, a design or a lever
GATES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({f"{_HANDOFF}.transfer_hours": 0}, (f"{_HANDOFF}.transfer_cv", f"{_HANDOFF}.remote_penalty")),
    ({f"{_HANDOFF}.bounce": 0}, (f"{_HANDOFF}.repair", f"{_HANDOFF}.repair_work")),
    ({f"{_HANDOFF}.bounce": 0, f"{_QUALITY}.catch": 0}, (f"{_HANDOFF}.triage",)),
    ({f"{_HANDOFF}.early_handoff": 0}, (f"{_HANDOFF}.early_share",)),
    ({f"{_HANDOFF}.information_kept": 1}, (f"{_HANDOFF}.sharing_needs_interest", "practices.data_sharing")),
    ({"practices.data_sharing": 0}, (f"{_HANDOFF}.sharing_needs_interest",)),
    ({"frictions.ties.effect": 0}, ("frictions.ties.known",)),
    (
        {"frictions.ties.effect": 0, "frictions.ties.friend": 0},
        (
            *(f"frictions.ties.{name}" for name in ("gain", "group_gain", "half_life", "remote_loss")),
            "people.sociability_cv",
        ),
    ),
    ({f"{_HANDOFF}.transfer_hours": 0, f"{_HANDOFF}.information_kept": 1}, ("frictions.ties.effect",)),
    ({"frictions.ties.friend": 0}, ("frictions.ties.friend_targets",)),
    ({"practices.local_targets": 0}, ("frictions.ties.friend_targets",)),
    ({"frictions.arbitration.concerns_others": 0}, ("frictions.ties.friend",)),
    ({"frictions.arbitration.far": 0}, ("frictions.ties.friend",)),
    (
        {"practices.local_targets": 0},
        (f"{_HANDOFF}.bounce", f"{_HANDOFF}.early_handoff", "market.oversell"),
    ),
    (
        {f"{_DECISIONS}.exception_rate": 0},
        (
            *(f"{_DECISIONS}.{name}" for name in (
                "concerns_others", "far", "decision_hours", "forwarding", "rework", "rework_per_level",
                "correct", "correction_share", "proceed_defect",
            )),
            "frictions.ties.friend",
            "case_types.*.route[].exceptions", "practices.centralisation", "practices.transversality",
            "effects.people_skills_rework", "effects.people_skills_hours", "crisis.novelty",
            "crises.*.novelty", "company.managers.attention",
        ),
    ),
    ({f"{_DECISIONS}.far": 0}, (f"{_DECISIONS}.forwarding", f"{_DECISIONS}.rework_per_level")),
    (
        {f"{_QUALITY}.defect_rate": 0},
        (
            f"{_QUALITY}.missing_information", f"{_QUALITY}.pressure", "case_types.*.route[].defects",
            "people.knowledge_quality", "people.morale_quality", "people.scripts_novices",
            "people.scripts_experts", "people.attention", "people.corner_defects",
        ),
    ),
    (
        {f"{_QUALITY}.defect_rate": 0, f"{_DECISIONS}.proceed_defect": 0},
        (
            f"{_QUALITY}.catch", f"{_QUALITY}.hazard_hours", f"{_QUALITY}.repeat_lag",
            "case_types.*.repeat_as", "money.compensation",
        ),
    ),
    ({"people.progress_ratio": 1}, ("people.mastery_hours", "people.monthly_retention")),
    (
        {"people.turnover": 0},
        (
            "people.variety_stay", "people.morale_stay", "people.fatigue_quits", "people.vacancy_weeks",
            "people.variety_usual", "money.hiring", "company.functions.*.turnover",
            "practices.service_minded", "effects.service_minded_knowledge", "effects.service_minded_search",
        ),
    ),
    (
        {"people.turnover": 0, "people.tenure_spread": 0},
        ("people.newcomer_speed", "people.ramp_up_weeks"),
    ),
    ({"practices.feedback": 0}, ("people.knowledge_feedback",)),
    ({"practices.personas": 0}, ("people.knowledge_personas",)),
    ({"people.knowledge_feedback": 0}, ("practices.feedback",)),
    ({"people.knowledge_personas": 0}, ("practices.personas",)),
    ({"practices.scripts": _USUAL["scripts"]}, ("people.scripts_novices", "people.scripts_experts")),
    ({"practices.satisfaction_reward": 0}, ("people.gaming", "people.gaming_time", "people.attention")),
    ({"people.corner_cutting": 0}, ("people.corner_defects", "people.erosion")),
    (
        {"people.corner_cutting": 0},
        ("people.standard_down_weeks", "people.standard_up_weeks"),
    ),
    ({"people.erosion": 0}, ("people.standard_down_weeks", "people.standard_up_weeks")),
    ({"people.overtime_cap": 0}, ("people.overtime_from", "money.overtime_premium")),
    ({"people.temps_cap": 0}, ("people.temps_from", "people.temps_skill", "money.temporary_premium")),
    ({"practices.service_minded": 0}, ("effects.service_minded_knowledge", "effects.service_minded_search")),
    (
        {"practices.people_skills": _USUAL["people_skills"]},
        ("effects.people_skills_rework", "effects.people_skills_hours", "people.morale_management"),
    ),
    ({"practices.recognition": _USUAL["recognition"]}, ("people.morale_recognition",)),
    ({"practices.sponsorship": 0}, ("effects.sponsor_speed", "effects.sponsor_calm")),
    ({"practices.exemplarity": 0}, ("market.reputation",)),
    ({"market.reputation": 0}, ("practices.exemplarity",)),
    (
        {"market.churn_per_year": 0},
        (
            "market.churn_slope", "market.informed_slope", "market.reputation", "segments.*.informed",
            "segments.*.price_sensitivity", "market.recovery_loyalty",
        ),
    ),
    ({"market.churn_slope": 0}, ("market.informed_slope", "segments.*.informed", "market.recovery_loyalty")),
    ({"market.informed_slope": 0}, ("segments.*.informed",)),
    ({"market.imitation": 0}, ("segments.*.network",)),
    ({"case_types.*.wins_customer": False}, (
        "market.conversion", "market.conversion_slowness", "market.oversell", "market.imitation",
        "market.innovation",
        "segments.*.network", "offer.conversion",
    )),
    *(  # what alone makes quality makes all of it
        ({f"market.{other}": 0 for other in WEIGHTS if other != weight}, (f"market.{weight}",))
        for weight in WEIGHTS
    ),
    ({"market.recovery": 0}, ("market.recovery_loyalty", "case_types.*.is_complaint")),
    ({"case_types.*.is_complaint": False}, ("market.recovery", "market.recovery_loyalty")),
    ({"crisis.competition": 1, "crises.*.competition": 1}, ("market.competition",)),
    (
        {"case_types.*.is_experiment": False},
        ("offer.gain", "offer.success", "offer.knowledge", "offer.staleness_weeks"),
    ),
    ({"offer.gain": 0}, ("offer.success", "offer.knowledge", "offer.staleness_weeks")),
    (
        {"case_types.*.follows[].chance": 0},
        tuple(f"case_types.*.follows[].{name}" for name in ("case_type", "cases", "lag_hours", "inherits")),
    ),
    ({"case_types.*.automatable": False}, ("practices.automation",)),
    ({"practices.automation": 0}, ("case_types.*.automatable",)),
    (
        {"crisis.budget_cut": 0, "crises.*.budget_cut": 0, "levers.*.kind": _OTHER_LEVERS,
         "rules.*.then": _OTHER_REACTIONS},
        ("money.severance_months", "money.severance_months_later"),
    ),
    (
        {"crisis.budget_cut": 0, "crises.*.budget_cut": 0, "levers.*.kind": _OTHER_LEVERS,
         "rules.*.then": _OTHER_REACTIONS, "people.tenure_spread": 0},
        ("money.years_of_service",),
    ),
)  # fmt: skip


def silenced(settings: Scenario, pattern: str) -> Joined | None:
    """Why a parameter of a scenario (by its path in the schema) can do nothing: the switch or the
    parameters behind it; None if nothing silences it."""
    for name, values in NEUTRAL.items():
        if pattern in values and not getattr(settings.mechanisms, name):
            return joined([f"mechanisms.{name} = false"])
    tables = _simulated(settings.effective())
    for gate, fields in GATES:
        if pattern in fields and all(
            _all_are(_values(settings, tables, path), value) for path, value in gate.items()
        ):
            conditions = (f"{path} = {_told(value)}" for path, value in gate.items() if _is_plain(value))
            return joined(conditions, " and ")
    return None


def _is_plain(value: Any) -> bool:
    return not isinstance(value, (set, frozenset))


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _simulated(settings: Scenario) -> dict[str, Any]:
    """The tables of a scenario with the kinds of case only that come."""
    tables = settings.model_dump()
    coming = {name for name, _ in cases_that_come(settings)}
    tables["case_types"] = {key: table for key, table in tables["case_types"].items() if key in coming}
    return tables


def _all_are(values: Iterator[Any], neutral: Any) -> bool:
    return all(value == neutral if _is_plain(neutral) else value in neutral for value in values)


def _values(settings: Scenario, tables: dict[str, Any], path: str) -> Iterator[Any]:
    """Every value that a path stands for."""
    table, _, name = path.partition(".")
    if table != "practices":
        yield from _at(tables, path.split("."))
        return
    yield getattr(settings.practices, name)
    for design in settings.designs.values():
        yield design.practices.get(name, getattr(settings.practices, name))
    for lever in settings.levers.values():
        if lever.practice == name:
            yield lever.to


def _at(tables: Any, keys: list[str]) -> Iterator[Any]:
    if not keys:
        yield tables
    elif keys[0] == "*":
        for inner in tables.values():
            yield from _at(inner, keys[1:])
    elif keys[0].endswith("[]"):
        for inner in tables[keys[0].removesuffix("[]")]:
            yield from _at(inner, keys[1:])
    else:
        yield from _at(tables[keys[0]], keys[1:])
