"""Exceptions and their decisions: near (the head of the group) or far (the lowest common superior)
(Galbraith 1974; Virtual Design Team: Jin & Levitt 1996).

One file: `far_arbitration` says where the decisions of `exceptions` are taken."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.hazards import chance_of_any, part_for_all
from orgsim.mechanisms.declaration import Mechanism, Switch, at, mean_of, usual

_VDT = "Virtual Design Team (Jin & Levitt 1996), exception rates .05 to .10"


class Arbitration(Table):
    """Fields of `frictions.arbitration`."""

    exception_rate: float = quantity(
        0.05,
        "probability",
        "u: `hazard_hours` of work of complexity 1 need so many decisions",
        0,
        1,
        _VDT,
        plausible=(0.01, 0.20),
    )
    hazard_hours: float = quantity(
        1.78,
        "h",
        "h: exceptions come by the hour, an activity raises one with chance 1 − exp(−u·hours ÷ h); 0: with "
        "chance u, however long it takes",
        0,
        1000,
        "set once so that the default company in calm has as many exceptions as with u by activity",
        plausible=(0.9, 3.7),
    )
    concerns_others: float = quantity(
        0.3, "share", "of exceptions that concern another function of the case's route", 0, 1
    )
    far: float = quantity(
        1.0,
        "×",
        "how far decisions above the group are needed at all; 0: every group decides by itself",
        0,
        1,
    )
    matter_limit: float = quantity(
        80.0,
        "h",
        "whoever comes to a matter that has waited so long lets it proceed as it is; 0: it waits for ever",
        0,
        10_000,
        "assumption: two weeks",
        plausible=(40, 400),
    )
    decision_hours: float = quantity(
        0.25,
        "h",
        "mean attention that a decision takes",
        1e-4,
        100,
        "set once so that in calm the top of the default company has half of its time left",
        plausible=(0.1, 2),
    )
    forwarding: float = quantity(0.3, "share", "of that time, on each level that only passes it up", 0, 1)
    rework: float = quantity(0.2, "probability", "outcome: do it again, decided in the group", 0, 1, _VDT)
    rework_per_level: float = quantity(0.1, "probability", "added for each level above", 0, 1, _VDT)
    correct: float = quantity(0.4, "probability", "outcome: correct a part", 0, 1, _VDT)
    correction_share: float = quantity(0.3, "share", "of the activity to do again when corrected", 0, 1)
    proceed_defect: float = quantity(0.3, "probability", "a defect if it proceeds as it is", 0, 1)


class Effects(Table):
    """Fields of `effects`."""

    people_skills_rework: float = quantity(
        0.5, "share", "of the rework ordered by managers avoided by people skills", 0, 1, plausible=(0, 0.8)
    )
    people_skills_hours: float = quantity(
        0.2, "share", "decisions take longer without technical skill", 0, 2, plausible=(0, 0.5)
    )


def rework_avoided(s, means):
    """Factor on the rework that managers order, by how far they are chosen for people skills."""
    more = means("people_skills") - usual(s, "people_skills")
    return max(0.0, 1.0 - s.effects.people_skills_rework * more)


def decision_length(s, means):
    """Factor on the time that a decision takes, by how far managers are chosen for people skills."""
    more = means("people_skills") - usual(s, "people_skills")
    return 1.0 + s.effects.people_skills_hours * more


MECHANISM = Mechanism(
    switches=(
        Switch(
            "exceptions",
            "activities raise exceptions that managers decide",
            {"frictions.arbitration.exception_rate": 0.0},
            family="decisions",
        ),
        Switch(
            "hazards",
            "exceptions come by the hour of work, not by the activity",
            {"frictions.arbitration.hazard_hours": 0.0},
            family="decisions",
        ),
        Switch(
            "far_arbitration",
            "some decisions are taken above the group",
            {"frictions.arbitration.far": 0.0},
            family="decisions",
        ),
        Switch(
            "matter_limit",
            "what nobody decides in time proceeds as it is",
            {"frictions.arbitration.matter_limit": 0.0},
            family="decisions",
        ),
    ),
    fields={"frictions.arbitration": Arbitration, "effects": Effects},
    rules={
        "operations": at(
            "frictions.arbitration",
            "exception_rate",
            "hazard_hours",
            "concerns_others",
            "far",
            "decision_hours",
            "forwarding",
            "matter_limit",
            "correction_share",
            "proceed_defect",
            outcome_rework="rework",
            outcome_rework_per_level="rework_per_level",
            outcome_correct="correct",
        )
        | at("practices", "centralisation", "transversality", "autonomy")
    },
    practised={
        "centralisation": mean_of("centralisation"),
        "transversality": mean_of("transversality"),
        "autonomy": mean_of("autonomy"),
        "outcome_rework": lambda s, means: s.frictions.arbitration.rework * rework_avoided(s, means),
        "outcome_rework_per_level": lambda s, means: (
            s.frictions.arbitration.rework_per_level * rework_avoided(s, means)
        ),
        "decision_hours": lambda s, means: s.frictions.arbitration.decision_hours * decision_length(s, means),
    },
)


@compiled
def exceptions_expected(rules, step, case):
    """x, the decisions that an activity needs in the mean: u · the activity's factor · novelty · complexity ·
    hours ÷ h, for the part of it that was done; without the last factor where h = 0."""
    expected = rules.exception_rate * step.exception_factor
    expected *= rules.novelty * case.complexity * case.portion
    return expected * step.hours / rules.hazard_hours if rules.hazard_hours > 0.0 else expected


@compiled
def exception_chance(rules, step, case):
    """Probability that an activity needs a decision: 1 − exp(−x), a constant hazard over its hours; x where
    h = 0."""
    expected = exceptions_expected(rules, step, case)
    return chance_of_any(expected) if rules.hazard_hours > 0.0 else expected


@compiled
def part_to_redo(rules, step, case, share):
    """The part of an activity that an exception has done again: `share` of the h hours that it comes from,
    for each of the x exceptions that stand behind one, share · h ÷ hours · x ÷ (1 − exp(−x)), at most the
    whole. Else rework would grow with the square of an activity's length. `share` where h = 0."""
    if rules.hazard_hours <= 0.0:
        return share
    expected = exceptions_expected(rules, step, case)
    return part_for_all(share, rules.hazard_hours, step.hours, expected)


@compiled
def rework_chance(rules, levels):
    """Higher levels, further from the work, order more rework (Jin & Levitt 1996)."""
    return min(1.0, rules.outcome_rework + rules.outcome_rework_per_level * levels)


@compiled
def is_too_old(rules, age):
    """Whether a matter has waited so many hours that it proceeds as it is."""
    return rules.matter_limit > 0.0 and age > rules.matter_limit
