"""Morale: a stock of every person that follows workload, returned work, autonomy, recognition and
management; it changes quality and who leaves."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at, reference

_SATISFACTION_CHAIN = "assumption; direction: Brown & Lam 2008, mediated by service quality"


class People(Table):
    """Fields of `people`."""

    morale_at_start: float = quantity(0.7, "0–1", "mean morale at the start, and in calm", 0, 1)
    morale_weeks: float = quantity(
        8.0, "weeks", "time in which morale follows its causes", 1, 200, plausible=(4, 26)
    )
    morale_workload: float = quantity(0.5, "–", "morale lost at full fatigue", 0, 1)
    morale_bounces: float = quantity(0.05, "–", "morale lost per returned piece of work a week", 0, 1)
    morale_autonomy: float = quantity(0.15, "–", "morale gained with autonomy, lost to scripts", 0, 1)
    morale_recognition: float = quantity(0.15, "–", "morale gained by recognition", 0, 1)
    morale_management: float = quantity(
        0.15, "–", "morale gained with managers chosen for people skills", 0, 1
    )
    morale_quality: float = quantity(
        0.5, "–", "defects × exp(−this × (morale − that of the start))", 0, 5, _SATISFACTION_CHAIN
    )
    morale_stay: float = quantity(2.0, "–", "quitting × exp(−this × (morale − that of the start))", 0, 20)
    staff_promoter_from: float = quantity(
        0.75, "0–1", "morale from which somebody recommends the employer", 0, 1, plausible=(0.7, 0.9)
    )
    staff_detractor_below: float = quantity(
        0.55, "0–1", "morale below which somebody warns of the employer", 0, 1, plausible=(0.4, 0.65)
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "morale",
            "morale changes quality and who leaves",
            {"people.morale_quality": 0.0, "people.morale_stay": 0.0},
        ),
    ),
    fields={"people": People},
    rules={
        "people": at(
            "people",
            "morale_at_start",
            "morale_weeks",
            "morale_workload",
            "morale_bounces",
            "morale_autonomy",
            "morale_recognition",
            "morale_management",
            "morale_quality",
            "morale_stay",
            "staff_promoter_from",
            "staff_detractor_below",
        )
        | {
            "reference_autonomy": reference("autonomy"),
            "reference_recognition": reference("recognition"),
            "reference_people_skills": reference("people_skills"),
        }
    },
    state={
        "person": {"morale": Given("people.morale_at_start", "0–1", "morale")},
        "member": {"returned": Given(0.0, "count", "repairs of the week")},
    },
    treatment=("autonomy", "recognition", "people_skills"),
)


@compiled
def feel(rules, treatment, person, returned, scripted):
    """Morale (0 to 1) after a week: it moves by 1 ÷ its weeks to the level that the person's own set-point,
    workload, `returned` work, autonomy (less what is `scripted`), recognition and management support."""
    level = person.morale_set_point
    level -= rules.morale_workload * person.fatigue + rules.morale_bounces * returned
    level += rules.morale_autonomy * (treatment.autonomy - rules.reference_autonomy - scripted)
    level += rules.morale_recognition * (treatment.recognition - rules.reference_recognition)
    level += rules.morale_management * (treatment.people_skills - rules.reference_people_skills)
    level = min(1.0, max(0.0, level))
    return person.morale + (level - person.morale) / rules.morale_weeks


@compiled
def care_from_morale(rules, person):
    """Log factor off defects: m · (morale − that of the start)."""
    return rules.morale_quality * (person.morale - rules.morale_at_start)


@compiled
def stays_for_morale(rules, person):
    """Log factor off quitting: μ · (morale − that of the start)."""
    return rules.morale_stay * (person.morale - rules.morale_at_start)
