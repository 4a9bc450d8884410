"""Defects: work leaves some; they cost rework where they are found and repeat contacts where not."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.hazards import chance_of_any, part_for_all
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Quality(Table):
    """Fields of `frictions.quality`."""

    defect_rate: float = quantity(
        0.05,
        "probability",
        "q0: `hazard_hours` of work of complexity 1 leave so many defects",
        0,
        1,
        plausible=(0.01, 0.15),
    )
    hazard_hours: float = quantity(
        0.0,
        "h",
        "h: defects come by the hour, an activity leaves one with chance 1 − exp(−q0·hours ÷ h): only where "
        "what is long has a short `repeat_as`; 0: with chance q0, however long it takes",
        0,
        1000,
        "by activity, unless said; 1.76 in the default company, set once so that in calm it has as many "
        "defects as by activity",
        plausible=(0, 3.5),
    )
    missing_information: float = quantity(
        1.0, "–", "a: defects × (1 + a·(1−I)) when information is missing", 0, 10
    )
    rework_share: float = quantity(
        0.6, "share", "of the work that a defect comes from, done again in rework", 0, 1
    )
    repeat_lag: float = quantity(40.0, "h", "mean time until a defect brings the customer back", 0.01, 5000)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "defects",
            "work leaves defects, which cause rework and repeat contacts",
            {"frictions.quality.defect_rate": 0.0, "frictions.arbitration.proceed_defect": 0.0},
            family="quality",
        ),
        Switch(
            "defect_hazards",
            "defects come by the hour of work, not by the activity",
            {"frictions.quality.hazard_hours": 0.0},
            family="quality",
        ),
    ),
    fields={"frictions.quality": Quality},
    rules={
        "operations": at(
            "frictions.quality",
            "defect_rate",
            "rework_share",
            "repeat_lag",
            defect_information="missing_information",
            defect_hours="hazard_hours",
        )
    },
)


@compiled
def defects_expected(rules, step, case, pressed, haste, care, speed):
    """x, the defects that an activity leaves in the mean: q0 · the activity's factor · complexity ·
    (1 + a(1−I)) · pressed · hours ÷ h, for the part of it that was done, × haste · care ÷ speed; without
    hours where h = 0. `pressed`, `haste` and `care` are the factors of backlog pressure, of time saved per
    case and of the member; `speed` is proficiency."""
    expected = rules.defect_rate * step.defect_factor
    expected *= case.complexity * (1.0 + rules.defect_information * (1.0 - case.information))
    expected *= pressed * case.portion
    expected *= haste * care / speed
    return expected * step.hours / rules.defect_hours if rules.defect_hours > 0.0 else expected


@compiled
def defect_chance(rules, expected):
    """Probability that an activity leaves a defect: 1 − exp(−x), a constant hazard over its hours; x where
    h = 0."""
    return chance_of_any(expected) if rules.defect_hours > 0.0 else expected


@compiled
def part_to_mend(rules, step, expected):
    """The part of an activity that is done again once somebody has found a defect: the share of the h hours
    that it comes from, for each of the x defects that stand behind one (see `part_for_all`); that share of
    the whole where h = 0."""
    if rules.defect_hours <= 0.0:
        return rules.rework_share
    return part_for_all(rules.rework_share, rules.defect_hours, step.hours, expected)
